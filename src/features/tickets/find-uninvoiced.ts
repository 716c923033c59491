import { createCache } from '../../shared/briefly.ts';
import { AppError } from '../../shared/errors.ts';
import { roundCents, sumCents } from '../../shared/money.ts';
import type { Clock } from '../../shared/system.ts';
import type { AccountLists } from '../../syncro/account-lists.ts';
import { readTickets } from '../../syncro/asked-for.ts';
import type { Caller, SyncroReads } from '../../syncro/ports.ts';
import { type Ticket, type TicketSummary, unreadOf } from '../../syncro/ticket.ts';
import { readFullInvoices } from '../../syncro/ticket-invoices.ts';
import { lastChangedFirst } from './open-list.ts';
import type { SettledTickets } from './ports.ts';
import { uninvoicedLines } from './unbilled.ts';

/** An invoice made in Syncro's own pages may leave the ticket's date of change as it is. */
const GOOD_MS = 10 * 60_000;
const MOST_KEPT = 1_000;

/** What resolved tickets had open when they were last looked into, for as long as they don't change. */
export const createOpenAmounts = (clock: Clock) => {
  const kept = createCache<number, { readonly updatedAt: number | null; readonly cents: number }>(
    MOST_KEPT,
    GOOD_MS,
    clock,
  );
  return {
    /** `undefined`: not known. */
    of: ({ id, updatedAt }: TicketSummary): number | undefined => {
      const known = kept.get(id);
      return known?.updatedAt === updatedAt ? known?.cents : undefined;
    },
    keep: ({ id, updatedAt }: TicketSummary, cents: number): void => void kept.set(id, { updatedAt, cents }),
  };
};

type OpenAmounts = ReturnType<typeof createOpenAmounts>;

/** A ticket that was resolved although something on it was never invoiced. */
export type Uninvoiced = { readonly ticket: TicketSummary; readonly amountCents: number };

export type FoundUninvoiced = {
  /** Newest change first. */
  readonly tickets: readonly Uninvoiced[];
  /** Resolved tickets that were not looked into this time, or could not be read. */
  readonly unread: number;
  /** True: there are pages of them beyond. */
  readonly more: boolean;
};

export type UninvoicedDeps = {
  readonly reads: Pick<SyncroReads, 'tickets' | 'ticket' | 'invoices' | 'invoice'>;
  readonly settled: SettledTickets;
  /** What was found open a moment ago and has not changed since; absent: everything is read each time. */
  readonly amounts?: OpenAmounts;
  readonly lists: Pick<AccountLists, 'ticketSettings'>;
  readonly clock: Clock;
  readonly doneStatuses: readonly string[];
  readonly invoiceStatus: string;
};

/** What was resolved longer ago is a matter for the books, not for today. */
const LOOK_BACK_MS = 60 * 24 * 3_600_000;
/** Each costs a request or more; what is known is remembered, so the next time goes further. */
const MOST_TICKETS = 25;
/** Of a status: the rest waits until these are known. */
const MOST_PAGES = 10;

const openCents = async (deps: UninvoicedDeps, caller: Caller, ticket: Ticket): Promise<number> => {
  const [odd] = unreadOf(ticket, 'line');
  if (odd) throw new AppError('unreadable', `A line of ticket #${ticket.number} can't be read.`);
  if (uninvoicedLines(ticket, []).length === 0) return 0;
  // Not every account flags a line that an invoice took: then the invoices tell.
  const open = uninvoicedLines(ticket, await readFullInvoices(deps.reads, caller, ticket.id));
  return roundCents(sumCents(open));
};

/** What is known of resolved tickets, by id: 0 when nothing is open. */
const knownCents = async (
  { settled, amounts }: UninvoicedDeps,
  rows: readonly TicketSummary[],
): Promise<ReadonlyMap<number, number>> => {
  const none = await settled.among(rows);
  const known = rows.flatMap((row): ReadonlyArray<readonly [number, number]> => {
    const cents = none.has(row.id) ? 0 : amounts?.of(row);
    return cents === undefined ? [] : [[row.id, cents]];
  });
  return new Map(known);
};

type Candidates = {
  readonly rows: readonly TicketSummary[];
  readonly known: ReadonlyMap<number, number>;
  readonly more: boolean;
};

/** Tickets of a status, page after page until there is enough to look into. */
const candidates = async (
  deps: UninvoicedDeps,
  caller: Caller,
  status: string,
  updatedSince: number,
): Promise<Candidates> => {
  const rows = new Map<number, TicketSummary>();
  const known = new Map<number, number>();
  let last = 1;
  let page = 1;
  for (; page <= Math.min(last, MOST_PAGES) && rows.size - known.size < MOST_TICKETS; page++) {
    const found = await readTickets(deps, caller, { status, updatedSince, page });
    for (const row of found.rows) rows.set(row.id, row);
    for (const [id, cents] of await knownCents(deps, found.rows)) known.set(id, cents);
    last = found.totalPages;
  }
  return { rows: [...rows.values()], known, more: page <= last };
};

/**
 * Resolved tickets with charges that no invoice holds. One that can't be read does not hide the others.
 * @throws AppError when nothing could be read at all
 */
export const findUninvoiced = async (deps: UninvoicedDeps, caller: Caller): Promise<FoundUninvoiced> => {
  const { reads, settled, amounts, clock, doneStatuses, invoiceStatus } = deps;
  const { statuses } = await deps.lists.ticketSettings(caller);
  const wanted = statuses.filter((status) => doneStatuses.includes(status) && status !== invoiceStatus);
  const updatedSince = clock.now() - LOOK_BACK_MS;
  const found = await Promise.all(wanted.map((status) => candidates(deps, caller, status, updatedSince)));
  const known = new Map(found.flatMap((each) => [...each.known]));
  const rows = lastChangedFirst(found.flatMap((each) => each.rows));
  const unknown = rows.filter(({ id }) => !known.has(id));
  const looked = await Promise.allSettled(
    unknown.slice(0, MOST_TICKETS).map(async (ticket): Promise<void> => {
      const cents = await openCents(deps, caller, await reads.ticket(caller, ticket.id));
      known.set(ticket.id, cents);
      if (cents > 0) amounts?.keep(ticket, cents);
      else await settled.add(ticket);
    }),
  );
  const [failure, ...failures] = looked.filter((each) => each.status === 'rejected');
  if (failure && failures.length + 1 === looked.length) throw failure.reason;
  return {
    tickets: rows.flatMap((ticket) => {
      const amountCents = known.get(ticket.id) ?? 0;
      return amountCents > 0 ? [{ ticket, amountCents }] : [];
    }),
    unread: rows.filter(({ id }) => !known.has(id)).length,
    more: found.some(({ more }) => more),
  };
};
