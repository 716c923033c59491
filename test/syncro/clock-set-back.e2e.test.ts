import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, expect, jest, test } from '@jest/globals';
import { openSqlite } from '../../src/database/sqlite.ts';
import { createStandings } from '../../src/metrics/store/standings.ts';
import type { Clock } from '../../src/shared/system.ts';
import { createLimiter, createQueue } from '../../src/syncro/limiter.ts';
import { createBudget, createTraffic } from '../../src/syncro/store/budget.ts';
import { holdStill } from '../held-time.ts';
import { hour, minute, noon } from '../runs/rules/a-ticket.ts';
import { memoryBudget } from './memory-budget.ts';
import { aManualClock } from './scripted-syncro.ts';

const budgets: ReadonlyArray<readonly [string, (clock: Clock) => Promise<ReturnType<typeof memoryBudget>>]> = [
  ['in memory', (clock) => Promise.resolve(memoryBudget(20, clock))],
  ['in the database', async (clock) => createBudget(await openSqlite(':memory:'), 20, clock)],
];

test.each(budgets)('a 429 %s before the clock is set back an hour stops nothing after it', async (_where, open) => {
  const clock = aManualClock();
  const budget = await open(clock);
  await budget.pauseUntil(clock.now() + minute);
  expect(await budget.take(0)).toBeGreaterThan(0);
  clock.at -= hour;
  expect(await budget.take(0)).toBe(0);
  // The next one counts.
  await budget.pauseUntil(clock.now() + 30_000);
  expect(await budget.take(0)).toBeGreaterThan(0);
  clock.at += 31_000;
  expect(await budget.take(0)).toBe(0);
});

test.each(budgets)('a full minute %s before the clock is set back is no full hour', async (_where, open) => {
  const clock = aManualClock();
  const budget = await open(clock);
  for (let i = 0; i < 19; i++) await budget.take(0);
  expect(await budget.take(0)).toBeGreaterThan(0);
  clock.at -= hour;
  expect(await budget.take(0)).toBe(0);
});

test('what watches the app calls no pause one that lies beyond any', async () => {
  const db = await openSqlite(':memory:');
  await createBudget(db, 20, aManualClock()).pauseUntil(noon + hour);
  expect((await createStandings(db).read(noon)).pausedUntil).toBeNull();
  expect(await createTraffic(db).lastMinute(noon)).toBe(0);
});

test('who waits at the limiter gets a turn although the clock was set back', async () => {
  const clock = Object.assign(aManualClock(), { sleep: (ms: number) => sleep(ms) });
  const limiter = createLimiter(memoryBudget(20, clock), 20, clock);
  for (let i = 0; i < 19; i++) await limiter.acquire('run', Number.POSITIVE_INFINITY);
  const order: string[] = [];
  const ask = async (name: string, lane: 'run' | 'person') => {
    await limiter.acquire(lane, Number.POSITIVE_INFINITY);
    order.push(name);
  };
  const all = [ask('first', 'person'), ask('person', 'person'), ask('run', 'run')];
  // Until the others are in the queue behind the first.
  await sleep(100);
  clock.at -= hour;
  await Promise.all(all);
  expect(order).toEqual(['first', 'run', 'person']);
});

test('a queue goes by priority, then as its jobs came, also after one that failed', async () => {
  const queue = createQueue();
  const done: string[] = [];
  const add = (priority: number, name: string) =>
    queue.schedule({ priority }, async () => {
      // Until all of them are in the queue.
      await sleep(100);
      done.push(name);
      if (name === 'b') throw new Error('failed');
    });
  const results = await Promise.allSettled([add(5, 'a'), add(5, 'b'), add(5, 'c'), add(3, 'd')]);
  expect(done).toEqual(['a', 'd', 'b', 'c']);
  expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled', 'fulfilled']);
});

afterEach(() => void jest.useRealTimers());

test.each([
  ['back', -hour],
  ['ahead', hour],
])('a queue waits for no clock that is set %s before its first job, between two, or during one', async (_how, by) => {
  holdStill(['Date'], noon);
  const setClock = () => jest.setSystemTime(Date.now() + by);
  const began = performance.now();
  const queue = createQueue();
  setClock();
  const job = () => queue.schedule({ priority: 5 }, () => Promise.resolve(setClock()));
  await job();
  setClock();
  await Promise.all([job(), job()]);
  expect(performance.now() - began).toBeLessThan(minute);
});
