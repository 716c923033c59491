import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Kysely } from 'kysely';
import type { Database } from '../../../src/database/schema.ts';
import { openSqlite } from '../../../src/database/sqlite.ts';
import { createMirror, type MirrorDeps } from '../../../src/features/search/mirror-tickets.ts';
import { askedWords } from '../../../src/features/search/search-words.ts';
import { createTicketIndex, wordIndexFor } from '../../../src/features/search/store/search-index.ts';
import { createMirrorLease } from '../../../src/features/search/store/search-lease.ts';
import { createMirrorStore } from '../../../src/features/search/store/search-mirror.ts';
import { AppError } from '../../../src/shared/errors.ts';
import { type Comment, type TicketSummary, ticketId, ticketNumber } from '../../../src/syncro/ticket.ts';
import { aComment, aTicket, hour, minute } from '../../runs/rules/a-ticket.ts';
import { aKey, aManualClock, aQuietLog } from '../../syncro/scripted-syncro.ts';

const PAGE = 5;
const DAY = 24 * hour;

let db: Kysely<Database>;
beforeEach(async () => {
  db = await openSqlite(':memory:');
});
afterEach(() => db.destroy());

type Row = TicketSummary & { comments: Comment[] };

/** An account in Syncro with a clock of its own, and what is read of it. @param skewMs how far its clock is ahead of ours */
const aWorld = ({ skewMs = 0 } = {}) => {
  const clock = aManualClock();
  const words = wordIndexFor(db);
  const index = createTicketIndex(db, words);
  const world = {
    rows: [] as Row[],
    /** What was asked: pages of lists (`all 1`, `since 2`) and comments of a ticket (`#7`). */
    asked: [] as string[],
    /** Looks into the account before it answers, or throws. */
    onAsk: (_what: string): void => undefined,
    traffic: 0,
    hasKey: true,
  };
  const now = () => clock.now() + skewMs;
  const ask = (what: string): void => {
    world.asked.push(what);
    world.onAsk(what);
  };
  const put = (id: number, fields: Partial<TicketSummary> = {}, ...comments: Comment[]): void => {
    const before = world.rows.find((row) => row.id === id);
    const base = before ?? aTicket({ id: ticketId(id), number: ticketNumber(id), subject: `subject${id}` });
    const row = { ...base, updatedAt: now(), ...fields, comments: [...(before?.comments ?? []), ...comments] };
    world.rows = [...world.rows.filter((one) => one.id !== id), row].toSorted((a, b) => b.number - a.number);
  };
  const reads: MirrorDeps['reads'] = {
    listedTickets: async (_caller, { updatedSince, page = 1 }) => {
      ask(`${updatedSince === undefined ? 'all' : 'since'} ${page}`);
      const found = world.rows.filter(({ updatedAt }) => updatedSince === undefined || (updatedAt ?? 0) > updatedSince);
      const rows = found
        .slice((page - 1) * PAGE, page * PAGE)
        .map((ticket) => ({ ticket, comments: ticket.comments.slice(0, 1) }));
      return { rows, page, totalPages: Math.max(1, Math.ceil(found.length / PAGE)) };
    },
    comments: async (_caller, id) => {
      ask(`#${id}`);
      const row = world.rows.find((one) => one.id === id);
      if (!row) throw new AppError('not_found', 'gone');
      return { rows: row.comments.toReversed(), page: 1, totalPages: 1 };
    },
  };
  const mirrors: Array<{ tick: () => void; mirror: ReturnType<typeof createMirror> }> = [];
  const aMirror = (owner = 'alpha') => {
    let tick = (): void => undefined;
    const mirror = createMirror({
      reads,
      index,
      store: createMirrorStore(db, words),
      lease: createMirrorLease(db),
      traffic: { lastMinute: () => Promise.resolve(world.traffic) },
      caller: () =>
        world.hasKey
          ? Promise.resolve({ key: aKey('k'), lane: 'background' })
          : Promise.reject(new AppError('no_key', 'nobody has a key')),
      doneStatuses: ['Resolved'],
      readable: (body) => body,
      requestsPerMinute: 180,
      clock,
      every: (_ms, task) => {
        tick = task;
        return () => {
          tick = () => undefined;
        };
      },
      log: aQuietLog,
      owner,
    });
    mirrors.push({ mirror, tick: () => tick() });
    return mirror;
  };
  /** Time goes by, every process looks every 2 seconds. */
  const pass = async (ms: number): Promise<void> => {
    for (const until = clock.at + ms; clock.at < until; clock.at += 2_000)
      for (const { mirror, tick } of mirrors) {
        tick();
        await mirror.settled();
      }
  };
  const find = async (query: string): Promise<number[]> =>
    (await index.find(askedWords(query), {}, 0, 100)).rows.map(({ id }) => Number(id)).toSorted((a, b) => a - b);
  const fill = (count: number, fields: Partial<TicketSummary> = {}): void => {
    for (let id = 1; id <= count; id++) put(id, fields, aComment({ id: id * 100, body: `first words${id}` }));
  };
  return { world, clock, index, put, fill, aMirror, pass, find, now };
};

describe('filling the index', () => {
  test('reads every page, then the comments of each ticket, at most 30 requests a minute, then rests', async () => {
    const { world, index, fill, aMirror, pass, find, put } = aWorld();
    fill(12);
    put(12, { updatedAt: aManualClock().at + minute }, aComment({ id: 1, body: 'a second remark' }));
    aMirror().start();
    expect((await index.state()).checkedAt).toBeNull();
    await pass(8_000);
    expect(world.asked.slice(0, 3)).toEqual(['all 1', 'all 2', 'all 3']);
    // The last changed first.
    expect(world.asked[3]).toBe('#12');
    expect(await find('first words7')).toEqual([7]);
    await pass(minute - 8_000);
    expect(world.asked.filter((what) => what.startsWith('#'))).toHaveLength(12);
    expect(world.asked.length).toBeLessThanOrEqual(30);
    expect(await find('second')).toEqual([12]);
    expect(await index.state()).toMatchObject({ unread: false });
    await pass(5 * minute);
    world.asked.length = 0;
    await pass(10 * minute);
    // Nothing changes any more: a look a minute.
    expect(world.asked.length).toBeLessThanOrEqual(11);
    expect(new Set(world.asked)).toEqual(new Set(['since 1']));
  });

  test('goes on where it was after a restart', async () => {
    const { world, fill, aMirror, pass, find } = aWorld();
    fill(23);
    const before = aMirror('before');
    before.start();
    await pass(4_000);
    await before.stop();
    expect(world.asked).toEqual(['all 1', 'all 2']);
    aMirror('after').start();
    await pass(6_000);
    expect(world.asked.slice(2, 5)).toEqual(['all 3', 'all 4', 'all 5']);
    expect(await find('subject1')).toHaveLength(11);
    expect(await find('first')).toHaveLength(23);
  });

  test('waits after 429 or no answer, and goes on at the same page', async () => {
    const { world, fill, aMirror, pass } = aWorld();
    fill(12);
    world.onAsk = (what) => {
      if (what === 'all 2') throw new AppError('rate_limited', 'no more', { retryAfterMs: 60_000 });
    };
    aMirror().start();
    await pass(minute);
    expect(world.asked).toEqual(['all 1', 'all 2']);
    world.onAsk = () => undefined;
    await pass(10_000);
    expect(world.asked.slice(2, 4)).toEqual(['all 2', 'all 3']);
  });

  test('sends nothing while people use a third of the limit, or while nobody has a key', async () => {
    const { world, fill, aMirror, pass } = aWorld();
    fill(3);
    world.traffic = 60;
    aMirror().start();
    await pass(minute);
    expect(world.asked).toEqual([]);
    world.traffic = Number.POSITIVE_INFINITY;
    await pass(minute);
    world.traffic = 59;
    world.hasKey = false;
    await pass(minute);
    expect(world.asked).toEqual([]);
    world.hasKey = true;
    await pass(minute + 6_000);
    expect(world.asked).toContain('all 1');
  });

  test('is done by one process; another goes on when that one stops or dies', async () => {
    const { world, fill, aMirror, pass } = aWorld();
    fill(60);
    const alpha = aMirror('alpha');
    alpha.start();
    aMirror('beta').start();
    await pass(6_000);
    expect(world.asked).toEqual(['all 1', 'all 2', 'all 3']);
    await alpha.stop();
    await pass(30_000);
    expect(world.asked[3]).toBe('all 4');
    expect(new Set(world.asked).size).toBe(world.asked.length);
  });

  test('does not end at a ticket whose comments can’t be read', async () => {
    const { world, fill, aMirror, pass, find } = aWorld();
    fill(3);
    world.onAsk = (what) => {
      if (what === '#3') throw new AppError('unreadable', 'odd');
      if (what === '#2') throw new AppError('unreachable', 'odd');
    };
    aMirror().start();
    await pass(3 * minute + 10_000);
    expect(world.asked.filter((what) => what.startsWith('#')).toSorted()).toEqual(['#1', '#2', '#3']);
    world.onAsk = () => undefined;
    await pass(hour);
    expect(world.asked.filter((what) => what.startsWith('#')).toSorted()).toEqual(['#1', '#2', '#2', '#3']);
    expect(await find('subject')).toEqual([1, 2, 3]);
  });

  test('leaves out the further comments of tickets that last changed over two years ago', async () => {
    const { world, clock, fill, aMirror, pass, find } = aWorld();
    fill(2, { updatedAt: clock.at - 3 * 365 * DAY });
    aMirror().start();
    await pass(20_000);
    expect(world.asked.some((what) => what.startsWith('#'))).toBe(false);
    expect(await find('first')).toEqual([1, 2]);
  });
});

describe('after an upgrade that makes other words', () => {
  test('makes those of each ticket anew without asking Syncro, and counts as not filled until then', async () => {
    const { world, index, fill, aMirror, pass, find } = aWorld();
    fill(510);
    const before = aMirror('before');
    before.start();
    await pass(4 * minute);
    await before.stop();
    const lease = createMirrorLease(db);
    const progress = await lease.claim('upgrade', 0, 0);
    if (!progress) throw new Error('The lease was not let go');
    await lease.save('upgrade', { ...progress, wordsTo: 0 });
    await lease.release('upgrade');
    await wordIndexFor(db).clear(db);
    world.asked.length = 0;
    world.traffic = 60;
    aMirror('after').start();
    expect((await index.state()).checkedAt).toBeNull();
    await pass(6_000);
    expect(await find('first words500')).toEqual([500]);
    expect(await find('first words510')).toEqual([510]);
    // People use the limit, and the look for changes goes out all the same: it keeps new what they look at meanwhile.
    expect(world.asked).toEqual(['since 19']);
  });
});

describe('keeping the index', () => {
  test.each([0, hour, -hour, 3 * DAY])('misses no change, with Syncro’s clock %p ms ahead', async (skewMs) => {
    const { world, fill, put, aMirror, pass, find } = aWorld({ skewMs });
    fill(23);
    // While page 3 is asked for, a ticket of page 1 changes and a new one pushes all others down.
    world.onAsk = (what) => {
      if (what !== 'all 3') return;
      put(22, { subject: 'changed meanwhile' });
      put(24, { subject: 'made meanwhile' });
    };
    aMirror().start();
    await pass(2 * minute);
    expect(await find('meanwhile')).toEqual([22, 24]);
    expect(await find('subject')).toHaveLength(22);
    put(5, { subject: 'changed later' }, aComment({ id: 1, body: 'said later' }));
    await pass(minute + 10_000);
    expect(await find('changed later')).toEqual([5]);
    expect(await find('said')).toEqual([5]);
  });

  test('reads many changes page by page, and misses none that come meanwhile', async () => {
    const { world, fill, put, aMirror, pass, find } = aWorld();
    fill(12);
    aMirror().start();
    await pass(2 * minute);
    for (let id = 1; id <= 12; id++) put(id, { subject: 'second round' });
    world.onAsk = (what) => {
      if (what === 'since 2') put(12, { subject: 'third round' });
    };
    await pass(4 * minute);
    expect(await find('second round')).toHaveLength(11);
    expect(await find('third round')).toEqual([12]);
  });

  test('sends at most 10 requests a minute for it', async () => {
    const { world, fill, put, aMirror, pass } = aWorld();
    fill(40);
    aMirror().start();
    await pass(8 * minute);
    for (let id = 1; id <= 40; id++) put(id, { subject: 'second round' });
    await pass(minute);
    world.asked.length = 0;
    await pass(minute);
    expect(world.asked.length).toBeLessThanOrEqual(10);
    expect(world.asked.length).toBeGreaterThan(5);
  });

  test('is not blinded by a change in the future', async () => {
    const { clock, put, fill, aMirror, pass, find } = aWorld();
    fill(3);
    put(2, { updatedAt: clock.at + 300 * DAY });
    aMirror().start();
    await pass(2 * minute);
    put(1, { subject: 'changed today' });
    await pass(minute + 10_000);
    expect(await find('today')).toEqual([1]);
  });

  test('misses nothing when our clock is set right by an hour', async () => {
    const { world, clock, fill, put, aMirror, pass, find } = aWorld();
    fill(3);
    aMirror().start();
    await pass(2 * minute);
    clock.at += hour;
    await pass(minute);
    put(1, { subject: 'changed today', updatedAt: clock.at - hour });
    await pass(minute + 10_000);
    expect(await find('today')).toEqual([1]);
    expect(world.rows).toHaveLength(3);
  });

  test('sees a comment that did not move its ticket within a day, on what is being worked on', async () => {
    const { world, fill, put, aMirror, pass, find } = aWorld();
    fill(2);
    put(2, { status: 'Resolved' });
    aMirror().start();
    await pass(minute);
    for (const row of world.rows) row.comments.push(aComment({ id: Number(row.id), body: 'unstirred' }));
    await pass(2 * minute);
    expect(await find('unstirred')).toEqual([]);
    await pass(DAY);
    expect(await find('unstirred')).toEqual([1]);
  });

  test('lets go of a ticket that is gone, within a week of itself', async () => {
    const { world, clock, fill, aMirror, pass, find } = aWorld();
    fill(12, { status: 'Resolved' });
    aMirror().start();
    await pass(2 * minute);
    world.rows = world.rows.filter(({ id }) => id !== 4);
    world.asked.length = 0;
    clock.at += 7 * DAY;
    await pass(3 * minute);
    expect(await find('subject')).toHaveLength(11);
    // Only who was missed is asked for.
    expect(world.asked.filter((what) => what.startsWith('#'))).toEqual(['#4']);
  });

  test('says how old it is', async () => {
    const { world, clock, index, fill, aMirror, pass } = aWorld();
    fill(2);
    aMirror().start();
    await pass(minute);
    const checkedAt = (await index.state()).checkedAt ?? 0;
    expect(clock.at - checkedAt).toBeLessThanOrEqual(minute);
    world.onAsk = () => {
      throw new AppError('unreachable', 'down');
    };
    await pass(10 * minute);
    const later = (await index.state()).checkedAt ?? 0;
    expect(clock.at - later).toBeGreaterThan(9 * minute);
  });
});
