import { uninvoicedLines } from '../domain/billing.ts';
import { lineAmountCents } from '../domain/money.ts';
import type { Ticket, TicketSummary } from '../domain/ticket.ts';
import type { AccountLists } from './account-lists.ts';
import type { Caller, Clock, SettledTickets, SyncroReads } from './ports.ts';

/** A ticket that was resolved although something on it was never invoiced. */
export type Uninvoiced = { readonly ticket: TicketSummary; readonly amountCents: number };

export type FoundUninvoiced = {
  /** Newest change first. */
  readonly tickets: readonly Uninvoiced[];
  /** Resolved tickets that were not looked into this time. */
  readonly unread: number;
};

export type UninvoicedDeps = {
  readonly reads: Pick<SyncroReads, 'tickets' | 'ticket' | 'invoices' | 'invoice'>;
  readonly settled: SettledTickets;
  readonly lists: AccountLists;
  readonly clock: Clock;
  readonly doneStatuses: readonly string[];
  readonly invoiceStatus: string;
};

/** What was resolved longer ago is a matter for the books, not for today. */
const LOOK_BACK_MS = 60 * 24 * 3_600_000;
/** Each costs a request; what has nothing open is remembered, so the next time goes further. */
const MOST_TICKETS = 25;

const openCents = async (deps: UninvoicedDeps, caller: Caller, ticket: Ticket): Promise<number> => {
  const sum = (lines: ReturnType<typeof uninvoicedLines>) =>
    lines.reduce((cents, line) => cents + lineAmountCents(line.quantityHundredths, line.rateCents), 0);
  if (uninvoicedLines(ticket, []).length === 0) return 0;
  // Not every account flags a line that an invoice took: then the invoices tell.
  const { rows } = await deps.reads.invoices(caller, { ticketId: ticket.id });
  const own = rows.filter(({ ticketId }) => ticketId === null || ticketId === ticket.id);
  const invoices = await Promise.all(own.map(({ id }) => deps.reads.invoice(caller, id)));
  return sum(
    uninvoicedLines(
      ticket,
      invoices.filter(({ ticketId }) => ticketId === null || ticketId === ticket.id),
    ),
  );
};

/** Resolved tickets with charges that no invoice holds. @throws AppError */
export const findUninvoiced = async (deps: UninvoicedDeps, caller: Caller): Promise<FoundUninvoiced> => {
  const { reads, settled, clock, doneStatuses, invoiceStatus } = deps;
  const { statuses } = await deps.lists.ticketSettings(caller);
  const wanted = statuses.filter((status) => doneStatuses.includes(status) && status !== invoiceStatus);
  const updatedSince = clock.now() - LOOK_BACK_MS;
  const pages = await Promise.all(wanted.map((status) => reads.tickets(caller, { status, updatedSince })));
  const rows = pages
    .flatMap((page) => page.rows)
    .filter(({ status, updatedAt }) => wanted.includes(status) && (updatedAt ?? 0) >= updatedSince)
    .sort((a, b) => (b.updatedAt ?? 0) - (a.updatedAt ?? 0));
  const known = await settled.among(rows);
  const unknown = rows.filter(({ id }) => !known.has(id));
  const looked = await Promise.all(
    unknown.slice(0, MOST_TICKETS).map(async (ticket): Promise<Uninvoiced> => {
      const amountCents = await openCents(deps, caller, await reads.ticket(caller, ticket.id));
      if (amountCents === 0) await settled.add(ticket);
      return { ticket, amountCents };
    }),
  );
  return {
    tickets: looked.filter(({ amountCents }) => amountCents > 0),
    unread: Math.max(0, unknown.length - MOST_TICKETS),
  };
};
