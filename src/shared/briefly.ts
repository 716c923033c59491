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

/** What `read` gives, or gave lately; with `anew` what was remembered is not good enough. */
type Remembered<K, V> = (key: K, read: () => Promise<V>, anew?: boolean) => Promise<V>;

/**
 * Remembers what a read gave, by key, for a while; callers at the same time share one read. A failed read is forgotten.
 * @param ttlMs how old an answer may be, from the moment that it was asked for
 */
export const briefly = <K extends string | number, V>(
  clock: Clock,
  ttlMs: number,
  mostKeys = 500,
): Remembered<K, V> => {
  const kept = createCache<K, Promise<V>>(mostKeys, ttlMs, clock);
  return (key, read, anew = false) => {
    const before = anew ? undefined : kept.get(key);
    if (before) return before;
    const value = read();
    kept.set(key, value);
    value.catch(() => {
      if (kept.peek(key) === value) kept.delete(key);
    });
    return value;
  };
};

/**
 * What is much to read, or what anybody may ask for again and again: done once at a time, however long it takes, and what
 * it came to, a failure too, is given to everybody for a while.
 * @param keepMs how long, from the moment that it was through; what is under way is shared also with who wants it anew
 */
export const onceInAWhile = <K extends string | number, V>(
  clock: Pick<Clock, 'now'>,
  keepMs: number,
  mostKeys = 500,
): Remembered<K, V> => {
  const kept = createCache<K, Promise<V>>(mostKeys, keepMs, clock);
  return (key, read, anew = false) => {
    const before = kept.get(key);
    const isBeingRead = kept.getRemainingTTL(key) === Infinity;
    if (before && (isBeingRead || !anew)) return before;
    const value = read();
    kept.set(key, value, { ttl: 0 });
    const through = () => void kept.set(key, value);
    value.then(through, through);
    return value;
  };
};
