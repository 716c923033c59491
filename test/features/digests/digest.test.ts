import { describe, expect, test } from '@jest/globals';
import { type DigestMoment, digestOf } from '../../../src/features/digests/digest.ts';
import { expectTimesAsLong } from '../../growth.ts';
import { hour, minute, noon } from '../../runs/rules/a-ticket.ts';
import { aSummary, day, facts, manyTechnicians, manyTickets, staff } from './digest-facts.ts';

/** Monday 23 November 2026, 05:00 in Phoenix. */
const moment: DigestMoment = { now: noon, timezone: 'America/Phoenix', last: null };

const numbersOf = (digest: ReturnType<typeof digestOf>, kind: string): readonly number[] =>
  digest.sections.find((section) => section.kind === kind)?.top.map(({ number }) => number) ?? [];

describe('a digest', () => {
  test('puts each ticket where it needs somebody, oldest first', () => {
    const digest = digestOf(
      facts({
        tickets: [
          aSummary(1, { customerReplied: true, createdAt: noon - day }),
          aSummary(2, { customerReplied: true, createdAt: noon - 5 * day, technicianId: null }),
          aSummary(3, { dueAt: noon - 2 * day }),
          aSummary(4, { dueAt: noon + 2 * hour }),
          aSummary(5, { status: 'Waiting on Customer', updatedAt: noon - 4 * day }),
          aSummary(6, { status: 'Waiting for Parts', updatedAt: noon - 3 * day + minute }),
          aSummary(7, { technicianId: null }),
          aSummary(8),
        ],
      }),
      moment,
    );
    expect(digest.sections.map(({ kind, count }) => [kind, count])).toEqual([
      ['replied', 2],
      ['overdue', 1],
      ['due_today', 1],
      ['waiting', 1],
      ['unassigned', 2],
    ]);
    expect(numbersOf(digest, 'replied')).toEqual([2, 1]);
    expect(numbersOf(digest, 'overdue')).toEqual([3]);
    expect(numbersOf(digest, 'due_today')).toEqual([4]);
    expect(numbersOf(digest, 'waiting')).toEqual([5]);
    expect(numbersOf(digest, 'unassigned')).toEqual([2, 7]);
    expect(digest).toMatchObject({ day: 'Mon Nov 23', open: 8, oldestDays: 5, change: null, nothingNew: false });
  });

  test('takes today from its own time zone', () => {
    // 20:00 on Sunday in Phoenix, 04:00 on Monday in Berlin.
    const now = Date.UTC(2026, 10, 23, 3);
    const tickets = [aSummary(1, { dueAt: Date.UTC(2026, 10, 22, 20) })];
    const phoenix = digestOf(facts({ tickets }), { ...moment, now });
    const berlin = digestOf(facts({ tickets }), { ...moment, now, timezone: 'Europe/Berlin' });
    expect([phoenix.day, phoenix.sections[0]?.kind]).toEqual(['Sun Nov 22', 'due_today']);
    expect([berlin.day, berlin.sections[0]?.kind]).toEqual(['Mon Nov 23', 'overdue']);
  });

  test('takes what is due from the account’s calendar, wherever the digest is read', () => {
    const tickets = [
      aSummary(1, { dueAt: Date.parse('2026-11-23T00:00:00-07:00') }),
      aSummary(2, { dueAt: Date.UTC(2026, 10, 23) }),
    ];
    const honolulu = (timeZone: string | null) =>
      digestOf(facts({ tickets, timeZone }), {
        ...moment,
        now: Date.parse('2026-11-23T08:00:00-10:00'),
        timezone: 'Pacific/Honolulu',
      });
    expect(numbersOf(honolulu('America/Phoenix'), 'due_today')).toEqual([1, 2]);
    expect(honolulu('America/Phoenix').sections.map(({ kind }) => kind)).toEqual(['due_today']);
  });

  test('calls people by their first names, and by the whole name where two share one', () => {
    const technicians = [...staff, { id: 1799, name: 'Rob Stone' }];
    const tickets = [1750, 1750, 1760, 1799, 4711, null].map((technicianId, i) => aSummary(i + 1, { technicianId }));
    expect(digestOf(facts({ tickets, technicians }), moment).byTechnician).toEqual([
      { label: 'Howard', count: 2 },
      { label: 'Rob Keane', count: 1 },
      { label: 'Rob Stone', count: 1 },
      { label: 'user 4711', count: 1 },
    ]);
  });

  test('adds up what is resolved and on no invoice', () => {
    const uninvoiced = {
      tickets: [
        { ticket: aSummary(32_160, { createdAt: noon - 9 * day }), amountCents: 17_500 },
        { ticket: aSummary(32_158, { createdAt: noon - 10 * day }), amountCents: 8_750 },
      ],
      unread: 3,
    };
    const digest = digestOf(facts({ uninvoiced }), moment);
    expect(digest.uninvoiced).toEqual({ count: 2, amountCents: 26_250, unread: 3 });
    expect(digestOf(facts({ uninvoiced: null }), moment).uninvoiced).toBeNull();
  });

  const friday = noon - 3 * day;
  const compared = (tickets: ReturnType<typeof aSummary>[], before: ReturnType<typeof aSummary>[], at = friday) =>
    digestOf(facts({ tickets }), {
      ...moment,
      last: { at, told: digestOf(facts({ tickets: before }), { ...moment, now: at }).told },
    });

  test.each([
    [noon - hour, '04:00'],
    [noon - day, 'yesterday'],
    [friday, 'Friday'],
    [noon - 6 * day, 'Tuesday'],
    [noon - 7 * day, 'Nov 16'],
  ])('counts against the last one %# (since %s)', (at, since) => {
    expect(compared([aSummary(1), aSummary(2)], [aSummary(3)], at).change).toEqual({ by: 1, since });
  });

  test('says that nothing is new only when nothing is', () => {
    const before = [aSummary(1), aSummary(2, { status: 'Waiting on Customer', updatedAt: friday })];
    const isNew = (change: Parameters<typeof aSummary>[1]): boolean =>
      !compared([aSummary(1, change), before[1] ?? aSummary(2)], before).nothingNew;
    expect(isNew({})).toBe(false);
    expect(isNew({ subject: 'Other words', updatedAt: noon })).toBe(false);
    expect(isNew({ status: 'New' })).toBe(true);
    expect(isNew({ technicianId: 1737 })).toBe(true);
    expect(isNew({ technicianId: null })).toBe(true);
    expect(isNew({ customerReplied: true })).toBe(true);
    expect(isNew({ dueAt: noon })).toBe(true);
    expect(compared(before.toReversed(), before).nothingNew).toBe(true);
    expect(compared(before.slice(1), before).nothingNew).toBe(false);
  });

  test('tells of what became overdue, due or old while nobody touched it', () => {
    const due = [aSummary(1, { dueAt: friday + day })];
    expect(compared(due, due).nothingNew).toBe(false);
    const waiting = [aSummary(1, { status: 'Waiting for Parts', updatedAt: friday })];
    expect(compared(waiting, waiting, friday + minute).nothingNew).toBe(true);
    const longer = digestOf(facts({ tickets: waiting }), {
      ...moment,
      now: noon + hour,
      last: { at: friday, told: digestOf(facts({ tickets: waiting }), { ...moment, now: friday }).told },
    });
    expect(longer.nothingNew).toBe(false);
  });

  test('compares no numbers when not everything was read', () => {
    const last = { at: friday, told: { open: 5, print: 'x' } };
    expect(digestOf(facts({ tickets: [aSummary(1)], partial: true }), { ...moment, last })).toMatchObject({
      change: { by: null },
      nothingNew: false,
      told: { open: null },
    });
  });

  test('of 10,000 tickets is made as quickly as four of 2,500', async () => {
    const [many, fewer] = [10_000, 2_500].map((count) => {
      const all = facts({ tickets: manyTickets(count), technicians: manyTechnicians });
      return () => digestOf(all, moment);
    });
    if (!many || !fewer) throw new Error('two digests');
    const digest = many();
    expect(digest.open).toBe(10_000);
    expect(digest.sections.every(({ top }) => top.length === 3)).toBe(true);
    await expectTimesAsLong(9, many, fewer);
  });
});
