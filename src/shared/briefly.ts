import type { Clock } from './system.ts';

/**
 * Remembers what a read gave, by key, for a while; callers at the same time share one read. A failed read is forgotten.
 * @param ttlMs how old an answer may be
 */
export const briefly = <K, V>(clock: Clock, ttlMs: number, mostKeys = 500) => {
  const kept = new Map<K, { readonly at: number; readonly value: Promise<V> }>();
  /** @param anew true: reads whatever is remembered, and remembers that */
  return (key: K, read: () => Promise<V>, anew = false): Promise<V> => {
    const before = kept.get(key);
    if (!anew && before && Math.abs(clock.now() - before.at) < ttlMs) return before.value;
    const value = read();
    const entry = { at: clock.now(), value };
    kept.delete(key);
    kept.set(key, entry);
    value.catch(() => {
      if (kept.get(key) === entry) kept.delete(key);
    });
    const oldest = kept.keys().next();
    if (kept.size > mostKeys && !oldest.done) kept.delete(oldest.value);
    return value;
  };
};
