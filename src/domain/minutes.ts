import { exact } from './money.ts';

/** What people may type; shown with every error about minutes. */
export const MINUTES_EXAMPLES = '45, 45m, 1.5h, 1h 30m or 1:30';

/** One entry may not be longer than a day; more is a slip of the finger. */
const MOST_MINUTES = 24 * 60;

export type ParsedMinutes =
  | { readonly ok: true; readonly minutes: number }
  | { readonly ok: false; readonly problem: string };

const PATTERNS: ReadonlyArray<readonly [RegExp, (match: RegExpMatchArray) => number]> = [
  [/^(\d{1,5})\s*m?$/, (m) => Number(m[1])],
  [/^(\d{0,3}(?:\.\d{1,4})?)\s*h$/, (m) => Number(m[1] === '' ? Number.NaN : m[1]) * 60],
  [/^(\d{1,3})\s*h\s*([0-5]?\d)\s*m?$/, (m) => Number(m[1]) * 60 + Number(m[2])],
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
  return { ok: false, problem: `Not a length of time. For example ${MINUTES_EXAMPLES}.` };
};

export type RoundingPolicy = { readonly roundUpToMinutes: number; readonly minimumMinutes: number };

/** Worked minutes to billed minutes: raised to the minimum, then rounded up. */
export const billedMinutes = (worked: number, policy: RoundingPolicy): number => {
  const step = Math.max(1, policy.roundUpToMinutes);
  return Math.ceil(Math.max(worked, policy.minimumMinutes) / step) * step;
};

/** Minutes to hundredths of an hour, as Syncro's quantity has them: 45 -> 75 (0.75 h). */
export const toHundredths = (minutes: number): number => Math.round((minutes * 100) / 60);

/** The same with the four decimals that Syncro counts logged time by: 20 -> 33.33 (0.3333 h). */
export const toExactHundredths = (minutes: number): number => exact((minutes * 100) / 60);

/** Are these the same minutes, one of them rounded to two decimals? 0.33 h and 0.3333 h are 20 minutes both. */
export const sameHours = (one: number, other: number): boolean => Math.abs(one - other) < 0.5;

/** 75 -> `0.75`, 100 -> `1.0`, 33.33 -> `0.3333`: hours as people read them. */
export const formatHours = (hundredths: number): string => {
  if (hundredths === 0) return '0';
  return (hundredths / 100).toFixed(4).replace(/0{1,3}$/, '');
};

/** 95 -> `1:35`, for clocks. */
export const formatClock = (minutes: number): string =>
  `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')}`;

/** What a clock measured: whole minutes, at least one; a clock that was set back measured nothing, not less. */
export const measuredMinutes = (startedAt: number, endedAt: number): number =>
  Math.max(1, Math.round((endedAt - startedAt) / 60_000));
