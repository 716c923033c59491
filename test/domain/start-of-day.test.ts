import { describe, expect, test } from '@jest/globals';
import { isTimeZone, startOfDay } from '../../src/domain/start-of-day.ts';

const day = (now: string, zone: string): string => new Date(startOfDay(Date.parse(now), zone)).toISOString();

describe('the start of the day', () => {
  test.each([
    // Half past five in the afternoon in Phoenix is tomorrow in UTC.
    ['2026-11-24T00:30:00Z', 'America/Phoenix', '2026-11-23T07:00:00.000Z'],
    ['2026-11-24T00:30:00Z', 'UTC', '2026-11-24T00:00:00.000Z'],
    ['2026-11-23T07:00:00Z', 'America/Phoenix', '2026-11-23T07:00:00.000Z'],
    ['2026-11-23T06:59:59.999Z', 'America/Phoenix', '2026-11-22T07:00:00.000Z'],
    ['2026-11-23T12:00:00Z', 'Asia/Kathmandu', '2026-11-22T18:15:00.000Z'],
    ['2026-01-01T09:00:00Z', 'Pacific/Auckland', '2025-12-31T11:00:00.000Z'],
    // Clocks change at two in the night: midnight still had the other offset.
    ['2026-03-08T20:00:00Z', 'America/Los_Angeles', '2026-03-08T08:00:00.000Z'],
    ['2026-11-01T20:00:00Z', 'America/Los_Angeles', '2026-11-01T07:00:00.000Z'],
    ['2026-03-29T12:00:00Z', 'Europe/Berlin', '2026-03-28T23:00:00.000Z'],
    ['2026-09-27T01:00:00Z', 'Pacific/Auckland', '2026-09-26T12:00:00.000Z'],
  ])('at %s in %s was %s', (now, zone, start) => {
    expect(day(now, zone)).toBe(start);
  });
});

test('a zone is what the time zone database knows', () => {
  expect(['America/Phoenix', 'UTC', 'Mars/Olympus', 'Pacific Time (US & Canada)', ''].map(isTimeZone)).toEqual([
    true,
    true,
    false,
    false,
    false,
  ]);
});
