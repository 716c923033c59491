import { isDueToday, isOverdue } from '../../shared/calendar.ts';
import { shorten } from '../../shared/text.ts';
import type { TicketNumber, TicketSummary } from '../../syncro/ticket.ts';

/** Which of the open tickets a list shows; a status is the account's own word. */
export type OpenFilter =
  | { readonly by: 'mine' | 'all' | 'unassigned' | 'replied' | 'overdue' | 'attention' }
  | { readonly by: 'status'; readonly status: string };

export type StatusCount = { readonly status: string; readonly count: number };

/** What a menu can carry of a status; a longer one is known by its beginning. */
const STATUS_LENGTH = 75;
export const statusKey = (status: string): string => shorten(status, STATUS_LENGTH);

/** Who reads the list, and what is late by the account's calendar. */
export type Reader = {
  /** Syncro user id. */
  readonly technicianId: number;
  readonly now: number;
  readonly out: Pick<StandingOut, 'overdue' | 'dueToday'>;
};

/** A status that begins so waits for somebody else; for longer than this nobody has looked whether they came back. */
const WAITING = /^waiting/i;
const WAITING_TOO_LONG_MS = 3 * 24 * 3_600_000;

export const waitsTooLong = ({ status, updatedAt }: TicketSummary, now: number): boolean =>
  WAITING.test(status) && updatedAt !== null && now - updatedAt > WAITING_TOO_LONG_MS;

export const fitsFilter = (ticket: TicketSummary, filter: OpenFilter, { technicianId, now, out }: Reader): boolean => {
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
      return out.overdue.has(ticket.number);
    case 'attention':
      return (
        out.overdue.has(ticket.number) ||
        out.dueToday.has(ticket.number) ||
        ticket.technicianId === null ||
        waitsTooLong(ticket, now)
      );
    case 'status':
      return statusKey(ticket.status) === statusKey(filter.status);
  }
};

/** What Syncro's list does not say of its tickets, by their numbers. */
export type StandingOut = {
  /** The minutes that the reader's own running timers have measured. */
  readonly timers: ReadonlyMap<TicketNumber, number>;
  readonly overdue: ReadonlySet<TicketNumber>;
  readonly dueToday: ReadonlySet<TicketNumber>;
};

export const NOTHING_STANDS_OUT: StandingOut = { timers: new Map(), overdue: new Set(), dueToday: new Set() };

/** A technician's timer, as a list needs it. */
export type ListedTimer = {
  readonly timer: { readonly ticketNumber: TicketNumber };
  readonly minutes: number;
  readonly state: 'running' | 'paused';
};

/** @param zone the account's; `null`: not known, then what is late is so a few hours later */
export const standingOut = (
  tickets: readonly TicketSummary[],
  timers: readonly ListedTimer[],
  zone: string | null,
  now: number,
): StandingOut => {
  const running = timers.filter(({ state }) => state === 'running');
  const those = (fits: (ticket: TicketSummary) => boolean) => new Set(tickets.filter(fits).map(({ number }) => number));
  return {
    timers: new Map(running.map(({ timer, minutes }) => [timer.ticketNumber, minutes])),
    overdue: those(({ dueAt }) => isOverdue(dueAt, now, zone)),
    dueToday: those(({ dueAt }) => isDueToday(dueAt, now, zone)),
  };
};

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
