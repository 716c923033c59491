import { isOverdue } from '../../shared/calendar.ts';
import { shorten } from '../../shared/text.ts';
import type { TicketSummary } from '../../syncro/ticket.ts';

/** Which of the open tickets a list shows; a status is the account's own word. */
export type OpenFilter =
  | { readonly by: 'mine' | 'all' | 'unassigned' | 'replied' | 'overdue' }
  | { readonly by: 'status'; readonly status: string };

export type StatusCount = { readonly status: string; readonly count: number };

/** What a menu can carry of a status; a longer one is known by its beginning. */
const STATUS_LENGTH = 75;
export const statusKey = (status: string): string => shorten(status, STATUS_LENGTH);

/** Who reads the list, and when. */
export type Reader = {
  /** Syncro user id. */
  readonly technicianId: number;
  readonly now: number;
  /** The account's; `null`: not known. */
  readonly timeZone: string | null;
};

export const fitsFilter = (
  ticket: TicketSummary,
  filter: OpenFilter,
  { technicianId, now, timeZone }: Reader,
): boolean => {
  switch (filter.by) {
    case 'mine':
      return ticket.technicianId === technicianId;
    case 'all':
      return true;
    case 'unassigned':
      return ticket.technicianId === null;
    case 'replied':
      return ticket.customerReplied;
    case 'overdue':
      return isOverdue(ticket.dueAt, now, timeZone);
    case 'status':
      return statusKey(ticket.status) === statusKey(filter.status);
  }
};

/** The order of every list: the newest number first, which stays the same from page to page. */
export const newestFirst = (tickets: readonly TicketSummary[]): readonly TicketSummary[] =>
  tickets.toSorted((a, b) => b.number - a.number);

export const lastChangedFirst = (tickets: readonly TicketSummary[]): readonly TicketSummary[] =>
  tickets.toSorted((a, b) => (b.updatedAt ?? 0) - (a.updatedAt ?? 0));

/** Most frequent first. */
export const countByStatus = (tickets: readonly TicketSummary[]): readonly StatusCount[] => {
  const counts = new Map<string, number>();
  for (const { status } of tickets) counts.set(status, (counts.get(status) ?? 0) + 1);
  return [...counts].map(([status, count]) => ({ status, count })).sort((a, b) => b.count - a.count);
};
