import { expect } from '@jest/globals';

const FEWEST = 5;
/** On one core that others use, too, an uninterrupted turn of both is rare: it takes many, and only then. */
const MOST = 300;
/** Shorter than this says more about the clock than about the work. */
const LEAST_MS = 2;

/** The machine's own: here nothing else will do. */
const machineMs = (): number => Number(process.hrtime.bigint()) / 1e6;

const spent = async (work: () => unknown, times: number): Promise<number> => {
  const began = machineMs();
  for (let i = 0; i < times; i++) await work();
  return machineMs() - began;
};

/** How often in a row it takes so long. */
const timesIn = async (work: () => unknown, ms: number): Promise<number> => {
  let times = 1;
  while ((await spent(work, times)) < ms) times *= 2;
  return times;
};

/**
 * Expects `work` to take less than so many times as long as `less` does, e.g. with four times as much to do: about 4 is
 * what both growing alike comes to, 16 growing with the square. No machine is too slow or too busy for it: both are
 * measured in turns, each for as long at a time as the other so that interruptions hit them alike, the shortest of all
 * times counts, and there are more of them until it is so.
 */
export const expectTimesAsLong = async (most: number, work: () => unknown, less: () => unknown): Promise<void> => {
  const times = await timesIn(work, LEAST_MS);
  const timesOfLess = await timesIn(less, await spent(work, times));
  let [shortest, shortestOfLess] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  for (let i = 0; i < MOST && (i < FEWEST || shortest / shortestOfLess >= most); i++) {
    shortest = Math.min(shortest, (await spent(work, times)) / times);
    shortestOfLess = Math.min(shortestOfLess, (await spent(less, timesOfLess)) / timesOfLess);
  }
  expect(shortest / shortestOfLess).toBeLessThan(most);
};
