import { describe, expect, test } from '@jest/globals';
import { calendarIn, timeZoneOf } from '../../src/domain/calendar.ts';

describe('a time zone', () => {
  test.each([
    ['America/Phoenix', 'America/Phoenix'],
    ['Arizona', 'America/Phoenix'],
    ['Eastern Time (US & Canada)', 'America/New_York'],
    ['UTC', 'UTC'],
    ['Atlantis', null],
    ['', null],
  ])('called %j is %j', (name, zone) => {
    expect(timeZoneOf(name)).toBe(zone);
  });
});

describe('a calendar', () => {
  test('shows days and times of its own zone', () => {
    const at = Date.UTC(2026, 8, 30, 23, 5);
    expect(calendarIn('Europe/Berlin').dayWords(at)).toBe('Thu 1 Oct');
    expect(calendarIn('America/New_York').dayWords(at)).toBe('Wed 30 Sep');
    expect(calendarIn('Europe/Berlin').time(at)).toBe('01:05');
    expect(calendarIn('Australia/Lord_Howe').time(at)).toBe('09:35');
  });

  test('counts days, not hours, over a change of the clocks', () => {
    const { sinceWords } = calendarIn('America/New_York');
    const sunday = Date.UTC(2026, 10, 1, 12);
    expect(sinceWords(sunday, Date.UTC(2026, 10, 2, 13))).toBe('yesterday');
    expect(sinceWords(Date.UTC(2026, 9, 31, 12), Date.UTC(2026, 10, 2, 13))).toBe('Saturday');
  });
});
