import { z } from 'zod';
import { unreadable } from './failures.ts';
import type { Caller, Log, Page } from './ports.ts';
import type { Query, Read, ReadPath } from './reader.ts';

const count = z.union([z.number(), z.string()]).transform(Number).pipe(z.int().positive()).optional().catch(undefined);

/** Always `total_pages` and `page` where there is a meta at all; products, users and autocomplete have none. */
const metaWire = z.object({ total_pages: count, page: count }).nullish().catch(null);

type Rows<T> = { readonly rows: readonly T[]; readonly unread: number };

/** @param rest what is kept of a row that can't be read; absent: nothing */
const readRows = <T>(json: unknown, name: string, row: z.ZodType<T>, log: Log, rest?: z.ZodType<T>): Rows<T> => {
  const body = z.object({ [name]: z.array(z.unknown()) }).safeParse(json);
  if (!body.success) throw unreadable(name.replaceAll('_', ' '), 200);
  const list = body.data[name] ?? [];
  const rows: T[] = [];
  const odd: z.ZodError[] = [];
  for (const item of list) {
    const parsed = row.safeParse(item);
    if (!parsed.success) odd.push(parsed.error);
    const kept = parsed.success ? parsed : rest?.safeParse(item);
    if (kept?.success) rows.push(kept.data);
  }
  // Paths and codes only: the values are customers' data.
  if (odd[0]) {
    const issues = odd[0].issues.map(({ path, code }) => `${path.join('.')}: ${code}`);
    log.warn({ list: name, left_out: odd.length, issues }, 'rows that cannot be read are left out');
  }
  return { rows, unread: list.length - rows.length };
};

/**
 * The rows under `name`. A row that can't be read is left out and logged: one odd record must not take the list away.
 * @throws AppError unreadable: there is no list under that name
 */
export const rowsOf = <T>(json: unknown, name: string, row: z.ZodType<T>, log: Log): readonly T[] =>
  readRows(json, name, row, log).rows;

/** Likewise, and it says how many were left out: who concludes from what is missing must know. */
export const pageOf = <T>(json: unknown, name: string, row: z.ZodType<T>, log: Log, rest?: z.ZodType<T>): Page<T> => {
  const { rows, unread } = readRows(json, name, row, log, rest);
  const meta = z.object({ meta: metaWire }).safeParse(json).data?.meta;
  return {
    rows,
    page: meta?.page ?? 1,
    totalPages: meta?.total_pages ?? 1,
    ...(meta?.total_pages === undefined ? { isCounted: false } : {}),
    ...(unread > 0 ? { unread } : {}),
  };
};

/** @throws AppError unreadable: half a record is worse than none */
const recordOf = <T>(json: unknown, record: z.ZodType<T>, subject: string, log: Log): T => {
  const parsed = record.safeParse(json);
  if (parsed.success) return parsed.data;
  const issues = parsed.error.issues.map(({ path, code }) => `${path.join('.')}: ${code}`);
  log.warn({ subject, issues }, 'a record that cannot be read');
  throw unreadable(subject, 200);
};

/** What every group of reads is made from. */
export const createResource = (read: Read, log: Log) => ({
  read,
  log,
  /** A page of a list that is called as its path is. */
  readPage: async <T>(
    caller: Caller,
    name: ReadPath,
    query: Query,
    row: z.ZodType<T>,
    subject: string = name,
    rest?: z.ZodType<T>,
  ): Promise<Page<T>> => pageOf(await read(caller, name, query, subject), name, row, log, rest),
  readRecord: async <T>(caller: Caller, path: ReadPath, record: z.ZodType<T>, subject: string): Promise<T> =>
    recordOf(await read(caller, path, {}, subject), record, subject, log),
});

export type Resource = ReturnType<typeof createResource>;

/** A moment as Syncro takes it. */
export const isoTime = (ms: number | undefined): string | undefined =>
  ms === undefined ? undefined : new Date(ms).toISOString();
