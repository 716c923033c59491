import type { Clock, RequestBudget } from '../app/ports.ts';
import { LONGEST_PAUSE_MS } from '../domain/limits.ts';

/** A second more than Syncro's minute: a request arrives later than it was granted, and not every one equally late. */
const WINDOW_MS = 61_000;

/** What is spent of Syncro's limit; the rest is for other scripts behind the same address, and for jitter. */
export const spendable = (requestsPerMinute: number): number => Math.max(1, Math.floor(0.95 * requestsPerMinute));

/** The sliding-window log in memory: for one process, and for tests. */
export const memoryBudget = (requestsPerMinute: number, clock: Pick<Clock, 'now'>): RequestBudget => {
  const limit = spendable(requestsPerMinute);
  let granted: number[] = [];
  let pausedUntil = 0;
  return {
    take: (leave) => {
      const now = clock.now();
      // What lies further ahead was said by a clock that has been set back since.
      if (now < pausedUntil && pausedUntil <= now + LONGEST_PAUSE_MS) return pausedUntil - now;
      granted = granted.filter((at) => at > now - WINDOW_MS && at < now + WINDOW_MS);
      // Even when asked to leave everything, one request at a time goes through.
      const room = Math.max(1, limit - leave);
      if (granted.length < room) {
        granted.push(now);
        return 0;
      }
      const frees = granted[granted.length - room] ?? now;
      return Math.max(1, frees + WINDOW_MS - now);
    },
    pauseUntil: (at) => {
      const isBound = pausedUntil <= clock.now() + LONGEST_PAUSE_MS;
      pausedUntil = isBound ? Math.max(pausedUntil, at) : at;
    },
  };
};
