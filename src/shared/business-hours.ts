import { calendarIn } from './calendar.ts';

/** From and to in minutes since midnight; `to` is not in it any more. */
export type Span = { readonly from: number; readonly to: number };

/** When work is at the normal rate, by the clock on a wall. */
export type BusinessHours = {
  readonly timeZone: string;
  /** Seven, Sunday first; none: closed all day. */
  readonly week: ReadonlyArray<readonly Span[]>;
};

/** `account`: as Syncro's settings have it. */
export type BusinessHoursSetting = 'account' | 'off' | BusinessHours;

/** Epoch milliseconds. */
export type Interval = { readonly startedAt: number; readonly endedAt: number };

const MINUTE_MS = 60_000;
/** What lasts longer than a day was not measured but forgotten. */
const MOST_MINUTES = 24 * 60;

const TIME = /^\s*([01]?\d|2[0-4]):([0-5]\d)\s*$/;

/** `8:00` or `17:00`, to `24:00`, in minutes since midnight. `null`: it is no time. */
export const minutesOfDay = (text: string): number | null => {
  const [, hours, minutes] = TIME.exec(text) ?? [];
  const at = Number(hours) * 60 + Number(minutes);
  return hours === undefined || at > MOST_MINUTES ? null : at;
};

/** How much of the work lies outside, and how long it took; minute by minute, since clocks change and spans are many. */
export const minutesOutside = (
  { startedAt, endedAt }: Interval,
  { timeZone, week }: BusinessHours,
): { readonly outside: number; readonly all: number } => {
  const calendar = calendarIn(timeZone);
  const all = Math.min(MOST_MINUTES, Math.max(1, Math.round((endedAt - startedAt) / MINUTE_MS)));
  const isInside = (at: number): boolean => {
    const minute = minutesOfDay(calendar.time(at)) ?? 0;
    const spans = week[new Date(calendar.day(at)).getUTCDay()] ?? [];
    return spans.some(({ from, to }) => minute >= from && minute < to);
  };
  let outside = 0;
  for (let n = 1; n <= all; n++) if (!isInside(endedAt - n * MINUTE_MS)) outside++;
  return { outside, all };
};
