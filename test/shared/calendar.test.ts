import { describe, expect, test } from '@jest/globals';
import { calendarIn } from '../../src/shared/calendar.ts';

describe('a calendar', () => {
  test('shows days and times of its own zone', () => {
    const at = Date.UTC(2026, 8, 30, 23, 5);
    expect(calendarIn('Europe/Berlin').dayWords(at)).toBe('Thu 1 Oct');
    expect(calendarIn('America/New_York').dayWords(at)).toBe('Wed 30 Sep');
    expect(calendarIn('Europe/Berlin').time(at)).toBe('01:05');
    expect(calendarIn('America/Phoenix').day(Date.UTC(2026, 10, 24, 5))).toBe('2026-11-23');
    expect(calendarIn('UTC').moment(Date.UTC(2026, 10, 24))).toBe('2026-11-24 00:00');
    expect(calendarIn('Australia/Lord_Howe').time(at)).toBe('09:35');
  });

  test('counts days, not hours, over a change of the clocks', () => {
    const { sinceWords } = calendarIn('America/New_York');
    const sunday = Date.UTC(2026, 10, 1, 12);
    expect(sinceWords(sunday, Date.UTC(2026, 10, 2, 13))).toBe('yesterday');
    expect(sinceWords(Date.UTC(2026, 9, 31, 12), Date.UTC(2026, 10, 2, 13))).toBe('Saturday');
  });
});

const startOf = (now: string, zone: string): string =>
  new Date(calendarIn(zone).startOfDay(Date.parse(now))).toISOString();

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
    expect(startOf(now, zone)).toBe(start);
  });
});
