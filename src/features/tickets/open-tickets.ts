import type { Caller, SyncroReads } from '../../syncro/ports.ts';
import type { TicketSummary } from '../../syncro/ticket.ts';

export type OpenTicketsDeps = {
  readonly reads: Pick<SyncroReads, 'tickets'>;
  readonly doneStatuses: readonly string[];
};

export type OpenTickets = {
  readonly tickets: readonly TicketSummary[];
  /** True: there are more pages than were read. */
  readonly partial: boolean;
};

/** Enough for 750 tickets at 50 a page without spending a tenth of a minute's requests. */
const MOST_PAGES = 15;
/** Pages under way at a time: of 10,000 tickets no more than these are in memory as Syncro sent them. */
const AT_ONCE = 8;
/** Nobody waits for a digest, and the limit is what it waits for itself. */
const AT_ONCE_IN_BACKGROUND = 2;

/**
 * Tickets that are not done: everybody's, or one technician's.
 * @param technicianId Syncro user id
 */
export const readOpenTickets = async (
  deps: OpenTicketsDeps,
  caller: Caller,
  mostPages = MOST_PAGES,
  technicianId?: number,
): Promise<OpenTickets> => {
  const filter = { status: 'Not Closed', ...(technicianId === undefined ? {} : { technicianId }) };
  const first = await deps.reads.tickets(caller, filter);
  const last = Math.min(first.totalPages, mostPages);
  const rows = [...first.rows];
  const atOnce = caller.lane === 'background' ? AT_ONCE_IN_BACKGROUND : AT_ONCE;
  for (let from = 2; from <= last; from += atOnce) {
    const numbers = Array.from({ length: Math.min(atOnce, last - from + 1) }, (_, i) => from + i);
    const pages = await Promise.all(numbers.map((page) => deps.reads.tickets(caller, { ...filter, page })));
    rows.push(...pages.flatMap(({ rows: some }) => some));
  }
  // What "Not Closed" leaves out is Syncro's secret, so the account's own list of done statuses decides. A ticket
  // that moves between two pages while they are read comes twice.
  const unique = [...new Map(rows.map((row) => [row.id, row])).values()];
  return {
    tickets: unique.filter(
      (row) =>
        !deps.doneStatuses.includes(row.status) && (technicianId === undefined || row.technicianId === technicianId),
    ),
    partial: first.totalPages > mostPages,
  };
};
