import type { Call } from './route.ts';

export type Page<T> = { rows: T[]; page: number; totalPages: number; total: number; perPage: number; isTold: boolean };

/** `page` counts from 1; a page past the end is empty, not an error. */
export const paginate = <T>(rows: readonly T[], call: Call, size: number, takesPerPage = false): Page<T> => {
  const asked = Number(call.query.get('per_page') ?? size);
  const honoured = takesPerPage || call.behaviour.perPageEverywhere;
  const perPage = honoured && asked >= 1 ? Math.min(Math.trunc(asked), 100) : size;
  const page = Math.max(1, Math.trunc(Number(call.query.get('page') ?? 1)) || 1);
  const totalPages = Math.max(1, Math.ceil(rows.length / perPage));
  return {
    rows: rows.slice((page - 1) * perPage, page * perPage),
    page,
    totalPages,
    total: rows.length,
    perPage,
    isTold: !call.behaviour.listsWithoutMeta,
  };
};

/** What most lists say about their pages. */
export const shortMeta = (page: Page<unknown>): object | null =>
  page.isTold ? { total_pages: page.totalPages, page: page.page } : null;

/** What customers, contacts and invoice line items say. */
export const longMeta = (page: Page<unknown>): object | null =>
  page.isTold
    ? { total_pages: page.totalPages, total_entries: page.total, per_page: page.perPage, page: page.page }
    : null;
