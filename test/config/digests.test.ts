import { describe, expect, test } from '@jest/globals';
import { readDays } from '../../src/config/digests.ts';

describe('the days of a digest', () => {
  test.each([
    ['mon-fri', 'mon-fri'],
    ['Mon-Fri', 'mon-fri'],
    ['mon, wed, fri', 'mon,wed,fri'],
    ['Monday - Thursday', 'mon-thu'],
    ['tuesday,wednesday,saturday,sunday', 'tue,wed,sat,sun'],
    ['daily', '*'],
    ['every day', '*'],
    ['weekdays', 'mon-fri'],
    ['*', '*'],
    ['1-5', '1-5'],
    ['fri#1', 'fri#1'],
  ])('%s are %s', (text, days) => {
    expect(readDays(text)).toBe(days);
  });

  test.each(['', 'never', 'fri-mon', 'mon-', 'mon fri', '8', 'mon; drop', '* *', '31 2', 'mondays'])(
    '%j are none',
    (text) => {
      expect(readDays(text)).toBeNull();
    },
  );
});
