import { describe, expect, test } from '@jest/globals';
import type { Clock } from '../../../src/shared/system.ts';
import type { RequestBudget } from '../../../src/syncro/ports.ts';
import { createBudget } from '../../../src/syncro/store/budget.ts';
import { eachTest, type NewStore } from '../../database/contract.ts';
import { fc } from '../../property.ts';
import { noon } from '../../runs/rules/a-ticket.ts';

const manualClock = (): Clock & { at: number } => {
  const clock = {
    at: noon,
    now: () => clock.at,
    sleep: (ms: number) => {
      clock.at += ms;
      return Promise.resolve();
    },
  };
  return clock;
};

/** 19 of 20 are spent. */
const LIMIT = 20;

const takeUntilFull = async (budget: RequestBudget, leave = 0): Promise<number> => {
  let granted = 0;
  while ((await budget.take(leave)) === 0) granted += 1;
  return granted;
};

/** The most that any 60 seconds saw. */
const mostInAMinute = (times: readonly number[]): number =>
  Math.max(0, ...times.map((from) => times.filter((at) => at >= from && at < from + 60_000).length));

/** The budget of requests that all processes share, whatever the engine. */
export const budgetContract = (newStore: NewStore): void => {
  describe('the budget of requests', () => {
    const { open } = eachTest(newStore);

    test('grants a little less than Syncro’s limit, then says when to ask again', async () => {
      const budget = createBudget(await open(), LIMIT, manualClock());
      expect(await takeUntilFull(budget)).toBe(19);
      const wait = await budget.take(0);
      expect(wait).toBeGreaterThan(0);
      expect(wait).toBeLessThanOrEqual(1_000);
    });

    test('is full until a minute after the first request, not until the minute turns', async () => {
      const clock = manualClock();
      const budget = createBudget(await open(), LIMIT, clock);
      await budget.take(0);
      clock.at += 50_000;
      expect(await takeUntilFull(budget)).toBe(18);
      clock.at += 10_000;
      expect(await budget.take(0)).toBeGreaterThan(0);
      clock.at += 1_000;
      expect(await takeUntilFull(budget)).toBe(1);
    });

    test('never grants more than Syncro allows in any 60 seconds, two processes asking at any time', async () => {
      const step = fc.record({
        afterMs: fc.oneof(fc.nat(50), fc.nat(5_000), fc.constantFrom(0, 59_999, 60_000, 60_001)),
        takes: fc.integer({ min: 1, max: 12 }),
        leave: fc.constantFrom(0, 0, 5, 100),
      });
      const [here, there] = [await open(), await open()];
      await fc.assert(
        fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 25 }), async (steps) => {
          await here.deleteFrom('request_slots').execute();
          const clock = manualClock();
          const budgets = [createBudget(here, LIMIT, clock), createBudget(there, LIMIT, clock)];
          const granted: number[] = [];
          for (const { afterMs, takes, leave } of steps) {
            clock.at += afterMs;
            const waits = await Promise.all(
              Array.from({ length: takes }, (_, i) => Promise.resolve(budgets[i % 2]?.take(leave) ?? 1)),
            );
            for (const wait of waits) if (wait === 0) granted.push(clock.at);
          }
          expect(mostInAMinute(granted)).toBeLessThanOrEqual(LIMIT);
        }),
        { numRuns: 40 },
      );
    });

    test('keeps granting for ever, in a table that never grows', async () => {
      const clock = manualClock();
      const db = await open();
      const budget = createBudget(db, LIMIT, clock);
      let granted = 0;
      for (let i = 0; i < 15; i++) {
        granted += await takeUntilFull(budget);
        clock.at += 61_000;
      }
      expect(granted).toBe(15 * 19);
      expect(await db.selectFrom('request_slots').selectAll().execute()).toHaveLength(19);
    });

    test('leaves room for people when the background asks', async () => {
      const budget = createBudget(await open(), LIMIT, manualClock());
      expect(await takeUntilFull(budget, 10)).toBe(9);
      expect(await takeUntilFull(budget, 0)).toBe(10);
    });

    test('still grants one at a time to those who must leave everything', async () => {
      const budget = createBudget(await open(), LIMIT, manualClock());
      expect(await takeUntilFull(budget, 1_000)).toBe(1);
    });

    test('grants nothing to anyone while paused, and says how long', async () => {
      const clock = manualClock();
      const budget = createBudget(await open(), LIMIT, clock);
      const other = createBudget(await open(), LIMIT, clock);
      await budget.pauseUntil(noon + 60_000);
      expect(await other.take(0)).toBe(60_000);
      clock.at += 59_999;
      expect(await other.take(0)).toBe(1);
      clock.at += 1;
      expect(await other.take(0)).toBe(0);
    });

    test('a pause is prolonged by a later one and never shortened by an earlier one', async () => {
      const budget = createBudget(await open(), LIMIT, manualClock());
      await budget.pauseUntil(noon + 60_000);
      await budget.pauseUntil(noon + 5_000);
      expect(await budget.take(0)).toBe(60_000);
      await budget.pauseUntil(noon + 90_000);
      expect(await budget.take(0)).toBe(90_000);
    });

    test('is remembered when the database is opened again', async () => {
      const clock = manualClock();
      await takeUntilFull(createBudget(await open(), LIMIT, clock));
      const reopened = createBudget(await open(), LIMIT, clock);
      expect(await reopened.take(0)).toBeGreaterThan(0);
      clock.at += 61_000;
      expect(await takeUntilFull(reopened)).toBe(19);
    });
  });
};
