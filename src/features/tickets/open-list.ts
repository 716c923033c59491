import { shorten } from '../../shared/text.ts';
import type { TicketNumber, TicketSummary } from '../../syncro/ticket.ts';

/** Which of the open tickets a list shows; a status is the account's own word. */
export type OpenFilter =
  | { readonly by: 'mine' | 'all' | 'unassigned' | 'replied' | 'overdue' }
  | { readonly by: 'status'; readonly status: string };

export type StatusCount = { readonly status: string; readonly count: number };

/** What a menu can carry of a status; a longer one is known by its beginning. */
const STATUS_LENGTH = 75;
export const statusKey = (status: string): string => shorten(status, STATUS_LENGTH);

/** Who reads the list, and what is late by the account's calendar. */
export type Reader = {
  /** Syncro user id. */
  readonly technicianId: number;
  readonly overdue: ReadonlySet<TicketNumber>;
};

export const fitsFilter = (ticket: TicketSummary, filter: OpenFilter, { technicianId, overdue }: Reader): boolean => {
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
      return overdue.has(ticket.number);
    case 'status':
      return statusKey(ticket.status) === statusKey(filter.status);
  }
};

/** What Syncro's list does not say of its tickets, by their numbers. */
export type StandingOut = {
  /** The minutes that the reader's own running timers have measured. */
  readonly timers: ReadonlyMap<TicketNumber, number>;
  readonly overdue: ReadonlySet<TicketNumber>;
};

export const NOTHING_STANDS_OUT: StandingOut = { timers: new Map(), overdue: new Set() };

const URGENCIES = ['replied', 'running', 'overdue', null] as const;

/** Why a ticket stands above others; `null`: it does not. */
export const urgencyOf = (
  { number, customerReplied }: TicketSummary,
  { timers, overdue }: StandingOut,
): (typeof URGENCIES)[number] => {
  if (customerReplied) return 'replied';
  if (timers.has(number)) return 'running';
  return overdue.has(number) ? 'overdue' : null;
};

/** The order of lists of open tickets: customers who wait, what is being worked on, what is late, the newest change. */
export const mostUrgentFirst = (tickets: readonly TicketSummary[], out: StandingOut): readonly TicketSummary[] => {
  const rank = (ticket: TicketSummary): number => URGENCIES.indexOf(urgencyOf(ticket, out));
  return tickets.toSorted(
    (a, b) => rank(a) - rank(b) || (b.updatedAt ?? 0) - (a.updatedAt ?? 0) || b.number - a.number,
  );
};

export const lastChangedFirst = (tickets: readonly TicketSummary[]): readonly TicketSummary[] =>
  tickets.toSorted((a, b) => (b.updatedAt ?? 0) - (a.updatedAt ?? 0));

/** Most frequent first. */
export const countByStatus = (tickets: readonly TicketSummary[]): readonly StatusCount[] => {
  const counts = new Map<string, number>();
  for (const { status } of tickets) counts.set(status, (counts.get(status) ?? 0) + 1);
  return [...counts].map(([status, count]) => ({ status, count })).sort((a, b) => b.count - a.count);
};
