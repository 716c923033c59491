import type { Clock } from './ports.ts';

/**
 * Remembers what a read gave, by key, for a while; callers at the same time share one read. A failed read is forgotten.
 * @param ttlMs how old an answer may be
 */
export const briefly = <K, V>(clock: Clock, ttlMs: number, mostKeys = 500) => {
  const kept = new Map<K, { readonly at: number; readonly value: Promise<V> }>();
  return (key: K, read: () => Promise<V>): Promise<V> => {
    const before = kept.get(key);
    if (before && clock.now() - before.at < ttlMs) return before.value;
    const value = read();
    kept.delete(key);
    kept.set(key, { at: clock.now(), value });
    value.catch(() => kept.delete(key));
    const oldest = kept.keys().next();
    if (kept.size > mostKeys && !oldest.done) kept.delete(oldest.value);
    return value;
  };
};
