import { afterEach, describe, expect, test } from '@jest/globals';
import { createLimiter, type Limiter } from '../../src/syncro/limiter.ts';
import { spendable } from '../../src/syncro/memory-budget.ts';
import type { Lane } from '../../src/syncro/ports.ts';
import { failureOf } from './harness.ts';
import { memoryBudget } from './memory-budget.ts';
import { type VirtualClock, virtualClock } from './virtual-clock.ts';

const open: Limiter[] = [];

afterEach(() => {
  for (const limiter of open.splice(0)) limiter.close();
});

const start = (perMinute: number) => {
  const clock = virtualClock();
  const budget = memoryBudget(perMinute, clock);
  const limiter = createLimiter(budget, perMinute, clock);
  open.push(limiter);
  const passed: { readonly lane: Lane; readonly at: number; readonly name: string }[] = [];
  const ask = async (lane: Lane, name = '', patienceMs = Number.POSITIVE_INFINITY, begun = false): Promise<void> => {
    await limiter.acquire(lane, patienceMs, { begun });
    passed.push({ lane, at: clock.now(), name });
  };
  return { clock, budget, limiter, passed, ask };
};

const mostInAMinute = (times: readonly number[]): number =>
  Math.max(...times.map((from) => times.filter((at) => at >= from && at < from + 60_000).length));

const all = (clock: VirtualClock, work: readonly Promise<void>[]): Promise<void> => clock.play(Promise.all(work));

describe('the limiter', () => {
  test('never lets more through than the limit in any sliding minute, bursts at its edge included', async () => {
    const { clock, passed, ask } = start(60);
    await clock.play(clock.sleep(58_000));
    await all(
      clock,
      Array.from({ length: 200 }, (_, n) => ask(n % 3 === 0 ? 'background' : n % 3 === 1 ? 'person' : 'run')),
    );
    expect(passed).toHaveLength(200);
    expect(mostInAMinute(passed.map(({ at }) => at))).toBeLessThanOrEqual(spendable(60));
    expect(spendable(60)).toBe(57);
  });

  test('uses the whole budget: the second batch starts when the first leaves the window', async () => {
    const { clock, passed, ask } = start(20);
    const begun = clock.now();
    await all(
      clock,
      Array.from({ length: 30 }, () => ask('run')),
    );
    expect(passed.filter(({ at }) => at === begun)).toHaveLength(19);
    expect(passed.filter(({ at }) => at === begun + 61_000)).toHaveLength(11);
  });

  test('lets a bill begin at once while everybody looks at lists', async () => {
    const { clock, limiter, passed, ask } = start(180);
    const begun = clock.now();
    const looks = Array.from({ length: 300 }, () =>
      limiter.acquire('person', Number.POSITIVE_INFINITY, { patient: true }),
    );
    for (const look of looks) look.catch(() => undefined);
    await all(clock, [clock.sleep(30_000)]);
    await all(
      clock,
      Array.from({ length: 8 }, () => ask('run')),
    );
    expect(passed.map(({ at }) => at - begun)).toEqual(Array.from({ length: 8 }, () => 30_000));
  });

  test('takes what was confirmed before new reads, when both wait', async () => {
    const { clock, passed, ask } = start(20);
    const first = Array.from({ length: 19 }, () => ask('person', 'early'));
    // The next one holds the head of the queue; only those behind it can be put in order.
    const head = ask('person', 'head');
    const late = [ask('person', 'reader'), ask('person', 'reader'), ask('run', 'bill'), ask('run', 'bill')];
    await all(clock, [...first, head, ...late]);
    const order = passed.slice(20).map(({ name }) => name);
    expect(order).toEqual(['bill', 'bill', 'reader', 'reader']);
  });

  test('lets an answer that is half read be finished before others begin', async () => {
    const { clock, passed, ask } = start(20);
    const first = Array.from({ length: 20 }, () => ask('person', 'early'));
    const late = [ask('person', 'new'), ask('person', 'rest', Number.POSITIVE_INFINITY, true), ask('run', 'bill')];
    await all(clock, [...first, ...late]);
    expect(passed.slice(20).map(({ name }) => name)).toEqual(['bill', 'rest', 'new']);
  });

  test('leaves a third free for people, however much background work waits', async () => {
    const { clock, passed, ask } = start(60);
    const begun = clock.now();
    const chores = Promise.all(Array.from({ length: 100 }, () => ask('background')));
    await clock.play(chores, begun + 30_000);
    expect(passed).toHaveLength(57 - 20);
    await all(
      clock,
      Array.from({ length: 20 }, () => ask('person', 'now', 5_000)),
    );
    const people = passed.filter(({ lane }) => lane === 'person');
    expect(people).toHaveLength(20);
    expect(people.every(({ at }) => at === begun)).toBe(true);
    await clock.play(chores);
  });

  test('tells a person at once how long the wait would be instead of letting them sit', async () => {
    const { clock, budget, passed, ask } = start(60);
    const begun = clock.now();
    await budget.pauseUntil(begun + 45_000);
    const refused = failureOf(ask('person', 'impatient', 10_000));
    const patient = ask('run', 'patient');
    const behind = failureOf(ask('person', 'behind', 10_000));
    await clock.play(Promise.all([refused, behind]), begun);
    expect(await refused).toMatchObject({ code: 'rate_limited', retryable: true, retryAfterMs: 45_000 });
    expect((await behind).code).toBe('rate_limited');
    await clock.play(patient);
    expect(passed).toMatchObject([{ name: 'patient', at: begun + 45_000 }]);
  });

  test('does not spend budget on those who gave up', async () => {
    const { clock, budget, passed, ask } = start(20);
    const begun = clock.now();
    await budget.pauseUntil(begun + 30_000);
    await clock.play(Promise.all(Array.from({ length: 50 }, () => failureOf(ask('person', 'gone', 1_000)))), begun);
    await all(
      clock,
      Array.from({ length: 19 }, () => ask('run')),
    );
    expect(passed.every(({ at }) => at === begun + 30_000)).toBe(true);
  });

  test('sends everybody away when it closes', async () => {
    const { clock, budget, limiter, ask } = start(60);
    await budget.pauseUntil(clock.now() + 60_000);
    const waiting = failureOf(ask('run'));
    await clock.play(new Promise(() => undefined), clock.now());
    limiter.close();
    expect((await waiting).code).toBe('unreachable');
    expect((await failureOf(ask('run'))).code).toBe('unreachable');
  });
});
