import { describe, expect, test } from '@jest/globals';
import { idealWaits, mostWithin } from '../../../bench/ideal.ts';

const arrivals = (...requests: readonly number[]) => requests.map((count, i) => ({ at: i * 10, requests: count }));

describe('the ideal schedule', () => {
  test('lets nobody wait while the limit is not reached', () => {
    expect(idealWaits(arrivals(2, 1, 1), 4, 1_000)).toEqual([0, 0, 0]);
  });

  test('lets whoever came too late wait until the window has room again', () => {
    expect(idealWaits(arrivals(3, 1, 2), 3, 1_000)).toEqual([0, 990, 980]);
  });

  test('serves them as they came, however few requests a later one needs', () => {
    const [first = 0, second = 0] = idealWaits(arrivals(5, 1), 3, 1_000);
    expect(second + 10).toBeGreaterThanOrEqual(first);
  });
});

test('the most requests in any window are counted wherever it lies', () => {
  expect(mostWithin([0, 900, 950, 1_899], 1_000)).toBe(3);
  expect(mostWithin([0, 1_000], 1_000)).toBe(1);
  expect(mostWithin([], 1_000)).toBe(0);
});
