import { type AskedTicketsDeps, NOT_CLOSED, readTickets } from '../../syncro/asked-for.ts';
import type { Caller } from '../../syncro/ports.ts';
import { readOn } from '../../syncro/read-pages.ts';
import type { TicketSummary } from '../../syncro/ticket.ts';

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
  deps: AskedTicketsDeps,
  caller: Caller,
  mostPages = MOST_PAGES,
  technicianId?: number,
): Promise<OpenTickets> => {
  const read = (page?: number) => readTickets(deps, caller, { status: NOT_CLOSED, technicianId, page });
  const first = await read();
  const atOnce = caller.lane === 'background' ? AT_ONCE_IN_BACKGROUND : AT_ONCE;
  return { tickets: await readOn(first, mostPages, read, atOnce), partial: first.totalPages > mostPages };
};
