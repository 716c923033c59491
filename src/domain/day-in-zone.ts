import { calendarIn } from './calendar.ts';
import { timeZoneOf } from './time-zone.ts';

const HALF_DAY_MS = 12 * 3_600_000;

/**
 * The day of a moment, `YYYY-MM-DD`, in an account's zone: Syncro keeps a due date as the beginning of that day there.
 * @param name of the zone; `null` or known to nobody: the nearest beginning of a day anywhere
 */
export const dayInZone = (at: number, name: string | null): string => {
  const zone = name === null ? null : timeZoneOf(name);
  return zone === null ? new Date(at + HALF_DAY_MS).toISOString().slice(0, 10) : calendarIn(zone).day(at);
};
