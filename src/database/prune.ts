import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { Clock, Every, Log } from '../shared/system.ts';
import type { Database } from './schema.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** More than a year, so that the same month of last year can still be looked up. */
export const LONG_MS = 400 * DAY_MS;

/** What is deleted of a table once it is old; it stands beside the table's store. */
export type OldRows = {
  readonly table: keyof Database;
  /** By which columns a batch is told; there may be others in the table's key. */
  readonly key: readonly string[];
  readonly keptMs: number;
  /** Which rows may go that are older than that moment. */
  readonly when: (before: number) => RawBuilder<unknown>;
};

type Prunings = ReadonlyArray<{
  readonly table: string;
  readonly keptMs: number;
  /** Deletes at most so many rows of before that moment; how many there were. */
  readonly prune: (before: number, limit: number) => Promise<number>;
}>;

export const createPrunings = (db: Kysely<Database>, all: readonly OldRows[]): Prunings =>
  all.map(({ table, key, keptMs, when }) => ({
    table,
    keptMs,
    prune: async (before, limit) => {
      const [rows, columns] = [sql.table(table), sql.join(key.map((column) => sql.ref(column)))];
      const { numAffectedRows = 0n } = await sql`delete from ${rows} where (${columns}) in
        (select ${columns} from ${rows} where ${when(before)} limit ${limit})`.execute(db);
      return Number(numAffectedRows);
    },
  }));

/** Few enough that nobody waits for the database meanwhile. */
const BATCH = 500;
const PAUSE_MS = 50;

type PrunerDeps = {
  readonly prunings: Prunings;
  readonly clock: Clock;
  readonly every: Every;
  readonly log: Log;
};

/**
 * Deletes what is too old, first an hour after the start: once a day, and each hour what is kept for less than a day.
 * Several copies do the same without harm.
 */
export const createPruner = ({ prunings, clock, every, log }: PrunerDeps) => {
  let stopped = false;
  let last = Number.NEGATIVE_INFINITY;
  let working = Promise.resolve();
  let stopLooking = (): void => undefined;

  const prune = async (due: Prunings): Promise<void> => {
    for (const { table, keptMs, prune: batch } of due) {
      const before = clock.now() - keptMs;
      let rows = 0;
      for (let deleted = BATCH; deleted >= BATCH && !stopped; await clock.sleep(PAUSE_MS)) {
        deleted = await batch(before, BATCH);
        rows += deleted;
      }
      if (rows > 0) log.info({ table, rows }, 'old rows deleted');
    }
  };

  const look = (): void => {
    if (stopped) return;
    const isNextDay = clock.now() - last >= DAY_MS;
    if (isNextDay) last = clock.now();
    const due = prunings.filter(({ keptMs }) => isNextDay || keptMs < DAY_MS);
    working = working
      .then(() => prune(due))
      .catch((error: unknown) => log.error({ err: error }, 'old rows could not be deleted'));
  };

  return {
    start: (): void => {
      stopLooking = every(HOUR_MS, look);
    },
    /** Waits for the batch that is under way. */
    stop: async (): Promise<void> => {
      stopped = true;
      stopLooking();
      await working;
    },
  };
};
