import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Kysely } from 'kysely';
import type { Database } from '../../../src/database/schema.ts';
import { openSqlite } from '../../../src/database/sqlite.ts';
import { NOTHING_READ } from '../../../src/features/search/mirror.ts';
import type { IndexedComment } from '../../../src/features/search/ports.ts';
import { createTicketSearch, type TicketSearch } from '../../../src/features/search/search-tickets.ts';
import { createTicketIndex, wordIndexFor } from '../../../src/features/search/store/search-index.ts';
import { createMirrorLease } from '../../../src/features/search/store/search-lease.ts';
import { createMirrorStore } from '../../../src/features/search/store/search-mirror.ts';
import { createTicketSuggestions } from '../../../src/features/search/suggest-tickets.ts';
import { AppError } from '../../../src/shared/errors.ts';
import { type TicketSummary, ticketId, ticketNumber } from '../../../src/syncro/ticket.ts';
import { aTicket, howard, minute, noon } from '../../runs/rules/a-ticket.ts';
import { aKey, aManualClock } from '../../syncro/scripted-syncro.ts';

let db: Kysely<Database>;
beforeEach(async () => {
  db = await openSqlite(':memory:');
});
afterEach(() => db.destroy());

const ticket = (n: number, fields: Partial<TicketSummary> = {}) =>
  aTicket({ id: ticketId(n), number: ticketNumber(30_000 + n), updatedAt: noon - minute + n, ...fields });

const said = (id: number, text: string, hidden = false): IndexedComment => ({
  id,
  text,
  hidden,
  authorName: 'Winter',
  createdAt: noon,
});

/** A search over an index that was filled, and a Syncro that has one ticket more. */
const aDesk = async (...tickets: TicketSummary[]) => {
  const words = wordIndexFor(db);
  const mirror = createMirrorStore(db, words);
  const lease = createMirrorLease(db);
  const clock = aManualClock();
  await mirror.put(
    tickets.map((one) => ({ ticket: one, comments: [] })),
    noon,
    0,
  );
  const filled = async (checkedAt: number) => {
    await lease.claim('me', noon, minute);
    await lease.save('me', { ...NOTHING_READ, mark: noon, checkedAt, sweptAt: noon });
  };
  await filled(noon - 2 * minute);
  const desk = { asked: 0, failing: null as AppError | null, hasKey: true, downSince: null as number | null };
  const live = ticket(99, { subject: 'Only in Syncro' });
  const read = <T>(value: T): Promise<T> => {
    desk.asked += 1;
    return desk.failing ? Promise.reject(desk.failing) : Promise.resolve(value);
  };
  const deps = {
    index: createTicketIndex(db, words),
    clock,
    doneStatuses: ['Resolved'],
    downSince: () => desk.downSince,
    identity: {
      reader: () =>
        desk.hasKey
          ? Promise.resolve({ key: aKey('k'), lane: 'person' as const })
          : Promise.reject(new AppError('no_key', 'You have no key.')),
    },
    reads: {
      tickets: () => read({ rows: [live], page: 1, totalPages: 1 }),
      findTicket: () => read(null),
    },
  };
  const search = createTicketSearch(deps);
  const suggest = createTicketSuggestions(deps);
  const find = async (text: string, more: Partial<TicketSearch> = {}) => {
    const found = await search(howard, { openOnly: false, page: 1, ...more, words: text });
    return { ...found, ids: found.rows.map(({ id }) => Number(id)) };
  };
  const typed = async (text: string) => (await suggest(howard, text)).map(({ id }) => Number(id));
  return { desk, clock, mirror, filled, find, typed };
};

describe('searching tickets in the index', () => {
  test('asks Syncro nothing, and says how old the answer is', async () => {
    const { desk, find } = await aDesk(ticket(1), ticket(2, { subject: 'Mail', status: 'Resolved' }));
    expect(await find('cloud')).toMatchObject({
      ids: [1],
      count: 1,
      more: false,
      source: { from: 'index', ageMs: 2 * minute, unread: true, syncroDown: false },
    });
    expect(await find('burger barn')).toMatchObject({ ids: [2, 1] });
    expect((await find('burger', { openOnly: true })).ids).toEqual([1]);
    expect((await find('burger', { mine: true })).ids).toEqual([2, 1]);
    expect(desk.asked).toBe(0);
  });

  test('shows what the comments say, where nothing else tells why a ticket was found', async () => {
    const { mirror, find } = await aDesk(ticket(1), ticket(2, { subject: 'Toner' }));
    await mirror.putComments(ticketId(1), [said(11, 'Ordered toner at Bolt', true), said(12, 'toner')], noon, null);
    await mirror.putComments(ticketId(2), [said(21, 'toner at Bolt')], noon, null);
    const { hits } = await find('toner');
    expect([...hits]).toEqual([[1, { text: 'toner', authorName: 'Winter', createdAt: noon, hidden: false }]]);
    expect((await find('toner bolt')).hits.get(ticketId(1))).toMatchObject({
      text: 'Ordered toner at Bolt',
      hidden: true,
    });
  });

  test('asks Syncro before it says that there is nothing, when it is old, and when it is asked to', async () => {
    const { desk, clock, find } = await aDesk(ticket(1));
    expect(await find('zeppelin')).toMatchObject({ ids: [99], live: true, source: { from: 'syncro' } });
    expect(await find('cloud', { live: true })).toMatchObject({ ids: [99], source: { from: 'syncro' } });
    clock.at += 14 * minute;
    expect((await find('cloud')).source).toMatchObject({ from: 'syncro' });
    expect(desk.asked).toBe(3);
  });

  test('is not used before every ticket was read', async () => {
    const { find } = await aDesk(ticket(1));
    await createMirrorLease(db).save('me', NOTHING_READ);
    expect(await find('cloud')).toMatchObject({ ids: [99], source: { from: 'syncro' } });
  });

  test('answers whatever its age while Syncro does not', async () => {
    const { desk, clock, find } = await aDesk(ticket(1));
    clock.at += 3 * 60 * minute;
    desk.failing = new AppError('unreachable', 'down');
    expect(await find('cloud')).toMatchObject({ ids: [1], source: { from: 'index', syncroDown: true } });
    expect(await find('zeppelin')).toMatchObject({ ids: [], source: { from: 'index', syncroDown: true } });
    const before = desk.asked;
    desk.downSince = clock.at;
    expect(await find('cloud')).toMatchObject({ ids: [1], source: { from: 'index', syncroDown: true } });
    expect(desk.asked).toBe(before);
    desk.failing = new AppError('key_refused', 'no');
    await expect(find('zeppelin')).rejects.toThrow('no');
  });

  test('has the ticket of a number first, and asks for a number that it does not know', async () => {
    const { desk, find } = await aDesk(ticket(1), ticket(2, { subject: 'see #30001 and #30077' }));
    expect((await find('#30001')).ids).toEqual([1, 2]);
    expect(desk.asked).toBe(0);
    expect((await find('30077')).ids).toEqual([99]);
    expect((await find('#30001', { mine: true, openOnly: true })).ids).toEqual([1, 2]);
  });

  test('has the ticket of a number on the first page only', async () => {
    const { find } = await aDesk(...Array.from({ length: 25 }, (_, i) => ticket(i + 1, { subject: 'see #30001' })));
    const [first, second] = [await find('#30001'), await find('#30001', { page: 2 })];
    expect(first.ids[0]).toBe(1);
    expect([...first.ids, ...second.ids].toSorted((a, b) => a - b)).toEqual(
      Array.from({ length: 25 }, (_, i) => i + 1),
    );
    expect(second).toMatchObject({ page: 2, source: { from: 'index' } });
  });

  test('leafs through pages, and to the last one that there is', async () => {
    const { desk, find } = await aDesk(...Array.from({ length: 45 }, (_, i) => ticket(i + 1)));
    const pages = await Promise.all([1, 2, 3, 9].map((page) => find('cloud', { page })));
    expect(pages.map(({ ids, page, totalPages }) => [ids.length, page, totalPages])).toEqual([
      [20, 1, 3],
      [20, 2, 3],
      [5, 3, 3],
      [5, 3, 3],
    ]);
    expect(new Set(pages.slice(0, 3).flatMap(({ ids }) => ids)).size).toBe(45);
    expect(desk.asked).toBe(0);
  });

  test('tells nothing to whom Syncro would tell nothing', async () => {
    const { desk, find, typed } = await aDesk(ticket(1));
    desk.hasKey = false;
    await expect(find('cloud')).rejects.toThrow('You have no key.');
    await expect(typed('cloud')).rejects.toThrow('You have no key.');
    expect(desk.asked).toBe(0);
  });
});

describe('tickets while somebody types', () => {
  test('come from the index: mine before anything is typed, then what begins so, open ones first', async () => {
    const { desk, typed } = await aDesk(
      ticket(1),
      ticket(2, { status: 'Resolved' }),
      ticket(3, { technicianId: 1 }),
      ticket(4, { subject: 'Mail' }),
    );
    expect(await typed('')).toEqual([4, 1]);
    expect(await typed('clo')).toEqual([3, 1, 2]);
    expect(await typed('burger clo')).toEqual([3, 1, 2]);
    expect(await typed('#30002')).toEqual([2]);
    expect(await typed('#3000')).toEqual([4, 3, 1, 2]);
    expect(desk.asked).toBe(0);
  });

  test('come from Syncro when the index has none, and from the index when Syncro does not answer', async () => {
    const { desk, clock, typed } = await aDesk(ticket(1));
    expect(await typed('zepp')).toEqual([99]);
    clock.at += 60 * minute;
    desk.failing = new AppError('unreachable', 'down');
    expect(await typed('cloud')).toEqual([1]);
  });
});
