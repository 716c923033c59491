import type { Clock, Every, Log } from '../shared/system.ts';
import type { Prunings } from './prunings-port.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** Few enough that nobody waits for the database meanwhile. */
const BATCH = 500;
const PAUSE_MS = 50;

export type PrunerDeps = {
  readonly prunings: Prunings;
  readonly clock: Clock;
  readonly every: Every;
  readonly log: Log;
};

/** Once a day, first an hour after the start, deletes what is too old. Several copies do the same without harm. */
export const createPruner = ({ prunings, clock, every, log }: PrunerDeps) => {
  let stopped = false;
  let last = Number.NEGATIVE_INFINITY;
  let working = Promise.resolve();
  let stopLooking = (): void => undefined;

  const prune = async (): Promise<void> => {
    for (const { table, keptMs, prune: batch } of prunings) {
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
    if (stopped || clock.now() - last < DAY_MS) return;
    last = clock.now();
    working = working.then(prune).catch((error: unknown) => log.error({ err: error }, 'old rows could not be deleted'));
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
