import { describe, expect, test } from '@jest/globals';
import { createPruner } from '../../src/database/prune.ts';
import type { Every } from '../../src/shared/system.ts';
import { minute, noon } from '../runs/rules/a-ticket.ts';

const HOUR = 60 * minute;
const DAY = 24 * HOUR;

/** So many old rows, a clock that is set by hand, and the hourly look. */
const aTable = (old: number, { fails = false, keptMs = 10 * DAY } = {}) => {
  let now = noon;
  let left = old;
  let tick = (): void => undefined;
  const asked: number[] = [];
  const said: string[] = [];
  const every: Every = (ms, task) => {
    expect(ms).toBe(HOUR);
    tick = task;
    return () => undefined;
  };
  const say = (_fields: object, words: string): void => void said.push(words);
  const pruner = createPruner({
    prunings: [
      {
        table: 'runs',
        keptMs,
        prune: async (before, limit) => {
          asked.push(before);
          if (fails) throw new Error('locked');
          const deleted = Math.min(left, limit);
          left -= deleted;
          return deleted;
        },
      },
    ],
    clock: { now: () => now, sleep: () => Promise.resolve() },
    every,
    log: { debug: say, info: say, warn: say, error: say },
  });
  pruner.start();
  return {
    pruner,
    asked,
    said,
    left: () => left,
    passes: async (ms: number) => {
      now += ms;
      tick();
      await new Promise((next) => setImmediate(next));
    },
  };
};

describe('old rows', () => {
  test('are deleted in batches until none is left', async () => {
    const { passes, left, asked, said } = aTable(1_200);
    await passes(HOUR);
    expect(left()).toBe(0);
    expect(asked).toEqual([1, 2, 3].map(() => noon + HOUR - 10 * DAY));
    expect(said).toEqual(['old rows deleted']);
  });

  test('are looked for once a day, however often it is looked what time it is', async () => {
    const { passes, asked } = aTable(0);
    expect(asked).toHaveLength(0);
    for (let hour = 0; hour < 24; hour++) await passes(HOUR);
    expect(asked).toHaveLength(1);
    await passes(HOUR);
    expect(asked).toHaveLength(2);
  });

  test('that are kept for less than a day are looked for every hour', async () => {
    const { passes, asked } = aTable(0, { keptMs: HOUR });
    for (let hour = 1; hour <= 3; hour++) await passes(HOUR);
    expect(asked).toEqual([0, 1, 2].map((hours) => noon + hours * HOUR));
  });

  test('that could not be deleted are tried again the next day', async () => {
    const { passes, asked, said } = aTable(1, { fails: true });
    await passes(HOUR);
    await passes(DAY);
    expect(asked).toHaveLength(2);
    expect(said).toEqual(['old rows could not be deleted', 'old rows could not be deleted']);
  });

  test('stay when the app stops meanwhile', async () => {
    const { pruner, passes, left } = aTable(5_000);
    const passing = passes(HOUR);
    await pruner.stop();
    await passing;
    expect(left()).toBeGreaterThan(0);
  });
});
