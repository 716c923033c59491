import { describe, expect, test } from '@jest/globals';
import { createCollected } from '../../src/syncro/collected.ts';
import { aManualClock } from './scripted-syncro.ts';

type Row = { readonly id: number };

/** Pages of rows; `read` counts what was asked for. */
const aSource = (pages: ReadonlyArray<readonly number[]>) => {
  const clock = aManualClock();
  const asked: number[] = [];
  const source = { failing: false };
  const read = (page: number) => {
    asked.push(page);
    if (source.failing) return Promise.reject(new Error('down'));
    const rows: readonly Row[] = (pages[page - 1] ?? []).map((id) => ({ id }));
    return Promise.resolve({ rows, page, totalPages: pages.length });
  };
  const collected = createCollected<Row>(clock, 60_000, 2);
  const collect = async (enough: number, { key = 'a', anew = false } = {}) => {
    const { rows, next } = await collected(key, enough, read, anew);
    return { ids: rows.map(({ id }) => id), next };
  };
  return { clock, asked, source, collect };
};

describe('collecting pages', () => {
  test('reads as many as are needed, and goes on from there', async () => {
    const { collect, asked } = aSource([[1, 2], [3, 4], [5]]);
    expect(await collect(3)).toEqual({ ids: [1, 2, 3, 4], next: 3 });
    expect(await collect(2)).toEqual({ ids: [1, 2, 3, 4], next: 3 });
    expect(await collect(99)).toEqual({ ids: [1, 2, 3, 4, 5], next: null });
    await collect(99);
    expect(asked).toEqual([1, 2, 3]);
  });

  test('takes a row once that moved to the next page meanwhile', async () => {
    const { collect } = aSource([
      [1, 2],
      [2, 3],
    ]);
    expect((await collect(9)).ids).toEqual([1, 2, 3]);
  });

  test('gives up for this time after a few pages without rows', async () => {
    const { collect, asked } = aSource([...Array.from({ length: 9 }, () => []), [7]]);
    expect(await collect(1)).toEqual({ ids: [], next: 7 });
    expect(await collect(1)).toEqual({ ids: [7], next: null });
    expect(asked).toHaveLength(10);
  });

  test('never reads a page twice for two presses at once', async () => {
    const { collect, asked } = aSource([[1], [2], [3]]);
    const [a, b] = await Promise.all([collect(2), collect(3)]);
    expect([a.ids, b.ids]).toEqual([
      [1, 2],
      [1, 2, 3],
    ]);
    expect(asked).toEqual([1, 2, 3]);
  });

  test('forgets after a while, on request, and when reading fails', async () => {
    const { collect, asked, clock, source } = aSource([[1], [2]]);
    await collect(1);
    await collect(1, { anew: true });
    clock.at += 60_000;
    await collect(1);
    expect(asked).toEqual([1, 1, 1]);
    source.failing = true;
    const both = await Promise.allSettled([collect(2), collect(2)]);
    expect(both.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    source.failing = false;
    expect((await collect(2)).ids).toEqual([1, 2]);
  });

  test('is as old as its first page, whatever was read after that', async () => {
    const { collect, asked, clock } = aSource([[1], [2]]);
    await collect(1);
    clock.at += 40_000;
    await collect(2);
    clock.at += 20_000;
    await collect(1);
    expect(asked).toEqual([1, 2, 1]);
  });

  test('keeps only the newest few', async () => {
    const { collect, asked } = aSource([[1]]);
    for (const key of ['a', 'b', 'c', 'a']) await collect(1, { key });
    expect(asked).toHaveLength(4);
    await collect(1, { key: 'c' });
    expect(asked).toHaveLength(4);
  });
});
