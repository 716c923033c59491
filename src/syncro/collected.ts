import { createCache } from '../shared/briefly.ts';
import type { Clock } from '../shared/system.ts';
import type { Page } from './ports.ts';

/** The rows of Syncro's pages so far, filtered; `next` is the page to read after them, `null`: there is none. */
export type Collected<T> = { readonly rows: readonly T[]; readonly next: number | null };

/** Syncro's pages hold 25 to 100 rows, and a filter may leave few of them: so many are read for one page of ours. */
const MOST_PAGES = 6;

/**
 * Pages of a length of our own over Syncro's, which differ by account: what was read is remembered, so that leafing
 * back costs nothing and nothing jumps.
 * @param ttlMs how long
 */
export const createCollected = <T extends { readonly id: number }>(clock: Clock, ttlMs: number, mostKeys = 50) => {
  const kept = createCache<string, Promise<Collected<T>>>(mostKeys, ttlMs, clock);

  const extend = async (
    before: Collected<T>,
    enough: number,
    read: (page: number) => Promise<Page<T>>,
  ): Promise<Collected<T>> => {
    let { rows, next } = before;
    for (let reads = 0; next !== null && rows.length < enough && reads < MOST_PAGES; reads++) {
      const found: Page<T> = await read(next);
      const known = new Set(rows.map(({ id }) => id));
      rows = [...rows, ...found.rows.filter(({ id }) => !known.has(id))];
      next = next < found.totalPages ? next + 1 : null;
    }
    return { rows, next };
  };

  /**
   * At least `enough` rows, or all that there are within a few of Syncro's pages.
   * @param anew true: what was remembered is read again
   * @throws what `read` throws; then it is begun anew the next time
   */
  return (
    key: string,
    enough: number,
    read: (page: number) => Promise<Page<T>>,
    anew = false,
  ): Promise<Collected<T>> => {
    const before = anew ? undefined : kept.get(key);
    // One after the other, so that two presses never read the same page.
    const all = (before ?? Promise.resolve({ rows: [], next: 1 })).then((known) => extend(known, enough, read));
    // As old as its first page.
    kept.set(key, all, { noUpdateTTL: before !== undefined });
    all.catch(() => {
      if (kept.peek(key) === all) kept.delete(key);
    });
    return all;
  };
};
