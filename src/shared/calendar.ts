import { knownZone, timeZoneOf } from './time-zone.ts';

const HALF_DAY_MS = 12 * 3_600_000;
const DAY_MS = 2 * HALF_DAY_MS;

const makeCalendar = (timeZone: string) => {
  const words = new Intl.DateTimeFormat('en-GB', { timeZone, weekday: 'long', day: 'numeric', month: 'short' });
  const clock = new Intl.DateTimeFormat('en-CA', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
  });
  const word = (at: number, type: Intl.DateTimeFormatPartTypes): string =>
    words.formatToParts(at).find((part) => part.type === type)?.value ?? '';
  const clockParts = (at: number) => {
    const parts = new Map(clock.formatToParts(at).map(({ type, value }) => [type, value]));
    return (type: Intl.DateTimeFormatPartTypes): string => parts.get(type) ?? '';
  };
  /** `2026-11-23T08:00:12` */
  const wall = (at: number): string => {
    const of = clockParts(at);
    return `${of('year')}-${of('month')}-${of('day')}T${of('hour')}:${of('minute')}:${of('second')}`;
  };

  /** `2026-11-23`: days compare as texts. */
  const day = (at: number): string => wall(at).slice(0, 10);
  const time = (at: number): string => wall(at).slice(11, 16);
  const monthAndDay = (at: number): string => `${word(at, 'month').slice(0, 3)} ${word(at, 'day')}`;

  /** Midnight before a day, `2026-11-23`. */
  const startOf = (date: string): number => {
    const midnight = Date.parse(`${date}T00:00:00Z`);
    const utcAt = (guess: number) => midnight - (Date.parse(`${wall(guess)}Z`) - guess);
    // Twice: on a day when the clocks change, midnight's offset is not noon's.
    return utcAt(utcAt(midnight));
  };

  return {
    day,
    startOf,
    /** `08:00` */
    time,
    /** `2026-11-23 08:00` */
    moment: (at: number): string => `${day(at)} ${time(at)}`,
    /** Midnight before a moment. */
    startOfDay: (now: number): number => startOf(day(now)),
    /** `Mon Nov 23` */
    dayWords: (at: number): string => `${word(at, 'weekday').slice(0, 3)} ${monthAndDay(at)}`,
    /** What stands behind "since": `08:00` of the same day, `yesterday`, `Friday`, `Nov 12`. */
    sinceWords: (then: number, now: number): string => {
      const days = Math.round((Date.parse(day(now)) - Date.parse(day(then))) / DAY_MS);
      if (days <= 0) return time(then);
      if (days === 1) return 'yesterday';
      return days < 7 ? word(then, 'weekday') : monthAndDay(then);
    },
  };
};

export type Calendar = ReturnType<typeof makeCalendar>;

/** A formatter takes longer to make than to use, and there are few zones. */
const calendars = new Map<string, Calendar>();

/**
 * Days and times as a clock on the wall shows them in a time zone. Moments are epoch milliseconds.
 * @throws RangeError for a zone that this machine does not know; `timeZoneOf` tells
 */
export const calendarIn = (timeZone: string): Calendar => {
  const calendar = calendars.get(timeZone) ?? makeCalendar(timeZone);
  calendars.set(timeZone, calendar);
  return calendar;
};

/** The day after a day, `YYYY-MM-DD`. */
export const dayAfter = (day: string): string => new Date(Date.parse(day) + DAY_MS).toISOString().slice(0, 10);

/** The day of a moment, `YYYY-MM-DD`, by the account's calendar. @param name of its zone; known to nobody: UTC */
export const dayInZone = (at: number, name: string | null): string => calendarIn(knownZone(name)).day(at);

/**
 * The day that Syncro means by a due date, `YYYY-MM-DD`: it comes as a bare date, at midnight UTC, or as the beginning
 * of that day in the account's zone, and is no moment in any of them.
 * @param name of the zone; `null` or known to nobody: the nearest beginning of a day anywhere
 */
export const dueDay = (at: number, name: string | null): string => {
  if (at % DAY_MS === 0) return new Date(at).toISOString().slice(0, 10);
  const zone = name === null ? null : timeZoneOf(name);
  return zone === null ? new Date(at + HALF_DAY_MS).toISOString().slice(0, 10) : calendarIn(zone).day(at);
};

/**
 * Is it this day, `YYYY-MM-DD`, that Syncro means? Days that begin at +10 and further east overlap with those of the
 * west, so a moment tells nothing without its zone.
 * @param name of the zone
 * @returns `null`: it can't be told
 */
export const isDay = (day: string, at: number, name: string | null): boolean | null =>
  at % DAY_MS !== 0 && (name === null || timeZoneOf(name) === null) ? null : dueDay(at, name) === day;

/** Where nobody knows the account's zone, a day is over when it is over everywhere. */
const LAST_ZONE = 'Etc/GMT+12';

/** Is the day over by the account's calendar? What is due today is not overdue. */
export const isOverdue = (dueAt: number | null, now: number, name: string | null): boolean =>
  dueAt !== null && dueDay(dueAt, name) < calendarIn((name && timeZoneOf(name)) || LAST_ZONE).day(now);

/** Is it due on this day of the account's calendar? */
export const isDueToday = (dueAt: number | null, now: number, name: string | null): boolean =>
  dueAt !== null && dueDay(dueAt, name) === dayInZone(now, name);
