import { Cron } from 'croner';
import { z } from 'zod';
import { type BusinessHours, type BusinessHoursSetting, minutesOfDay, type Span } from '../shared/business-hours.ts';
import { timeZoneOf } from '../shared/time-zone.ts';
import { readDays } from './digests.ts';

/** Any week: what is wanted are the days that fall into it. */
const A_SATURDAY = '2026-01-03T00:00:00Z';

/** Weekdays, Sunday is 0, of what `readDays` gives. */
const weekdays = (days: string): readonly number[] => {
  const cron = new Cron(`0 0 * * ${days}`, { mode: '5-part', paused: true, timezone: 'UTC' });
  return [...new Set(cron.nextRuns(7, A_SATURDAY).map((at) => at.getUTCDay()))];
};

/** `08:00-12:00, 13:00-17:00`; `null`: these are no hours. */
const readSpans = (text: string): readonly Span[] | null => {
  const spans = text.split(',').map((part): Span | null => {
    const [from, to, ...more] = part.split(/[-–]/).map(minutesOfDay);
    return typeof from === 'number' && typeof to === 'number' && from < to && more.length === 0 ? { from, to } : null;
  });
  return spans.every((span) => span !== null) ? spans : null;
};

const WHAT = 'must be account, off, or { timezone: America/Phoenix, mon-fri: "08:00-17:00" }';

const hours = z.record(z.string(), z.unknown()).transform((given, context): BusinessHours => {
  const problem = (key: string, message: string) =>
    context.addIssue({ code: 'custom', path: [key], message, input: given[key] });
  const { timezone, ...rest } = given;
  const timeZone = typeof timezone === 'string' ? timeZoneOf(timezone) : null;
  if (timezone === undefined) problem('timezone', 'is missing: one like America/Phoenix');
  else if (timeZone === null) problem('timezone', 'must be a time zone like America/Phoenix');
  const week: Span[][] = Array.from({ length: 7 }, () => []);
  for (const [key, value] of Object.entries(rest)) {
    const days = readDays(key);
    const spans = typeof value === 'string' ? readSpans(value) : null;
    if (days === null) problem(key, 'is not a setting; it takes timezone, and days like mon-fri, "mon,wed,fri" or sat');
    else if (spans === null) problem(key, 'must be hours like "08:00-17:00" or "08:00-12:00, 13:00-17:00"');
    else for (const day of weekdays(days)) week[day]?.push(...spans);
  }
  if (Object.keys(rest).length === 0)
    context.addIssue({ code: 'custom', message: 'names no days: add a line like mon-fri: "08:00-17:00"' });
  return { timeZone: timeZone ?? 'UTC', week };
});

/** `billing.business_hours` of the settings file. */
export const businessHoursSetting = z.unknown().transform((given, context): BusinessHoursSetting => {
  if (given === 'account' || given === 'off') return given;
  const read = hours.safeParse(given, { reportInput: true });
  if (read.success) return read.data;
  const isSection = typeof given === 'object' && given !== null && !Array.isArray(given);
  if (!isSection) context.addIssue({ code: 'custom', message: WHAT, input: given });
  else
    for (const { path, message, input } of read.error.issues)
      context.addIssue({ code: 'custom', path: [...path], message, input });
  return 'off';
});
