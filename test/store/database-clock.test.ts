import { afterEach, describe, expect, test } from '@jest/globals';
import type { Kysely } from 'kysely';
import type { Log } from '../../src/app/ports.ts';
import { createDatabaseClock } from '../../src/store/database-clock.ts';
import { openPostgres } from '../../src/store/postgres.ts';
import type { Database } from '../../src/store/schema.ts';
import { waitFor } from '../crash/scene.ts';
import { newDatabase } from '../postgres/new-database.ts';
import { silentLog } from '../silent-log.ts';

const closing: Array<() => Promise<void>> = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

/** A machine whose clock is off, and a database whose clock is right. */
const aMachine = async (offMs: number) => {
  const database = await newDatabase();
  closing.push(database.drop);
  const db: Kysely<Database> = await openPostgres(database.url, { log: silentLog });
  closing.push(() => db.destroy());
  const machine = { offMs, said: [] as string[], tick: (): void => undefined };
  const log: Log = { ...silentLog, warn: (_, message) => void machine.said.push(message) };
  const clock = await createDatabaseClock(db, {
    clock: { now: () => Date.now() + machine.offMs, sleep: () => Promise.resolve() },
    every: (_ms, task) => {
      machine.tick = task;
      return () => undefined;
    },
    log,
  });
  return { machine, clock };
};

/** The server runs on this machine, so its time is ours. */
const offBy = (clock: { readonly now: () => number }): number => Math.abs(clock.now() - Date.now());
const hour = 3_600_000;

describe('the clock of a copy', () => {
  test.each([0, hour, -hour])(
    'is the database’s when the machine’s own is %d ms off, and that is said',
    async (offMs) => {
      const { machine, clock } = await aMachine(offMs);
      expect(offBy(clock)).toBeLessThan(300);
      expect(Number.isInteger(clock.now())).toBe(true);
      expect(Math.abs(clock.aheadMs() - offMs)).toBeLessThan(300);
      expect(machine.said).toHaveLength(offMs === 0 ? 0 : 1);
    },
  );

  test('is not set back with the machine’s', async () => {
    const { machine, clock } = await aMachine(0);
    machine.offMs = -hour;
    expect(offBy(clock)).toBeLessThan(300);
  });

  test('is measured anew at once when the machine’s was set forward, or slept', async () => {
    const { machine, clock } = await aMachine(0);
    machine.offMs = hour;
    expect(clock.now() - Date.now()).toBeGreaterThan(hour - 300);
    await waitFor('it is right again', () => offBy(clock) < 300);
    expect(machine.said).toEqual(["this machine's clock is off; the database's is used"]);
  });

  test('is measured again and again, and a clock that stays off is said once', async () => {
    const { machine, clock } = await aMachine(hour);
    for (const _ of [1, 2]) {
      machine.tick();
      await waitFor('it was measured', () => offBy(clock) < 300);
    }
    expect(machine.said).toHaveLength(1);
  });
});
