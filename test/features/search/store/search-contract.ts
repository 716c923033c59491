import { describe, expect, test } from '@jest/globals';
import { NOTHING_READ } from '../../../../src/features/search/mirror.ts';
import type { IndexedComment, ListedTicket } from '../../../../src/features/search/ports.ts';
import { askedWords } from '../../../../src/features/search/search-words.ts';
import { createTicketIndex, wordIndexFor } from '../../../../src/features/search/store/search-index.ts';
import { createMirrorLease } from '../../../../src/features/search/store/search-lease.ts';
import { createMirrorStore } from '../../../../src/features/search/store/search-mirror.ts';
import { createBudget, createTraffic } from '../../../../src/syncro/store/budget.ts';
import { type TicketSummary, ticketId, ticketNumber } from '../../../../src/syncro/ticket.ts';
import { eachTest, type NewStore } from '../../../database/contract.ts';
import { fc } from '../../../property.ts';
import { aTicket, hour, minute, noon } from '../../../runs/rules/a-ticket.ts';

const aNote = (id: number, text: string, fields: Partial<IndexedComment> = {}): IndexedComment => ({
  id,
  text,
  authorName: 'Howard Enos',
  hidden: false,
  createdAt: noon + id,
  ...fields,
});

/** Ticket `n` has the number 30,000 + n and changed n minutes after noon. */
const listed = (n: number, fields: Partial<TicketSummary> = {}, ...comments: IndexedComment[]): ListedTicket => ({
  ticket: aTicket({
    id: ticketId(n),
    number: ticketNumber(30_000 + n),
    subject: 'Printer jam',
    customerName: 'Acme West',
    updatedAt: noon + n * minute,
    ...fields,
  }),
  comments,
});

/** The index of tickets and the copy behind it: every engine finds the same. */
export const searchContract = (newStore: NewStore): void => {
  const { open } = eachTest(newStore);
  const anIndex = async (...tickets: ListedTicket[]) => {
    const db = await open();
    const words = wordIndexFor(db);
    const index = createTicketIndex(db, words);
    const mirror = createMirrorStore(db, words);
    await mirror.put(tickets, noon, 0);
    const find = async (query: string, filter = {}, from = 0, limit = 20) => {
      const { rows } = await index.find(askedWords(query), filter, from, limit);
      return rows.map(({ id }) => Number(id));
    };
    return { db, words, index, mirror, find };
  };

  describe('the search index', () => {
    test('finds what is written with a hyphen by either way to write it', async () => {
      const { find } = await anIndex(
        listed(1, { subject: 'Wi-Fi is slow' }),
        listed(2, { subject: 'WiFi password' }),
        listed(3, { subject: 'Mail' }, aNote(31, 'the wi-fi again')),
        listed(4, { subject: 'Wi Fi survey' }),
        listed(5, { subject: 'Firewall wiring' }),
      );
      expect(await find('wifi')).toEqual([2, 1, 3]);
      expect(await find('wi-fi')).toEqual([4, 2, 1, 3]);
      expect(await find('slow wi-fi')).toEqual([1]);
    });

    test('finds what has every word, wherever it stands, the last one by its beginning', async () => {
      const { find } = await anIndex(
        listed(1, { subject: 'Own cloud thing', customerName: 'Jerry Burger' }),
        listed(2, { subject: 'Printer jam' }, aNote(21, 'Cleaned the rollers, toner ordered')),
        listed(3, { subject: 'Mail' }),
      );
      expect(await find('cloud')).toEqual([1]);
      expect(await find('jerry clo')).toEqual([1]);
      expect(await find('clo jerry')).toEqual([]);
      expect(await find('acme toner')).toEqual([2]);
      expect(await find('acme')).toEqual([3, 2]);
      expect(await find('30002')).toEqual([2]);
      expect(await find('toner cloud')).toEqual([]);
      // A short beginning is found in what is short.
      expect(await find('clo')).toEqual([1]);
      expect(await find('ton')).toEqual([]);
      expect(await find('tone')).toEqual([2]);
    });

    test('has hits in the subject before hits in the customer before hits in comments, then the last changed first', async () => {
      const { find } = await anIndex(
        listed(1, { subject: 'Acme portal', updatedAt: noon }),
        listed(2, { subject: 'Acme portal again', updatedAt: noon + hour, customerName: 'Bolt' }),
        listed(3, { subject: 'Mail', customerName: 'Acme West', updatedAt: noon + 2 * hour }),
        listed(4, { subject: 'Mail', customerName: 'Bolt', updatedAt: noon + 3 * hour }, aNote(41, 'see Acme')),
        listed(5, { subject: 'Mail', customerName: 'Bolt', updatedAt: null }, aNote(51, 'see Acme')),
      );
      expect(await find('acme')).toEqual([2, 1, 3, 4, 5]);
    });

    test('has no opinion on accents, case, stems and stop words', async () => {
      const { find } = await anIndex(
        listed(1, { subject: 'Zoë’s Straße: NAÏVE Ångström' }),
        listed(2, { subject: 'The what is not' }),
        listed(3, { subject: 'Привет Ёлка' }),
        listed(4, { subject: '日本語 プリンタ' }),
        listed(5, { subject: '🖨️ broken 🤖' }),
      );
      for (const query of ['zoes strasse', "zoe's STRASSE", 'naive angstrom', 'ÅNGSTRÖM'])
        expect(await find(query)).toEqual([1]);
      expect(await find('the')).toEqual([2]);
      expect(await find('not is')).toEqual([2]);
      expect(await find('printers')).toEqual([]);
      expect(await find('елка')).toEqual([3]);
      expect(await find('приве')).toEqual([3]);
      for (const query of ['プリ', 'プリン', 'プリンタ']) expect(await find(query)).toEqual([4]);
      expect(await find('🖨')).toEqual([5]);
      expect(await find('broken 🤖')).toEqual([5]);
    });

    test('leaves out done tickets and other people’s when it is asked to', async () => {
      const { find, index } = await anIndex(
        listed(1, { status: 'Resolved' }),
        listed(2, { status: "Won't do: x" }),
        listed(3, { technicianId: null }),
        listed(4, { status: 'New' }),
      );
      const open = { without: ['Resolved', "Won't do: x"] };
      expect(await find('printer')).toEqual([4, 3, 2, 1]);
      expect(await find('printer', open)).toEqual([4, 3]);
      expect(await find('printer', { technicianId: 1750 })).toEqual([4, 2, 1]);
      expect(await find('printer', { ...open, technicianId: 1750 })).toEqual([4]);
      expect(await find('printer', { technicianId: 1 })).toEqual([]);
      expect((await index.of(1750, open, 10)).map(({ id }) => Number(id))).toEqual([4]);
    });

    test('takes as many statuses as an account may have', async () => {
      const { find } = await anIndex(
        ...Array.from({ length: 300 }, (_, i) => listed(i + 1, { status: `Waiting for '"\\ ${i}` })),
      );
      expect(await find('printer', { without: [`Waiting for '"\\ 299`] }, 0, 1)).toEqual([299]);
      expect(await find('=s printer', { without: ['x'] })).toEqual([]);
    });

    test('takes everything that can be typed as words', async () => {
      const { find } = await anIndex(listed(1));
      const hostile = [
        ...[
          '"',
          '""',
          "'",
          '*',
          '-',
          'printer -jam',
          'NOT printer',
          'printer NEAR/2 jam',
          'subject:printer',
          '^printer',
        ],
        ...[
          'printer*',
          '(',
          ')',
          '{subject} : x',
          'a AND',
          'OR',
          '\\',
          ':*',
          '&',
          '|',
          '!',
          '<->',
          "'; drop table x; --",
        ],
        ...['\0', '\uD800', '🖨', ' ', '!?…', 'x'.repeat(10_000), 'x '.repeat(5_000), '%', '_', '$1', '?'],
      ];
      for (const query of hostile) expect(await find(query)).toEqual(expect.any(Array));
      expect(await find('(printer) "jam"')).toEqual([1]);
      await fc.assert(
        fc.asyncProperty(fc.string({ unit: 'binary', maxLength: 40 }), async (query) => {
          await find(query);
        }),
        { numRuns: 60 },
      );
    });

    test('stores whatever Syncro says', async () => {
      const text = `zero\0byte \uD800 ${'long '.repeat(3_000)}${'w'.repeat(9_000)}`;
      const { find, index, mirror } = await anIndex(
        listed(1, { subject: text, status: 'a\0b', customerName: '' }, aNote(11, text, { authorName: 'a\0' })),
      );
      await mirror.putComments(ticketId(1), [aNote(12, 'x '.repeat(90_000)), aNote(12, text)], noon, null);
      expect(await find('zerobyte')).toEqual([1]);
      expect((await index.commentsOf([ticketId(1)])).map(({ text: kept }) => kept.length)).toEqual([3_999]);
    });

    test('counts up to 500 and leafs through them', async () => {
      const { index, find } = await anIndex(...Array.from({ length: 510 }, (_, i) => listed(i + 1)));
      expect(await index.find(askedWords('jam'), {}, 0, 20)).toMatchObject({ count: 500, atLeast: true });
      expect((await find('jam', {}, 480, 20)).at(-1)).toBe(11);
      expect(await index.find(askedWords('30007'), {}, 0, 20)).toMatchObject({ count: 1, atLeast: false });
    });

    test('gives the comments of a ticket, newest first', async () => {
      const { index, mirror } = await anIndex(listed(1, {}, aNote(11, 'first')), listed(2, {}, aNote(21, 'other')));
      await mirror.putComments(ticketId(1), [aNote(11, 'first'), aNote(12, 'second', { hidden: true })], noon, null);
      expect(await index.commentsOf([ticketId(1)])).toEqual([
        { ...aNote(12, 'second', { hidden: true }), ticketId: 1 },
        { ...aNote(11, 'first'), ticketId: 1 },
      ]);
      expect(await index.commentsOf([])).toEqual([]);
    });
  });

  describe('the copy behind the search index', () => {
    test('follows what changes, and forgets the words that were there', async () => {
      const { find, index, mirror } = await anIndex(listed(1, {}, aNote(11, 'toner')));
      await mirror.put([listed(1, { subject: 'Scanner', status: 'Resolved', updatedAt: noon + hour })], noon, 0);
      expect(await find('jam')).toEqual([]);
      expect(await find('scanner toner')).toEqual([1]);
      expect(await find('scanner', { without: ['Resolved'] })).toEqual([]);
      await mirror.putComments(ticketId(1), [aNote(12, 'fuser')], noon, null);
      expect(await find('toner')).toEqual([]);
      expect(await find('scanner fuser')).toEqual([1]);
      expect(await index.byNumber(ticketNumber(30_001))).toMatchObject({ subject: 'Scanner' });
    });

    test('writes everything again after a death in between', async () => {
      const { db, words, mirror, find } = await anIndex(listed(1));
      const dying = createMirrorStore(db, { ...words, put: () => Promise.reject(new Error('dead')) });
      const changed = [listed(1, { subject: 'Scanner', updatedAt: noon + hour }, aNote(11, 'toner'))];
      await expect(dying.put(changed, noon, 0)).rejects.toThrow('dead');
      expect(await find('scanner')).toEqual([]);
      await mirror.put(changed, noon, 0);
      expect(await find('scanner toner')).toEqual([1]);
      await expect(dying.putComments(ticketId(1), [aNote(12, 'fuser')], noon, null)).rejects.toThrow('dead');
      expect((await mirror.nextDue(noon))?.id).toBe(1);
      await mirror.putComments(ticketId(1), [aNote(12, 'fuser')], noon, null);
      expect(await find('scanner fuser')).toEqual([1]);
    });

    test('keeps no comments of a ticket that is gone', async () => {
      const { mirror, index } = await anIndex();
      await mirror.putComments(ticketId(1), [aNote(11, 'toner')], noon, null);
      expect(await index.commentsOf([ticketId(1)])).toEqual([]);
    });

    test('does not take an older reading for a newer one', async () => {
      const { find, mirror } = await anIndex(listed(1, { subject: 'New words' }));
      await mirror.put([listed(1, { subject: 'Old words', updatedAt: noon })], noon, 0);
      expect(await find('words new')).toEqual([1]);
    });

    test('reads comments of what is new or has changed, the last changed first, and once', async () => {
      const { mirror } = await anIndex(listed(1), listed(2), listed(3));
      expect((await mirror.nextDue(noon))?.id).toBe(3);
      await mirror.putComments(ticketId(3), [], noon, noon + hour);
      await mirror.putComments(ticketId(2), [], noon, null);
      await mirror.postpone(ticketId(1), noon + minute);
      expect(await mirror.nextDue(noon)).toBeNull();
      await mirror.put([listed(1), listed(2)], noon, 0);
      expect((await mirror.nextDue(noon + minute))?.id).toBe(1);
      expect((await mirror.nextDue(noon + hour))?.id).toBe(3);
      await mirror.put([listed(2, { updatedAt: noon + hour })], noon, 0);
      expect((await mirror.nextDue(noon))?.id).toBe(2);
    });

    test('leaves comments of old tickets alone, and says while others are unread', async () => {
      const { mirror, index, db } = await anIndex();
      await createMirrorLease(db).claim('alpha', noon, minute);
      await mirror.put([listed(1), listed(5)], noon, noon + 3 * minute);
      expect(await index.state()).toEqual({ checkedAt: null, unread: true });
      expect((await mirror.nextDue(noon))?.id).toBe(5);
      await mirror.putComments(ticketId(5), [], noon, null);
      expect(await mirror.nextDue(noon)).toBeNull();
      expect(await index.state()).toMatchObject({ unread: false });
    });

    test('looks again after tickets that nobody saw, and lets go of those that are gone', async () => {
      const { mirror, index, find } = await anIndex(listed(1), listed(2, {}, aNote(21, 'toner')));
      for (const id of [1, 2]) await mirror.putComments(ticketId(id), [], noon, null);
      await mirror.put([listed(1)], noon + hour, 0);
      await mirror.recheck(noon + hour, noon + hour);
      expect((await mirror.nextDue(noon + hour))?.id).toBe(2);
      await mirror.remove(ticketId(2));
      expect(await find('printer')).toEqual([1]);
      expect(await index.commentsOf([ticketId(2)])).toEqual([]);
      await index.forget(ticketNumber(30_001));
      await index.forget(ticketNumber(30_001));
      expect(await find('printer')).toEqual([]);
      expect(await index.byNumber(ticketNumber(30_001))).toBeNull();
    });

    test('has the comments of two merged tickets once', async () => {
      const { mirror, index } = await anIndex(listed(1, {}, aNote(11, 'toner')), listed(2));
      await mirror.putComments(ticketId(2), [aNote(11, 'toner')], noon, null);
      expect((await index.commentsOf([ticketId(1), ticketId(2)])).map((one) => one.ticketId)).toEqual([2]);
    });

    test('makes the words of every ticket anew from what is stored, some at a time', async () => {
      const { db, words, mirror, find } = await anIndex(
        ...Array.from({ length: 510 }, (_, i) => listed(i + 1, {}, aNote(i + 1, 'toner'))),
      );
      await words.clear(db);
      expect(await find('printer toner')).toEqual([]);
      expect(await mirror.putWords(0)).toBe(500);
      expect(await find('printer toner', {}, 0, 1)).toEqual([500]);
      expect(await mirror.putWords(500)).toBeNull();
      expect(await find('printer toner', {}, 0, 1)).toEqual([510]);
    });

    test('can be thrown away', async () => {
      const { mirror, index, find, db } = await anIndex(listed(1, {}, aNote(11, 'toner')));
      await createMirrorLease(db).claim('alpha', noon, minute);
      await mirror.clear();
      expect(await find('toner')).toEqual([]);
      expect(await index.commentsOf([ticketId(1)])).toEqual([]);
      await mirror.put([listed(1)], noon, 0);
      expect(await find('printer')).toEqual([1]);
    });
  });

  describe('who goes on with the copy', () => {
    test('is one process at a time, until its time is over or it lets go', async () => {
      const [alpha, beta] = [createMirrorLease(await open()), createMirrorLease(await open())];
      const claims = await Promise.all([alpha.claim('alpha', noon, minute), beta.claim('beta', noon, minute)]);
      expect(claims.filter((claim) => claim !== null)).toEqual([NOTHING_READ]);
      const [holder, other] = claims[0] ? ['alpha', 'beta'] : ['beta', 'alpha'];
      const progress = { ...NOTHING_READ, mark: noon, checkedAt: noon, sweptAt: noon };
      expect(await alpha.save(other ?? '', { ...progress, mark: 1 })).toBe(false);
      expect(await alpha.save(holder ?? '', progress)).toBe(true);
      expect(await beta.claim(other ?? '', noon + minute - 1, minute)).toBeNull();
      expect(await beta.claim(other ?? '', noon + minute, minute)).toEqual(progress);
      await beta.release(holder ?? '');
      expect(await beta.claim(holder ?? '', noon + minute, minute)).toBeNull();
      await beta.release(other ?? '');
      expect(await beta.claim(holder ?? '', noon + minute, minute)).toEqual(progress);
    });

    test('is nobody any more where the clock has been set back by an hour since', async () => {
      const lease = createMirrorLease(await open());
      await lease.claim('alpha', noon + hour, minute);
      expect(await lease.claim('beta', noon + hour - minute, minute)).toBeNull();
      expect(await lease.claim('beta', noon, minute)).toEqual(NOTHING_READ);
      expect(await lease.claim('alpha', noon, minute)).toBeNull();
    });
  });

  test('what everybody sends to Syncro is seen, and that Syncro wants a pause', async () => {
    const db = await open();
    const clock = { at: noon, now: () => clock.at, sleep: () => Promise.resolve() };
    const [budget, traffic] = [createBudget(db, 180, clock), createTraffic(db)];
    for (let i = 0; i < 3; i++) await budget.take(0);
    expect(await traffic.lastMinute(noon + minute - 1)).toBe(3);
    expect(await traffic.lastMinute(noon + minute)).toBe(0);
    await budget.pauseUntil(noon + 2 * minute);
    expect(await traffic.lastMinute(noon + minute)).toBe(Number.POSITIVE_INFINITY);
    expect(await traffic.lastMinute(noon + 2 * minute)).toBe(0);
  });
};
