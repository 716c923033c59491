import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, jest, test } from '@jest/globals';
import { AppError } from '../../src/shared/errors.ts';
import { untilKnown, within } from '../../src/shared/within.ts';
import { holdStill } from '../held-time.ts';
import { aManualClock } from '../syncro/scripted-syncro.ts';

afterEach(() => void jest.useRealTimers());

const late = () => 'late';

test.each([
  ['is done in time', () => sleep(999, 'done'), 'done'],
  ['is no promise', () => 'done', 'done'],
  ['takes too long', () => sleep(1_001, 'done'), 'late'],
])('what %s', async (_how, work, found) => {
  expect(await within(1_000, work(), late)).toBe(found);
});

test('what fails in time fails, and so does what is told to when it is late', async () => {
  await expect(within(1_000, Promise.reject(new Error('failed')), late)).rejects.toThrow('failed');
  const tooLate = () => {
    throw new Error('no answer');
  };
  await expect(within(1_000, new Promise(() => {}), tooLate)).rejects.toThrow('no answer');
});

test('a failure after that is nobody’s', async () => {
  const unheard = jest.fn();
  process.on('unhandledRejection', unheard);
  const work = sleep(2_000).then(() => Promise.reject(new Error('failed')));
  expect(await within(1_000, work, late)).toBe('late');
  await sleep(2_000);
  process.off('unhandledRejection', unheard);
  expect(unheard).not.toHaveBeenCalled();
});

test('no timer is left when the work is done', async () => {
  holdStill(['setTimeout', 'clearTimeout']);
  const asked = jest.fn(late);
  await within(1_000, Promise.resolve(), asked);
  expect(jest.getTimerCount()).toBe(0);
  jest.advanceTimersByTime(2_000);
  expect(asked).not.toHaveBeenCalled();
});

const away = new AppError('no_database', 'away', { retryable: true });
const unsure = new AppError('unsure', 'no answer', { retryable: true });

/** Fails in this order, then answers; time passes only by waiting. */
const failing = (...failures: readonly Error[]) => {
  const clock = aManualClock();
  let asked = 0;
  const ask = (): Promise<string> => {
    const failure = failures[asked];
    asked += 1;
    return failure ? Promise.reject(failure) : Promise.resolve('stored');
  };
  return {
    clock: {
      now: () => clock.at,
      sleep: (ms: number) => {
        clock.at += ms;
        return Promise.resolve();
      },
    },
    ask,
  };
};

describe('asking a database that is away', () => {
  test('goes on until it answers', async () => {
    const { clock, ask } = failing(away, unsure, ...Array.from({ length: 200 }, () => away));
    expect(await untilKnown(clock, ask)).toBe('stored');
  });

  test.each([
    ['provably stored nothing', [away, away, away], 'no_database'],
    ['nobody knows about, once an answer was lost', [away, unsure, away, away], 'unsure'],
  ])('for so long only ends with what it %s', async (_what, failures, code) => {
    const { clock, ask } = failing(...failures, ...Array.from({ length: 50 }, () => away));
    await expect(untilKnown(clock, ask, 1_200)).rejects.toMatchObject({ code });
  });

  test('repeats no other failure', async () => {
    const { clock, ask } = failing(new Error('a bug'));
    await expect(untilKnown(clock, ask)).rejects.toThrow('a bug');
  });
});
