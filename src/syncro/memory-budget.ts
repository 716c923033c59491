import { AppError } from '../shared/errors.ts';
import { LONGEST_PAUSE_MS } from '../shared/limits.ts';
import type { Clock } from '../shared/system.ts';
import type { RequestBudget } from './ports.ts';

/** A second more than Syncro's minute: a request arrives later than it was granted, and not every one equally late. */
export const WINDOW_MS = 61_000;

/** A full window is asked again after this at the latest: whoever waits for a second is not sent away. */
export const MOST_WAIT_MS = 1_000;

/** What is spent of Syncro's limit; the rest is for other scripts behind the same address, and for jitter. */
export const spendable = (requestsPerMinute: number): number => Math.max(1, Math.floor(0.95 * requestsPerMinute));

/** @param mostWaitMs a full window is asked again after this at the latest */
export const createSlidingLog = (requestsPerMinute: number, clock: Pick<Clock, 'now'>, mostWaitMs = Infinity) => {
  const limit = spendable(requestsPerMinute);
  let granted: number[] = [];
  let pausedUntil = 0;

  /** As RequestBudget.take, but nothing is taken. */
  const waitMs = (leave: number): number => {
    const now = clock.now();
    // What lies further ahead was said by a clock that has been set back since.
    if (now < pausedUntil && pausedUntil <= now + LONGEST_PAUSE_MS) return pausedUntil - now;
    granted = granted.filter((at) => at > now - WINDOW_MS && at < now + WINDOW_MS);
    // Even when asked to leave everything, one request at a time goes through.
    const room = Math.max(1, limit - leave);
    if (granted.length < room) return 0;
    const frees = granted[granted.length - room] ?? now;
    return Math.min(mostWaitMs, Math.max(1, frees + WINDOW_MS - now));
  };

  return {
    waitMs,
    count: (): void => void granted.push(clock.now()),
    pauseUntil: (at: number): void => {
      const isBound = pausedUntil <= clock.now() + LONGEST_PAUSE_MS;
      pausedUntil = isBound ? Math.max(pausedUntil, at) : at;
    },
  };
};

/** A lock lasts: not every request has to find out by itself. */
const LOCKED_FOR_MS = 1_000;

/**
 * Another program may lock the file that the requests are counted in. This process counts its own in memory as well, and
 * goes on by that count meanwhile: so the limit holds for it while the file is locked, and for a minute after.
 */
export const countedInMemoryToo = (
  kept: RequestBudget,
  requestsPerMinute: number,
  clock: Pick<Clock, 'now'>,
): RequestBudget => {
  const log = createSlidingLog(requestsPerMinute, clock, MOST_WAIT_MS);
  let lockedAt = -Infinity;

  /** `null`: it can't be asked now. */
  const unlessLocked = async <T>(ask: () => T | Promise<T>): Promise<T | null> => {
    if (Math.abs(clock.now() - lockedAt) < LOCKED_FOR_MS) return null;
    try {
      return await ask();
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== 'no_database') throw error;
      lockedAt = clock.now();
      return null;
    }
  };

  return {
    take: async (leave) => {
      const before = log.waitMs(leave);
      if (before > 0) return before;
      const said = await unlessLocked(() => kept.take(leave));
      // Others were let through meanwhile.
      const wait = said ?? log.waitMs(leave);
      if (wait <= 0) log.count();
      return wait;
    },
    pauseUntil: async (at) => {
      log.pauseUntil(at);
      await unlessLocked(() => kept.pauseUntil(at));
    },
  };
};
