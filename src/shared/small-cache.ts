import { LRUCache } from 'lru-cache';
import type { Clock } from './system.ts';

/** Time that only grows: set ahead or back by an hour, the clock makes everything noted before an hour older. */
const elapsed = (clock: Pick<Clock, 'now'>): Pick<Clock, 'now'> => {
  let last = clock.now();
  // lru-cache takes 0 for no age at all.
  let sum = 1;
  return {
    now: () => {
      const now = clock.now();
      sum += Math.abs(now - last);
      last = now;
      return sum;
    },
  };
};

/** Keeps at most so many values, the ones used last, each until it is `ttlMs` old. */
export const createCache = <K extends NonNullable<unknown>, V extends NonNullable<unknown>>(
  most: number,
  ttlMs: number,
  clock: Pick<Clock, 'now'>,
): LRUCache<K, V> =>
  // lru-cache still gives what is exactly as old as its own limit, and reads the time once a millisecond unless told.
  new LRUCache<K, V>({ max: most, ttl: ttlMs - 1, ttlResolution: 0, perf: elapsed(clock) });
