import { AppError } from '../shared/errors.ts';
import type { Page } from './ports.ts';

/** One that can't be read may have no id. */
type Row = { readonly id: number | null; readonly createdAt?: number | null };

/** At 25 rows a page that is a thousand; whoever needs more gets no answer rather than a wrong one. */
const MOST_PAGES = 40;
/** Dates may be whole days of a zone that is not known, so a day and a night more. */
const MARGIN_MS = 36 * 3_600_000;

/** What to ask Syncro for so that nothing since then is missed. */
export const wellBefore = (since: number): number => Math.max(0, since - MARGIN_MS);

/** No list of Syncro's has shorter pages than this, but the last. */
const FULL_PAGE = 10;

const isNewestFirst = (rows: readonly Row[]): boolean =>
  rows.every(({ createdAt = null }, i) => {
    const before = i === 0 ? createdAt : (rows[i - 1]?.createdAt ?? null);
    return createdAt !== null && before !== null && createdAt <= before;
  });

/**
 * As many of a list's pages as are reasonable, for what is offered or warned of.
 * @param enough no further page is read once this holds
 */
export const readSome = async <T>(
  mostPages: number,
  read: (page: number) => Promise<Page<T>>,
  enough: (rows: readonly T[]) => boolean = () => false,
): Promise<readonly T[]> => {
  const found: T[] = [];
  for (let page = 1, last = 1; page <= Math.min(last, mostPages) && !enough(found); page++) {
    const { rows, totalPages } = await read(page);
    found.push(...rows);
    last = totalPages;
  }
  return found;
};

/**
 * All rows of a list whose first page was read, or of its first pages; each once, though one that moves between two pages
 * while they are read comes twice.
 * @param atOnce how many pages are under way at a time
 */
export const readOn = async <T extends { readonly id: number }>(
  first: Page<T>,
  mostPages: number,
  read: (page: number) => Promise<Page<T>>,
  atOnce = mostPages,
): Promise<readonly T[]> => {
  const rows = [...first.rows];
  const last = Math.min(first.totalPages, mostPages);
  for (let from = 2; from <= last; from += atOnce) {
    const numbers = Array.from({ length: Math.min(atOnce, last - from + 1) }, (_, i) => from + i);
    const pages = await Promise.all(numbers.map(read));
    rows.push(...pages.flatMap((page) => page.rows));
  }
  return uniqueById(rows);
};

export const uniqueById = <T extends { readonly id: number }>(rows: readonly T[]): readonly T[] => [
  ...new Map(rows.map((row) => [row.id, row])).values(),
];

/**
 * Every row that was made since then, on however many pages: whoever concludes from what is not there must have seen
 * all. Older ones may be among them. Where the rows come newest first, reading ends at the first page that is too old.
 * @param what how people call the rows
 * @throws AppError unreadable: there are too many pages, one comes again and again, or a row of them can't be read
 */
export const readSince = async <T extends Row>(
  since: number,
  what: string,
  read: (page: number) => Promise<Page<T>>,
): Promise<readonly T[]> => {
  const found = new Map<number | string, T>();
  for (let page = 1; page <= MOST_PAGES; page++) {
    const { rows, totalPages, isCounted = true, unread = 0 } = await read(page);
    if (unread > 0)
      throw new AppError('unreadable', `Syncro's list of ${what} has an entry that can't be read.`, { subject: what });
    const before = found.size;
    for (const row of rows) found.set(row.id ?? JSON.stringify(row), row);
    const all = [...found.values()];
    const isOld = ({ createdAt }: Row): boolean => (createdAt ?? 0) < wellBefore(since);
    const isPast = rows.length > 0 && isNewestFirst(all) && rows.every(isOld);
    if (isPast || (isCounted && page >= totalPages)) return all;
    const isNothingNew = found.size === before;
    if (!isCounted && isNothingNew && (rows.length === 0 || all.length < FULL_PAGE)) return all;
    if (isNothingNew)
      throw new AppError('unreadable', `Syncro's list of ${what} can't be read to its end.`, { subject: what });
  }
  throw new AppError('unreadable', `Syncro has more ${what} than can be looked through.`, { subject: what });
};

/**
 * Every row of a list that has no dates to end it by, likewise. A first page that is shorter than any is all there is: most
 * accounts have so few that another request would only find nothing.
 * @throws AppError as `readSince`
 */
export const readWhole = async <T extends Row>(
  what: string,
  read: (page: number) => Promise<Page<T>>,
): Promise<readonly T[]> => {
  const first = await read(1);
  const { rows, isCounted = true, unread = 0 } = first;
  if (!isCounted && unread === 0 && rows.length < FULL_PAGE) return rows;
  return readSince(0, what, (page) => (page === 1 ? Promise.resolve(first) : read(page)));
};
