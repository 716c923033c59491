import { describe, expect, test } from '@jest/globals';
import { readSince } from '../../src/app/read-pages.ts';

const DAY = 86_400_000;
const NOW = Date.parse('2026-03-04T17:00:00Z');

type Row = { readonly id: number; readonly createdAt: number | null };

/** A list of `rows` in pages of 10, and how many of them were read. */
const aList = (rows: readonly Row[], unread = 0) => {
  const list = {
    reads: 0,
    read: (page: number) => {
      list.reads += 1;
      const shown = rows.slice((page - 1) * 10, page * 10);
      return Promise.resolve({ rows: shown, page, totalPages: Math.ceil(rows.length / 10), unread });
    },
  };
  return list;
};

const rowsOf = (count: number, createdAt: (i: number) => number | null): Row[] =>
  Array.from({ length: count }, (_, i) => ({ id: i + 1, createdAt: createdAt(i) }));

describe('all rows since a moment', () => {
  test('ends at the first page that is too old, where the newest come first', async () => {
    const list = aList(rowsOf(300, (i) => NOW - i * DAY));
    const rows = await readSince(NOW - 12 * DAY, 'invoices', list.read);
    expect(rows.map(({ id }) => id)).toEqual(expect.arrayContaining([1, 12, 13]));
    expect(list.reads).toBe(3);
  });

  test.each([
    ['the oldest come first', rowsOf(300, (i) => NOW - (300 - i) * DAY)],
    ['no row is dated', rowsOf(300, () => null)],
    ['they come in no order', rowsOf(300, (i) => NOW - ((i * 37) % 300) * DAY)],
  ])('reads to the end where %s', async (_order, all) => {
    const list = aList(all);
    expect(await readSince(NOW, 'invoices', list.read)).toHaveLength(300);
    expect(list.reads).toBe(30);
  });

  test('is no answer where there are too many, or one can’t be read', async () => {
    const long = aList(rowsOf(500, () => null));
    await expect(readSince(NOW, 'invoices', long.read)).rejects.toMatchObject({ code: 'unreadable' });
    expect(long.reads).toBeLessThanOrEqual(40);
    const odd = aList(
      rowsOf(3, () => NOW),
      1,
    );
    await expect(readSince(NOW, 'invoices', odd.read)).rejects.toMatchObject({ code: 'unreadable' });
  });

  test('ends where Syncro answers every page with the same rows', async () => {
    const same = (page: number) => Promise.resolve({ rows: rowsOf(10, () => NOW), page, totalPages: 99 });
    expect(await readSince(0, 'invoices', same)).toHaveLength(10);
  });
});
