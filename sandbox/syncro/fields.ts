import { keptText } from '../kept-text.ts';
import type { Call } from './route.ts';

type Body = Readonly<Record<string, unknown>>;

/** Rails takes what it gets: numbers may come as strings and the other way round. */
export const textOr = <T>(body: Body, name: string, otherwise: T): string | T => {
  const value = body[name];
  return typeof value === 'string' || typeof value === 'number' ? String(value) : otherwise;
};

/** A text as the account keeps it. */
export const keptOr = <T>(
  { body, behaviour }: Pick<Call, 'body' | 'behaviour'>,
  name: string,
  otherwise: T,
): string | T => {
  const text = textOr(body, name, null);
  return text === null ? otherwise : keptText(behaviour.keptText, text);
};

export const numberOr = <T>(body: Body, name: string, otherwise: T): number | T => {
  const value = body[name];
  if (value === null || value === undefined || value === '') return otherwise;
  return Number.isFinite(Number(value)) ? Number(value) : otherwise;
};

export const flagOr = (body: Body, name: string, otherwise: boolean): boolean => {
  const value = body[name];
  return value === undefined || value === null ? otherwise : value === true || value === 'true' || value === 1;
};

/** A date or date-time as ISO in UTC; null when it is none. */
export const timeOrNull = (value: unknown): string | null => {
  const ms = typeof value === 'string' ? Date.parse(value) : Number.NaN;
  return Number.isNaN(ms) ? null : iso(ms);
};

/** A bare date is the beginning of that day in the account's zone. @param offset `-07:00` */
export const dayOrNull = (value: unknown, offset: string): string | null =>
  timeOrNull(typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value) ? `${value}T00:00:00${offset}` : value);

export const isBlank = (value: unknown): boolean =>
  value === undefined || value === null || (typeof value === 'string' && value.trim() === '');

export const iso = (ms: number): string => new Date(ms).toISOString();

/** Decimals as Ruby prints them: "1.0", "0.75", "112.5". */
export const decimal = (value: number): string => {
  const rounded = Math.round(value * 10_000) / 10_000;
  return Number.isInteger(rounded) ? rounded.toFixed(1) : String(rounded);
};

/** Money to the cent; without the binary dust that makes 1.005 less than it is. */
export const cents = (dollars: number): number => Math.round(Number((dollars * 100).toFixed(4)));

/** A rate, which may have four decimals. */
export const finerCents = (dollars: number): number => Math.round(Number((dollars * 10_000).toFixed(4))) / 100;
