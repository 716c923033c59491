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
import type { PromisedCharges, SettledTickets } from './ports.ts';
import { uninvoicedLines } from './unbilled.ts';

/** An invoice made in Syncro's own pages may leave the ticket's date of change as it is. */
const GOOD_MS = 10 * 60_000;
const MOST_KEPT = 1_000;

/** What no invoice holds; of it what waits for a recurring one is not forgotten. */
type Open = { readonly cents: number; readonly promisedCents: number };

const NOTHING_OPEN: Open = { cents: 0, promisedCents: 0 };

/** What resolved tickets had open when they were last looked into, for as long as they don't change. */
export const createOpenAmounts = (clock: Clock) => {
  const kept = createCache<number, { readonly updatedAt: number | null; readonly open: Open }>(
    MOST_KEPT,
    GOOD_MS,
    clock,
  );
  return {
    /** `undefined`: not known. */
    of: ({ id, updatedAt }: TicketSummary): Open | undefined => {
      const known = kept.get(id);
      return known?.updatedAt === updatedAt ? known?.open : undefined;
    },
    keep: ({ id, updatedAt }: TicketSummary, open: Open): void => void kept.set(id, { updatedAt, open }),
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
  /** What is charged for recurring invoices besides; absent: nothing. */
  readonly promised?: { readonly tickets: number; readonly amountCents: number };
};

export type UninvoicedDeps = {
  readonly reads: Pick<SyncroReads, 'tickets' | 'ticket' | 'invoices' | 'invoice'>;
  readonly settled: SettledTickets;
  readonly promised: PromisedCharges;
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

const openOn = async (deps: UninvoicedDeps, caller: Caller, ticket: Ticket): Promise<Open> => {
  const [odd] = unreadOf(ticket, 'line');
  if (odd) throw new AppError('unreadable', `A line of ticket #${ticket.number} can't be read.`);
  const { days, taken } = await deps.promised.on(ticket.id);
  if (uninvoicedLines(ticket, [], taken).length === 0) return NOTHING_OPEN;
  // Not every account flags a line that an invoice took: then the invoices tell.
  const open = uninvoicedLines(ticket, await readFullInvoices(deps.reads, caller, ticket.id), taken);
  const { promised = [], forgotten = [] } = Object.groupBy(open, ({ id }) => (days.has(id) ? 'promised' : 'forgotten'));
  return { cents: roundCents(sumCents(forgotten)), promisedCents: roundCents(sumCents(promised)) };
};

/** What is known of resolved tickets, by id. */
const knownOpen = async (
  { settled, amounts }: UninvoicedDeps,
  rows: readonly TicketSummary[],
): Promise<ReadonlyMap<number, Open>> => {
  const none = await settled.among(rows);
  const known = rows.flatMap((row): ReadonlyArray<readonly [number, Open]> => {
    const open = none.has(row.id) ? NOTHING_OPEN : amounts?.of(row);
    return open === undefined ? [] : [[row.id, open]];
  });
  return new Map(known);
};

type Candidates = {
  readonly rows: readonly TicketSummary[];
  readonly known: ReadonlyMap<number, Open>;
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
  const known = new Map<number, Open>();
  let last = 1;
  let page = 1;
  for (; page <= Math.min(last, MOST_PAGES) && rows.size - known.size < MOST_TICKETS; page++) {
    const found = await readTickets(deps, caller, { status, updatedSince, page });
    for (const row of found.rows) rows.set(row.id, row);
    for (const [id, open] of await knownOpen(deps, found.rows)) known.set(id, open);
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
      const open = await openOn(deps, caller, await reads.ticket(caller, ticket.id));
      known.set(ticket.id, open);
      // What is promised may be left all the same, and the ticket does not change by that.
      if (open.cents > 0 || open.promisedCents > 0) amounts?.keep(ticket, open);
      else await settled.add(ticket);
    }),
  );
  const [failure, ...failures] = looked.filter((each) => each.status === 'rejected');
  if (failure && failures.length + 1 === looked.length) throw failure.reason;
  const promised = rows.flatMap(({ id }) => known.get(id)?.promisedCents || []);
  return {
    ...(promised.length > 0
      ? { promised: { tickets: promised.length, amountCents: promised.reduce((sum, cents) => sum + cents, 0) } }
      : {}),
    tickets: rows.flatMap((ticket) => {
      const amountCents = known.get(ticket.id)?.cents ?? 0;
      return amountCents > 0 ? [{ ticket, amountCents }] : [];
    }),
    unread: rows.filter(({ id }) => !known.has(id)).length,
    more: found.some(({ more }) => more),
  };
};
