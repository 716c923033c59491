import { describe, expect, test } from '@jest/globals';
import {
  billedMinutes,
  formatHours,
  formatTimer,
  minutesNamed,
  parseMinutes,
  sameHours,
  toHundredths,
} from '../../src/shared/minutes.ts';
import { fc } from '../property.ts';

const accepted: ReadonlyArray<readonly [string, number]> = [
  ['45', 45],
  ['45m', 45],
  ['45 m', 45],
  ['  45M ', 45],
  ['1', 1],
  ['1440', 1440],
  ['007', 7],
  ['1.5h', 90],
  ['.5h', 30],
  ['2h', 120],
  ['2 H', 120],
  ['24h', 1440],
  ['0.33h', 20],
  ['1h 30m', 90],
  ['1h30m', 90],
  ['1 h 30 m', 90],
  ['1h30', 90],
  ['1h 5m', 65],
  ['0h 45m', 45],
  ['1:30', 90],
  ['0:45', 45],
  ['24:00', 1440],
  ['45 min', 45],
  ['90min', 90],
  ['45 mins', 45],
  ['45 minutes', 45],
  ['1,5h', 90],
  ['1,5 h', 90],
  ['1.5 hours', 90],
  ['1 hour', 60],
  ['2hrs', 120],
  ['1h30min', 90],
  ['1 hr 30 mins', 90],
];

const rejected = [
  'abc',
  '-5',
  '0',
  '0m',
  '0h',
  '0:00',
  '0.001h',
  '1e9',
  '',
  '   ',
  'h',
  'm',
  '.h',
  '1.5',
  '1:75',
  '1:5',
  '1h 75m',
  '25h',
  '24:01',
  '1441',
  '99999',
  '999999999999',
  '1,5',
  ',h',
  '1,500h',
  '45 minutess',
  '1.5 hourss',
  'min',
  '45m 1h',
  '٤٥',
  '４５',
  '¾h',
  '45\u0000',
];

describe('minutes', () => {
  test.each(accepted)('%p is %d minutes', (text, minutes) => {
    expect(parseMinutes(text)).toEqual({ ok: true, minutes });
  });

  test.each(rejected)('%p is a problem that names examples', (text) => {
    const parsed = parseMinutes(text);
    expect(parsed.ok).toBe(false);
    expect(parsed.ok ? '' : parsed.problem).toContain('45, 45m, 1.5h, 1h 30m or 1:30');
  });

  test('too little, too much and nonsense are told apart', () => {
    const problems = ['0', '25h', 'abc'].map((text) => {
      const parsed = parseMinutes(text);
      return parsed.ok ? '' : parsed.problem.split(/[.,]/)[0];
    });
    expect(problems).toEqual(['Must be at least 1 minute', 'That is more than 24 hours', 'Enter a time']);
  });

  test('whatever is typed, it never throws and never leaves 1 minute to a day', () => {
    const pieces = fc.array(fc.constantFrom('0', '1', '30', '59', '99', '.', ':', 'h', 'm', ' ', '-', 'e', '٤'), {
      maxLength: 8,
    });
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      pieces.map((parts) => parts.join('')),
    );
    fc.assert(
      fc.property(text, (typed) => {
        const parsed = parseMinutes(typed);
        if (!parsed.ok) return /for example/i.test(parsed.problem);
        return Number.isInteger(parsed.minutes) && parsed.minutes >= 1 && parsed.minutes <= 1440;
      }),
      { numRuns: 3_000 },
    );
  });

  test('every whole minute of a day reads back from all three notations', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1440 }), (minutes) => {
        const [hours, rest] = [Math.floor(minutes / 60), minutes % 60];
        for (const text of [`${minutes}`, `${hours}h ${rest}m`, formatTimer(minutes)])
          expect(parseMinutes(text)).toEqual({ ok: true, minutes });
      }),
    );
  });
});

describe('a length of time in a text', () => {
  test.each([
    ['Took me 15 minutes.', 15],
    ['1h 30m on the phone, then 20 min at the desk', 90],
    ['about 1.5 hours', 90],
    ['1,5 h', 90],
    ['45m', 45],
    ['2 hrs', 120],
    ['#32164 at 10:15 in room 45', null],
    ['5 machines, 3 miles away', null],
    ['0 min', null],
    ['', null],
  ])('of %p is %p', (text, minutes) => {
    expect(minutesNamed(text)).toBe(minutes);
  });
});

describe('billed minutes', () => {
  const policies: ReadonlyArray<readonly [number, number, number, number]> = [
    // worked, step, minimum, billed
    [45, 1, 0, 45],
    [46, 15, 0, 60],
    [45, 15, 0, 45],
    [1, 15, 0, 15],
    [5, 1, 30, 30],
    [31, 1, 30, 31],
    [5, 15, 20, 30],
    [45, 0, 0, 45],
  ];

  test.each(policies)('%d worked, in steps of %d, at least %d, are %d billed', (worked, step, minimum, billed) => {
    expect(billedMinutes(worked, { roundUpToMinutes: step, minimumMinutes: minimum })).toBe(billed);
  });

  test('are never less than worked or the minimum, and less than one step more', () => {
    const amount = fc.integer({ min: 1, max: 1440 });
    fc.assert(
      fc.property(amount, fc.integer({ min: 1, max: 60 }), fc.integer({ min: 0, max: 120 }), (worked, step, least) => {
        const billed = billedMinutes(worked, { roundUpToMinutes: step, minimumMinutes: least });
        const floor = Math.max(worked, least);
        return billed >= floor && billed < floor + step && billed % step === 0;
      }),
    );
  });
});

describe('hours', () => {
  test.each([
    [45, 75],
    [60, 100],
    [15, 25],
    [1, 1.67],
    [20, 33.33],
    [40, 66.67],
    [1440, 2400],
  ])('%d minutes are %d hundredths of an hour', (minutes, hundredths) => {
    expect(toHundredths(minutes)).toBe(hundredths);
  });

  test.each([
    [75, '0.75'],
    [100, '1.0'],
    [650, '6.5'],
    [33, '0.33'],
    [2, '0.02'],
    [0, '0'],
    [2400, '24.0'],
  ])('%d hundredths read %p', (hundredths, text) => {
    expect(formatHours(hundredths)).toBe(text);
  });

  test('a timer shows two digits of minutes', () => {
    expect([95, 60, 5, 600].map(formatTimer)).toEqual(['1:35', '1:00', '0:05', '10:00']);
  });
});

test('hours that were rounded to two decimals are the same hours, the half of one too', () => {
  expect(sameHours(33.33, 33)).toBe(true);
  expect(sameHours(112.5, 113)).toBe(true);
  expect(sameHours(112.5, 112)).toBe(true);
  expect(sameHours(112.5, 114)).toBe(false);
  expect(sameHours(33, 34)).toBe(false);
});
