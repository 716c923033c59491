import { describe, expect, test } from '@jest/globals';
import { latestSlot, nextSlot } from '../../../src/features/digests/slots.ts';
import { calendarIn } from '../../../src/shared/calendar.ts';

const MINUTE = 60_000;
const DAY = 24 * 3_600_000;
const FROM = Date.UTC(2024, 0, 1);
const YEARS = 4;

const ZONES = ['America/Phoenix', 'America/New_York', 'Europe/Berlin', 'Australia/Lord_Howe'];

const isWorkday = (day: string): boolean => ![0, 6].includes(new Date(day).getUTCDay());

/** Every slot of some years, found as the app finds them: by looking back from now on. */
const slotsOf = (timezone: string, at: string, days: string): readonly number[] => {
  const found: number[] = [];
  let slot = latestSlot({ timezone, at, days }, FROM + YEARS * 365 * DAY);
  while (slot !== null && slot > FROM) {
    found.unshift(slot);
    slot = latestSlot({ timezone, at, days }, slot - 1);
  }
  return found;
};

describe('over years with changes of the clocks', () => {
  test.each(ZONES.flatMap((zone) => [[zone, '08:00'] as const, [zone, '02:15'] as const, [zone, '01:45'] as const]))(
    'a digest in %s at %s comes once on every workday, at that time on the wall',
    (zone, at) => {
      const { day, time } = calendarIn(zone);
      const all = slotsOf(zone, at, 'mon-fri');
      const days = all.map(day);
      const wanted: string[] = [];
      for (let noon = FROM + DAY / 2; noon < FROM + YEARS * 365 * DAY; noon += DAY) {
        const each = day(noon);
        if (isWorkday(each) && each !== wanted.at(-1)) wanted.push(each);
      }
      // The edges of the years are another day in some zones.
      expect(days.slice(2, -2)).toEqual(
        wanted.filter((each) => each >= (days[2] ?? '') && each <= (days.at(-3) ?? '')),
      );
      expect(days.length).toBeGreaterThan(1_030);
      expect(all.filter((slot) => time(slot) !== at)).toEqual([]);
    },
  );

  test('a time that a change of the clocks skips is due right after the gap, one that comes twice is due once', () => {
    const berlin = slotsOf('Europe/Berlin', '02:30', '*');
    const { day, time } = calendarIn('Europe/Berlin');
    expect(new Set(berlin.map(day)).size).toBe(berlin.length);
    expect(berlin.filter((slot) => time(slot) !== '02:30').map((slot) => `${day(slot)} ${time(slot)}`)).toEqual([
      '2024-03-31 03:00',
      '2025-03-30 03:00',
      '2026-03-29 03:00',
      '2027-03-28 03:00',
    ]);
    const lordHowe = slotsOf('Australia/Lord_Howe', '02:15', '*');
    const there = calendarIn('Australia/Lord_Howe');
    const moved = lordHowe.filter((slot) => there.time(slot) !== '02:15').map((slot) => there.time(slot));
    expect(moved).toEqual(['02:30', '02:30', '02:30', '02:30']);
    expect(new Set(lordHowe.map(there.day)).size).toBe(lordHowe.length);
  });

  test.each(ZONES)('the next one in %s is the one that is the latest when it is due', (zone) => {
    const schedule = { timezone: zone, at: '08:00', days: 'mon,wed,fri' };
    const wrong: string[] = [];
    for (let now = FROM; now < FROM + 400 * DAY; now += 5.3 * 3_600_000) {
      const next = nextSlot(schedule, now) ?? 0;
      const latest = (at: number): number => latestSlot(schedule, at) ?? 0;
      const right =
        next > now && latest(next) === next && latest(next - 1) <= now && latest(next + MINUTE - 1) === next;
      if (!right) wrong.push(`${new Date(now).toISOString()}: next ${new Date(next).toISOString()}`);
    }
    expect(wrong).toEqual([]);
  });

  test('8 o’clock in Phoenix is 15:00 UTC all the year, in New York it moves', () => {
    const utcHours = (zone: string) => [
      ...new Set(slotsOf(zone, '08:00', '*').map((slot) => new Date(slot).getUTCHours())),
    ];
    expect(utcHours('America/Phoenix')).toEqual([15]);
    expect(new Set(utcHours('America/New_York'))).toEqual(new Set([12, 13]));
  });
});
