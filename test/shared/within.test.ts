import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, expect, jest, test } from '@jest/globals';
import { within } from '../../src/shared/within.ts';
import { holdStill } from '../held-time.ts';

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
