import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import { createSystemClock } from '../../src/shared/system.ts';
import { holdStill } from '../held-time.ts';
import { hour, minute, noon } from '../runs/rules/a-ticket.ts';

beforeEach(() => holdStill(['Date', 'performance'], noon));
afterEach(() => void jest.useRealTimers());

test.each([hour, -hour, 5 * minute, -2_000])('the clock notices that it was set by %d ms', (ms) => {
  const clock = createSystemClock();
  jest.advanceTimersByTime(minute);
  expect(clock.setAt?.()).toBe(noon);
  jest.setSystemTime(Date.now() + ms);
  jest.advanceTimersByTime(3);
  expect(clock.setAt?.()).toBe(noon + minute + ms + 3);
  jest.advanceTimersByTime(hour);
  expect([clock.now(), clock.setAt?.()]).toEqual([noon + minute + ms + 3 + hour, noon + minute + ms + 3]);
});

test('a clock that is put right little by little was not set', () => {
  const clock = createSystemClock();
  for (let i = 0; i < 20; i++) {
    jest.advanceTimersByTime(minute);
    jest.setSystemTime(Date.now() + 40);
    clock.now();
  }
  expect(clock.setAt?.()).toBe(noon);
});
