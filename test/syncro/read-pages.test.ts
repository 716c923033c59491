import { describe, expect, test } from '@jest/globals';
import { readSince } from '../../src/syncro/read-pages.ts';

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

  test('is no answer where Syncro answers every page with the same rows, or one in the middle with none', async () => {
    const same = (page: number) => Promise.resolve({ rows: rowsOf(10, () => NOW), page, totalPages: 99 });
    await expect(readSince(0, 'invoices', same)).rejects.toMatchObject({ code: 'unreadable' });
    const list = aList(rowsOf(40, () => NOW));
    const gap = async (page: number) => ({ ...(await list.read(page)), ...(page === 2 ? { rows: [] } : {}) });
    await expect(readSince(0, 'invoices', gap)).rejects.toMatchObject({ code: 'unreadable' });
  });

  describe('where Syncro does not say how many pages there are', () => {
    const untold = (count: number) => {
      const list = aList(rowsOf(count, () => NOW));
      const read = async (page: number) => ({ ...(await list.read(page)), totalPages: 1, isCounted: false as const });
      return { list, read };
    };

    test.each([
      [0, 1],
      [7, 2],
      [30, 4],
      [34, 5],
    ])('reads %i rows in %i requests: until no more come', async (count, reads) => {
      const { list, read } = untold(count);
      expect(await readSince(0, 'invoices', read)).toHaveLength(count);
      expect(list.reads).toBe(reads);
    });

    test('ends where the only page comes again, and is no answer where a full one does', async () => {
      const same = (count: number) => (page: number) =>
        Promise.resolve({ rows: rowsOf(count, () => NOW), page, totalPages: 1, isCounted: false as const });
      expect(await readSince(0, 'invoices', same(9))).toHaveLength(9);
      await expect(readSince(0, 'invoices', same(10))).rejects.toMatchObject({ code: 'unreadable' });
    });
  });
});
