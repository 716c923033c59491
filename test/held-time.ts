import { jest } from '@jest/globals';

const TIME = [
  'Date',
  'performance',
  'hrtime',
  'setTimeout',
  'clearTimeout',
  'setInterval',
  'clearInterval',
  'setImmediate',
  'clearImmediate',
  'nextTick',
  'queueMicrotask',
  'requestAnimationFrame',
  'cancelAnimationFrame',
  'requestIdleCallback',
  'cancelIdleCallback',
] as const;

type Time = (typeof TIME)[number];

/**
 * Holds still what is named until the test lets it pass (`jest.advanceTimersByTime`); everything else goes on, so that
 * servers and databases answer. `jest.useRealTimers()` ends it.
 * @param now what `Date` says
 */
export const holdStill = (what: readonly Time[], now?: number): void => {
  jest.useFakeTimers({ doNotFake: TIME.filter((each) => !what.includes(each)), ...(now === undefined ? {} : { now }) });
};
