import { z } from 'zod';
import { roundCents } from '../shared/money.ts';

/**
 * Pieces of Syncro's wire format. Number types are mixed (ticket `number` int, invoice `number` string,
 * line `quantity` string, `price_retail` number, invoice money strings), so each piece takes both.
 */

/** `12.50`, `1,234.50`. */
const POINT = /^-?(?:\d+(?:\.\d+)?|\.\d+)(?:e[+-]?\d+)?$|^-?[1-9]\d{0,2}(?:,\d{3})+\.\d+$/i;
/** `12,50`, `1.234,50`. */
const COMMA = /^-?\d+,(?:\d{1,2}|\d{4,})$|^-?(?:0|[1-9]\d{0,2}(?:\.\d{3})+),\d+$/;

/** What could be a thousand or a fraction (`1,250`) is no number: an amount is never guessed. */
const decimalOf = (value: number | string): number => {
  if (typeof value === 'number') return value;
  const bare = value.replace(/[\p{Sc}\s]/gu, '');
  if (POINT.test(bare)) return Number(bare.replaceAll(',', ''));
  return COMMA.test(bare) ? Number(bare.replaceAll('.', '').replace(',', '.')) : Number.NaN;
};

/** Ten-thousandths without binary surprises, counted in hundredths: 0.3333 becomes 33.33, 1.005 becomes 100.5. */
const hundredthsOf = (value: number): number => Math.round(Number((value * 10_000).toFixed(4))) / 100;

export const id = z.union([z.number(), z.string()]).transform(decimalOf).pipe(z.int().positive());

export const optionalId = id
  .nullish()
  .catch(null)
  .transform((value) => value ?? null);

/** A rate in cents, or a quantity in hundredths, with the decimals that Syncro has beyond. */
export const hundredths = z
  .union([z.number(), z.string()])
  .transform(decimalOf)
  .pipe(z.number())
  .transform(hundredthsOf);

export const optionalHundredths = hundredths
  .nullish()
  .catch(null)
  .transform((value) => value ?? null);

/** A length of time; in which unit, the field says or nobody does. */
export const optionalCount = optionalHundredths.transform((value) => value && value / 100);

/** What Syncro added up, in whole cents. */
export const cents = hundredths.transform(roundCents);

export const optionalCents = optionalHundredths.transform((value) => value && roundCents(value));

/** Is anything taken off? How much is Syncro's to say: whether dollars come off a unit or a line is written nowhere. */
export const discount = optionalHundredths.transform((value) => value !== null && value !== 0);

export const text = z
  .union([z.string(), z.number()])
  .nullish()
  .catch(null)
  .transform((value) => (value === null || value === undefined ? '' : String(value)));

/** Empty counts as absent: the stock list of priorities begins with `""`. */
export const optionalText = text.transform((value) => (value.trim() === '' ? null : value));

const TRUE: ReadonlySet<unknown> = new Set([true, 1, '1', 'true']);

/** `true`, also as a string; anything else is false. */
export const flag = z
  .unknown()
  .optional()
  .transform((value) => TRUE.has(value));

const FALSE: ReadonlySet<unknown> = new Set([false, 0, '0', 'false']);

/** What holds unless it is denied. */
export const unlessFalse = z
  .unknown()
  .optional()
  .transform((value) => !FALSE.has(value));

/** From 1970 to 2286, ten digits of seconds: what every reader can show. Anything else is a slip, or malice. */
const isMoment = (at: number): boolean => at >= 0 && at < 1e13;

/**
 * Epoch milliseconds. "Timestamps arrive in several shapes across endpoints": `…Z`, `…-07:00`, a
 * bare date. One without a zone is UTC as in the specification, not the zone of the machine that reads it.
 */
export const time = z
  .union([z.string(), z.number()])
  .nullish()
  .catch(null)
  .transform((value) => {
    if (value === null || value === undefined) return null;
    if (typeof value === 'number') return isMoment(value) ? value : null;
    const zoned = /(Z|UTC|GMT|[+-]\d\d:?\d\d)$|^\d{4}-\d\d-\d\d$/i.test(value.trim());
    const at = Date.parse(zoned ? value : `${value.trim().replace(' ', 'T')}Z`);
    return isMoment(at) ? at : null;
  });

/** A list that is left out or null is empty. */
export const listOf = <T extends z.ZodType>(row: T) =>
  z
    .array(row)
    .nullish()
    .transform((rows) => rows ?? []);

/** What a row must tell to be named although it can't be read. */
const oddRow = z.object({ id: optionalId, name: text, description: text, subject: text });

export type OddRow = z.output<typeof oddRow>;

const sorted = <T extends z.ZodType>(list: unknown, row: T) => {
  const rows: Array<z.output<T>> = [];
  const odd: OddRow[] = [];
  // What is no list may hold anything: it counts as one row that can't be read, and hides nothing else.
  const items: readonly unknown[] = Array.isArray(list) ? list : [null];
  for (const item of items) {
    const parsed = row.safeParse(item);
    if (parsed.success) rows.push(parsed.data);
    else odd.push(oddRow.safeParse(item).data ?? { id: null, name: '', description: '', subject: '' });
  }
  return { rows, odd };
};

/** The rows of a list that can be read, and what is left of the others. Left out or null, it is empty. */
export const sortedList = <T extends z.ZodType>(row: T) =>
  z
    .unknown()
    .optional()
    .transform((list) => sorted(list ?? [], row));

/** Likewise, but left out it is no list at all. */
export const requiredList = <T extends z.ZodType>(row: T) =>
  z
    .unknown()
    .optional()
    .transform((list) => sorted(list === null ? [] : list, row));

/** An optional part whose oddness must not hide the rest. */
export const optional = <T extends z.ZodType>(part: T) =>
  part
    .nullish()
    .catch(null)
    .transform((value) => value ?? null);
