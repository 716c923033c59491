import { exact } from './money.ts';

/** What people may type; shown with every error about minutes. */
export const MINUTES_EXAMPLES = '45, 45m, 1.5h, 1h 30m or 1:30';

/** One entry may not be longer than a day; more is a slip of the finger. */
const MOST_MINUTES = 24 * 60;

export type ParsedMinutes =
  | { readonly ok: true; readonly minutes: number }
  | { readonly ok: false; readonly problem: string };

const HOURS = '\\s*h(?:rs?|ours?)?';
const MINUTES = '\\s*(?:m(?:ins?|inutes?)?)?';

const PATTERNS: ReadonlyArray<readonly [RegExp, (match: RegExpMatchArray) => number]> = [
  [new RegExp(`^(\\d{1,5})${MINUTES}$`), (m) => Number(m[1])],
  [
    new RegExp(`^(\\d{0,3}(?:\\.\\d{1,4}|,\\d{1,2})?)${HOURS}$`),
    (m) => Number(m[1]?.replace(',', '.') || Number.NaN) * 60,
  ],
  [new RegExp(`^(\\d{1,3})${HOURS}\\s*([0-5]?\\d)${MINUTES}$`), (m) => Number(m[1]) * 60 + Number(m[2])],
  [/^(\d{1,3}):([0-5]\d)$/, (m) => Number(m[1]) * 60 + Number(m[2])],
];

/** Reads worked time; whole minutes, from 1 minute to a day. */
export const parseMinutes = (text: string): ParsedMinutes => {
  const typed = text.trim().toLowerCase();
  for (const [pattern, toMinutes] of PATTERNS) {
    const match = typed.match(pattern);
    if (!match) continue;
    const minutes = Math.round(toMinutes(match));
    if (Number.isNaN(minutes)) break;
    if (minutes < 1) return { ok: false, problem: `Must be at least 1 minute. For example ${MINUTES_EXAMPLES}.` };
    if (minutes > MOST_MINUTES)
      return { ok: false, problem: `That is more than 24 hours. For example ${MINUTES_EXAMPLES}.` };
    return { ok: true, minutes };
  }
  return { ok: false, problem: `Enter a time, for example ${MINUTES_EXAMPLES}.` };
};

const NAMED =
  /\b\d{1,3}(?:[.,]\d{1,2})?\s*(?:h(?:rs?|ours?)?(?:\s*[0-5]?\d\s*m(?:ins?|inutes?)?)?|m(?:ins?|inutes?)?)\b/i;

/** The first length of time that a text names with its unit, "Took me 15 minutes"; `null`: none. */
export const minutesNamed = (text: string): number | null => {
  const named = NAMED.exec(text)?.[0];
  const parsed = named === undefined ? null : parseMinutes(named);
  return parsed?.ok ? parsed.minutes : null;
};

export type RoundingPolicy = { readonly roundUpToMinutes: number; readonly minimumMinutes: number };

/** Worked minutes to billed minutes: raised to the minimum, then rounded up. */
export const billedMinutes = (worked: number, policy: RoundingPolicy): number => {
  const step = Math.max(1, policy.roundUpToMinutes);
  return Math.ceil(Math.max(worked, policy.minimumMinutes) / step) * step;
};

/** Minutes to hundredths of an hour, with the four decimals that Syncro keeps of one: 45 -> 75 (0.75 h), 20 -> 33.33. */
export const toHundredths = (minutes: number): number => exact((minutes * 100) / 60);

/**
 * Are these the same minutes, one of them rounded to two decimals? 0.33 h and 0.3333 h are 20 minutes both; so are 1.125 h,
 * debited as 45 minutes × 1.5, and 1.13 h.
 */
export const sameHours = (one: number, other: number): boolean => Math.abs(one - other) <= 0.5;

/** 75 -> `0.75`, 100 -> `1.0`, 33.33 -> `0.3333`: hours as people read them. */
export const formatHours = (hundredths: number): string => {
  if (hundredths === 0) return '0';
  return (hundredths / 100).toFixed(4).replace(/0{1,3}$/, '');
};

/** 95 -> `1:35`, as a timer shows it. */
export const formatTimer = (minutes: number): string =>
  `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')}`;

/** What a timer measured: whole minutes, at least one; a clock that was set back measured nothing, not less. */
export const measuredMinutes = (startedAt: number, endedAt: number): number =>
  Math.max(1, Math.round((endedAt - startedAt) / 60_000));
