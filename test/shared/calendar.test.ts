import { describe, expect, test } from '@jest/globals';
import { calendarIn, dayInZone, dueDay, isDay, isOverdue } from '../../src/shared/calendar.ts';
import { fc } from '../property.ts';

describe('a calendar', () => {
  test('shows days and times of its own zone', () => {
    const at = Date.UTC(2026, 8, 30, 23, 5);
    expect(calendarIn('Europe/Berlin').dayWords(at)).toBe('Thu Oct 1');
    expect(calendarIn('America/New_York').dayWords(at)).toBe('Wed Sep 30');
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

const MIDNIGHT_IN_PHOENIX = Date.parse('2026-12-01T00:00:00-07:00');

describe('the day of a moment', () => {
  test('is the one in the account’s zone, at both ends of it', () => {
    expect(dayInZone(MIDNIGHT_IN_PHOENIX, 'America/Phoenix')).toBe('2026-12-01');
    expect(dayInZone(MIDNIGHT_IN_PHOENIX - 1, 'America/Phoenix')).toBe('2026-11-30');
    expect(dayInZone(Date.parse('2026-11-30T23:30:00Z'), 'Europe/Berlin')).toBe('2026-12-01');
    expect(dayInZone(MIDNIGHT_IN_PHOENIX, 'Arizona')).toBe('2026-12-01');
    expect(dayInZone(Date.parse('2026-12-01T00:00:00Z'), 'America/Phoenix')).toBe('2026-11-30');
    expect(dayInZone(Date.parse('2026-12-01T00:00:00Z'), 'Atlantis')).toBe('2026-12-01');
  });
});

describe('a day on which something is due', () => {
  test.each([
    ['a bare date', '2026-11-29', 'America/Phoenix'],
    ['midnight UTC', '2026-11-29T00:00:00.000Z', 'America/Phoenix'],
    ['midnight there', '2026-11-29T00:00:00.000-07:00', 'America/Phoenix'],
    ['midnight there, told in UTC', '2026-11-29T07:00:00Z', 'Arizona'],
    ['midnight there in summer', '2026-06-15T00:00:00+01:00', 'London'],
    ['midnight east of here', '2026-11-29T00:00:00+11:00', 'Sydney'],
    ['a bare date east of here', '2026-11-29', 'Auckland'],
    ['a moment of that day', '2026-11-29T18:30:00-07:00', 'Arizona'],
  ])('written as %s is that day', (_how, written, zone) => {
    expect(dueDay(Date.parse(written), zone)).toBe(written.slice(0, 10) === '2026-11-29' ? '2026-11-29' : '2026-06-15');
  });

  test.each([null, 'Atlantis Time', ''])('with zone %s is the day whose beginning it is', (zone) => {
    fc.assert(
      fc.property(fc.integer({ min: -11, max: 11 }), (hours) => {
        expect(dueDay(Date.UTC(2026, 11, 1) - hours * 3_600_000, zone)).toBe('2026-12-01');
      }),
    );
  });

  test.each([
    ['Arizona', '2026-11-29T23:59:59-07:00', '2026-11-30T00:00:00-07:00'],
    ['Sydney', '2026-11-29T23:59:59+11:00', '2026-11-30T00:00:00+11:00'],
    // Nobody knows: over when it is over everywhere.
    [null, '2026-11-29T23:59:59-12:00', '2026-11-30T00:00:00-12:00'],
  ])('in %s is over when that day is', (zone, last, next) => {
    for (const due of ['2026-11-29', '2026-11-29T00:00:00.000Z']) {
      expect(isOverdue(Date.parse(due), Date.parse(last), zone)).toBe(false);
      expect(isOverdue(Date.parse(due), Date.parse(next), zone)).toBe(true);
    }
    expect(isOverdue(null, Date.parse(next), zone)).toBe(false);
  });
});

describe('a moment that Syncro tells for a day that was sent', () => {
  test.each([
    ['2026-11-29T13:00:00.000Z', 'Sydney', false],
    ['2026-11-28T13:00:00.000Z', 'Sydney', true],
    ['2026-11-29T11:00:00.000Z', 'Auckland', false],
    ['2026-11-28T10:00:00.000Z', 'Hawaii', false],
    ['2026-11-29T10:00:00.000Z', 'Hawaii', true],
    ['2026-11-29', 'Sydney', true],
    ['2026-11-30T00:00:00.000Z', 'Hawaii', false],
    ['2026-11-29', null, true],
    ['2026-11-28', 'Atlantis Time', false],
    ['2026-11-29T13:00:00.000Z', null, null],
    ['2026-11-29T07:00:00.000Z', 'Atlantis Time', null],
  ])('%s in %s is Nov 29: %s', (told, zone, is) => {
    expect(isDay('2026-11-29', Date.parse(told), zone)).toBe(is);
  });
});
