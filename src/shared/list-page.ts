export const LIST_LENGTH = 20;

export type ListPage<T> = {
  /** At most `LIST_LENGTH`. */
  readonly rows: readonly T[];
  /** The page that is shown: rows may have gone since it was asked for. */
  readonly page: number;
  readonly totalPages: number;
  /** How many rows all pages have. */
  readonly count: number;
};

/** The page that was asked for, or the nearest that there is; counted from 1. */
export const listPage = <T>(all: readonly T[], asked: number): ListPage<T> => {
  const totalPages = Math.max(1, Math.ceil(all.length / LIST_LENGTH));
  const page = Math.min(Math.max(1, asked), totalPages);
  const rows = all.slice((page - 1) * LIST_LENGTH, page * LIST_LENGTH);
  return { rows, page, totalPages, count: all.length };
};

/** Longer words find nothing that these don't; they go into the value of a button. */
export const MOST_WORDS = 200;
