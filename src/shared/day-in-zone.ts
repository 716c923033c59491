import { calendarIn } from './calendar.ts';
import { knownZone, timeZoneOf } from './time-zone.ts';

const HALF_DAY_MS = 12 * 3_600_000;
const DAY_MS = 2 * HALF_DAY_MS;

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
