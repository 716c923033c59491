import { expect, test } from '@jest/globals';
import { minutesOutside, type Span } from '../../src/shared/business-hours.ts';

const nineToFive: readonly Span[] = [{ from: 540, to: 1_020 }];
const week = [[], nineToFive, nineToFive, nineToFive, nineToFive, nineToFive, []];
const phoenix = { timeZone: 'America/Phoenix', week };

// 2026-03-04 is a Wednesday; Phoenix is seven hours behind UTC all year.
test.each([
  ['within', '2026-03-04T17:00Z', '2026-03-04T18:00Z', 0, 60],
  ['up to the last minute', '2026-03-04T23:00Z', '2026-03-05T00:00Z', 0, 60],
  ['a minute longer', '2026-03-04T23:00Z', '2026-03-05T00:01Z', 1, 61],
  ['from before to after opening', '2026-03-04T15:45Z', '2026-03-04T16:15Z', 15, 30],
  ['an evening, the next day in UTC', '2026-03-05T01:00Z', '2026-03-05T02:30Z', 90, 90],
  ['Friday evening, Saturday in UTC', '2026-03-07T00:30Z', '2026-03-07T01:00Z', 30, 30],
  ['a Saturday noon', '2026-03-07T19:00Z', '2026-03-07T20:00Z', 60, 60],
  ['no time at all', '2026-03-04T17:00Z', '2026-03-04T17:00Z', 0, 1],
  ['a clock that was set back', '2026-03-05T02:00Z', '2026-03-04T18:00Z', 0, 1],
  ['a timer forgotten over a weekend: its last day', '2026-03-06T17:00Z', '2026-03-09T17:00Z', 1_380, 1_440],
])('work %s', (_what, startedAt, endedAt, outside, all) => {
  const interval = { startedAt: Date.parse(startedAt), endedAt: Date.parse(endedAt) };
  expect(minutesOutside(interval, phoenix)).toEqual({ outside, all });
});

test('counts by the clock on the wall on the night when it is put forward', () => {
  // New York, 2026-03-08: 01:59 is followed by 03:00.
  const nights: readonly Span[] = [{ from: 120, to: 240 }];
  const hours = { timeZone: 'America/New_York', week: week.map(() => nights) };
  const interval = { startedAt: Date.parse('2026-03-08T06:30Z'), endedAt: Date.parse('2026-03-08T08:30Z') };
  expect(minutesOutside(interval, hours)).toEqual({ outside: 60, all: 120 });
});
