import { describe, expect, test } from '@jest/globals';
import { billableSeconds, chargedSeconds, isUncharged, workedSeconds } from '../../src/syncro/time-entry.ts';
import { minute, noon } from '../runs/rules/a-ticket.ts';
import { anEntry } from '../runs/rules/a-timer-run.ts';

const lasting = (minutes: number, fields = {}) =>
  anEntry({ startedAt: noon - minutes * minute, endedAt: noon, ...fields });

describe('the work of a time entry', () => {
  test('is what Syncro calls active, and else what the clock on the wall says', () => {
    expect(workedSeconds(lasting(120, { activeSeconds: 600 }))).toBe(600);
    expect(workedSeconds(lasting(120, { activeSeconds: 0 }))).toBe(0);
    expect(workedSeconds(anEntry({ endedAt: null, activeSeconds: 0 }))).toBeNull();
    expect(workedSeconds(lasting(120))).toBe(7_200);
    expect(workedSeconds(anEntry({ endedAt: null }))).toBeNull();
  });

  test.each([
    ['seconds that were worked', 42, 2_520, 42],
    ['seconds of a minimum', 20, 3_600, 60],
    ['minutes of a minimum', 20, 60, 60],
    ['minutes that were worked', 42, 42, 42],
    ['seconds of an increment', 50, 3_600, 60],
    ['minutes of two hours at least', 10, 120, 120],
    ['a minute, in seconds', 1, 60, 1],
    ['a minute, in minutes', 1, 1, 1],
  ])('is billable by its %s', (_unit, minutes, billableTime, billable) => {
    expect(billableSeconds(lasting(minutes, { billableTime }))).toBe(billable * 60);
  });

  test.each([
    ['zero', 42, 0],
    ['far too much', 42, 90_000],
    ['a minimum of eight hours', 20, 28_800],
    ['far too little', 42, 5],
    ['what could be either', 5, 200],
    ['half a minute, or half an hour', 1, 30],
    ['one minute, or an hour', 2, 60],
  ])('is not understood where Syncro says %s', (_what, minutes, billableTime) => {
    expect(billableSeconds(lasting(minutes, { billableTime }))).toBe('not_understood');
  });

  test('is charged as it was worked only where Syncro says nothing of it', () => {
    expect(chargedSeconds(lasting(42, { billableTime: null }))).toBe(2_520);
    expect(chargedSeconds(lasting(42))).toBe(2_520);
    expect(chargedSeconds(lasting(42, { billableTime: 0 }))).toBe('not_understood');
  });

  test('is uncharged until it is, unless nobody is to pay for it', () => {
    expect(
      [{}, { billable: true }, { billable: false }, { recorded: true }].map((fields) => isUncharged(anEntry(fields))),
    ).toEqual([true, true, false, false]);
  });
});
