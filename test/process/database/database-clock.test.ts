import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import {
  type DatabaseConnection,
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type QueryResult,
  sql,
} from 'kysely';
import { createDatabaseClock, databaseNow } from '../../../src/database/database-clock.ts';
import { openPostgres } from '../../../src/database/postgres.ts';
import type { Database } from '../../../src/database/schema.ts';
import type { Clock, Log } from '../../../src/shared/system.ts';
import { holdStill } from '../../held-time.ts';
import { minute, noon } from '../../runs/rules/a-ticket.ts';
import { silentLog } from '../../silent-log.ts';
import { newDatabase } from '../postgres/new-database.ts';

const closing: Array<() => Promise<void>> = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

const done = () => Promise.resolve();

/** What the server is asked passes through this. */
const aDatabase = (answer: () => unknown): Kysely<Database> => {
  const connection = {
    executeQuery: <R>() => Promise.resolve({ rows: [{ now: answer() }] } as unknown as QueryResult<R>),
  } as unknown as DatabaseConnection;
  return new Kysely<Database>({
    dialect: {
      createAdapter: () => new PostgresAdapter(),
      createQueryCompiler: () => new PostgresQueryCompiler(),
      createIntrospector: (db) => new PostgresIntrospector(db),
      createDriver: () => ({
        acquireConnection: () => Promise.resolve(connection),
        releaseConnection: done,
        beginTransaction: done,
        commitTransaction: done,
        rollbackTransaction: done,
        init: done,
        destroy: done,
      }),
    },
  });
};

/**
 * A machine whose clock is off, and a database whose clock is right: `Date.now()`, which stands still but for the
 * answers of the database.
 * @param trips how long each takes to the database and back; then 20 ms each way
 */
const aMachine = async (offMs: number, trips: ReadonlyArray<readonly [there: number, back: number]> = []) => {
  const left = [...trips];
  const db = aDatabase(() => {
    const [there, back] = left.shift() ?? [20, 20];
    jest.advanceTimersByTime(there);
    const now = Date.now();
    jest.advanceTimersByTime(back);
    return now;
  });
  const machine = { offMs, said: [] as string[], tick: (): void => undefined };
  const log: Log = { ...silentLog, warn: (_, message) => void machine.said.push(message) };
  const clock = await createDatabaseClock(db, {
    clock: { now: () => Date.now() + machine.offMs, sleep: done },
    every: (_ms, task) => {
      machine.tick = task;
      return () => undefined;
    },
    log,
  });
  /** Nothing here waits for anything outside: one turn later it is measured. */
  const measured = () => new Promise((resolve) => setImmediate(resolve));
  return { machine, clock, measured };
};

const offBy = (clock: Pick<Clock, 'now'>): number => clock.now() - Date.now();
const hour = 3_600_000;

describe('the clock of a copy', () => {
  beforeEach(() => holdStill(['Date', 'performance'], noon));
  afterEach(() => void jest.useRealTimers());

  test.each([0, hour, -hour])(
    'is the database’s when the machine’s own is %d ms off, and that is said',
    async (offMs) => {
      const { machine, clock } = await aMachine(offMs);
      expect([offBy(clock), clock.aheadMs()]).toEqual([0, offMs]);
      expect(machine.said).toHaveLength(offMs === 0 ? 0 : 1);
      jest.advanceTimersByTime(29_999);
      expect(offBy(clock)).toBe(0);
    },
  );

  test('counts whole milliseconds', async () => {
    const { clock } = await aMachine(0, Array(3).fill([20, 21]));
    expect(Number.isInteger(clock.now())).toBe(true);
  });

  test('is told by the quickest of three answers', async () => {
    const { clock } = await aMachine(hour, [
      [900, 0],
      [3, 1],
      [0, 400],
    ]);
    expect([offBy(clock), clock.aheadMs()]).toEqual([1, hour - 1]);
  });

  test('is not told by answers that took over a second', async () => {
    const { machine, clock, measured } = await aMachine(0, [...Array(3).fill([20, 20]), ...Array(3).fill([1_001, 0])]);
    machine.tick();
    await measured();
    expect(offBy(clock)).toBe(0);
  });

  test('is not set back with the machine’s', async () => {
    const { machine, clock } = await aMachine(0);
    machine.offMs = -hour;
    expect(offBy(clock)).toBe(0);
  });

  test('is measured anew at once when the machine’s was set forward, or slept', async () => {
    const { machine, clock, measured } = await aMachine(0);
    machine.offMs = hour;
    expect(offBy(clock)).toBe(hour);
    await measured();
    expect(offBy(clock)).toBe(0);
    expect(machine.said).toEqual(["this machine's clock is off; the database's is used"]);
  });

  test('knows when the machine’s or the database’s was set', async () => {
    const { machine, clock, measured } = await aMachine(0);
    expect(clock.setAt?.()).toBe(0);
    jest.advanceTimersByTime(minute);
    machine.tick();
    await measured();
    expect(clock.setAt?.()).toBe(0);
    machine.offMs = hour;
    // Before the database has answered.
    expect(clock.setAt?.()).toBe(Date.now() + hour);
    await measured();
    const set = clock.setAt?.() ?? 0;
    expect([set - noon > minute, set <= clock.now()]).toEqual([true, true]);
    jest.setSystemTime(Date.now() - hour);
    machine.tick();
    await measured();
    expect(clock.setAt?.()).toBeLessThan(set - hour / 2);
  });

  test('is measured again and again, and a clock that stays off is said once', async () => {
    const { machine, clock, measured } = await aMachine(hour);
    for (const _ of [1, 2]) {
      machine.offMs += 100;
      expect(offBy(clock)).toBe(100);
      machine.tick();
      await measured();
      expect(offBy(clock)).toBe(0);
    }
    expect(machine.said).toHaveLength(1);
  });
});

test.each([0, hour, -hour])('of a Postgres it is the server’s own, of a machine that is %d ms off', async (offMs) => {
  const database = await newDatabase();
  closing.push(database.drop);
  const db = await openPostgres(database.url, { log: silentLog });
  closing.push(() => db.destroy());
  const asked = async (): Promise<number> => {
    const { rows } = await sql<{ now: number }>`select ${databaseNow} as now`.execute(db);
    return Number(rows[0]?.now);
  };
  const began = performance.now();
  const clock = await createDatabaseClock(db, {
    clock: { now: () => Date.now() + offMs, sleep: done },
    every: () => () => undefined,
    log: silentLog,
  });
  // However slow this machine is: no answer that it was measured by took longer than all of them.
  const exactness = Math.ceil(performance.now() - began);
  const before = await asked();
  const now = clock.now();
  const after = await asked();
  expect(now).toBeGreaterThanOrEqual(before - exactness);
  expect(now).toBeLessThanOrEqual(after + exactness);
});
