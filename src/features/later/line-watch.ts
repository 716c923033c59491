import { LEASE_MS, whileRenewing } from '../../shared/renewing.ts';
import type { Every } from '../../shared/system.ts';
import { within } from '../../shared/within.ts';
import { type LookDeps, lookForLines } from './look-for-lines.ts';
import type { DueLine } from './ports.ts';

const LOOK_MS = 30_000;
/** Of a customer at a time: what one message can hold. */
const MOST_LINES = 10;
/** Syncro was away, or the database. */
const RETRY_MS = 15 * 60_000;
const STOP_MS = 2_000;

export type LineWatchDeps = LookDeps & { readonly every: Every };

/** Looks for charged lines that are due, a customer at a time; of several copies the rows say which one does. */
export const createLineWatch = (deps: LineWatchDeps) => {
  const { promises, clock, every, log, owner } = deps;
  let stopLooking = (): void => undefined;
  let stopping = false;
  let working: Promise<void> | null = null;

  const workOn = async (lines: readonly DueLine[]): Promise<void> => {
    try {
      await lookForLines(deps, lines);
    } catch (error) {
      log.warn({ err: error }, 'charged lines could not be looked for, trying again');
      for (const { runId, looks } of lines) await promises.putBack(runId, owner, clock.now() + RETRY_MS, looks);
    }
  };

  const workThrough = async (): Promise<void> => {
    try {
      while (!stopping) {
        const lines = await promises.claim(owner, clock.now(), LEASE_MS, MOST_LINES);
        if (lines.length === 0) return;
        const renew = (until: number) =>
          promises.renew(
            lines.map(({ runId }) => runId),
            owner,
            until,
          );
        await whileRenewing(deps, { renew, what: 'charged lines' }, () => workOn(lines));
      }
    } catch (error) {
      log.error({ err: error }, 'charged lines can not be looked for');
    }
  };

  const look = (): void => {
    working ??= workThrough().finally(() => {
      working = null;
    });
  };

  return {
    start: (): void => {
      stopLooking = every(LOOK_MS, look);
    },
    /** Begins nothing new; what is being read is left to the next start. */
    stop: async (): Promise<void> => {
      stopping = true;
      stopLooking();
      if (working) await within(STOP_MS, working, () => undefined);
    },
  };
};
