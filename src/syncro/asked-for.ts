import type { Caller, Page, SyncroReads, TicketFilter } from './ports.ts';
import type { TicketSummary } from './ticket.ts';

/** All that are not done; what Syncro means by it is its secret, so the account's own list of done statuses decides. */
export const NOT_CLOSED = 'Not Closed';

export type AskedTicketsDeps = {
  readonly reads: Pick<SyncroReads, 'tickets'>;
  readonly doneStatuses: readonly string[];
};

/** Whether a ticket is what was asked for, as far as the ticket itself can tell. */
export const fitsFilter = (
  ticket: TicketSummary,
  { status, customerId, technicianId, updatedSince = 0 }: TicketFilter,
  doneStatuses: readonly string[],
): boolean =>
  (status === NOT_CLOSED ? !doneStatuses.includes(ticket.status) : status === undefined || ticket.status === status) &&
  (customerId === undefined || ticket.customerId === customerId) &&
  (technicianId === undefined || ticket.technicianId === technicianId) &&
  (ticket.updatedAt ?? 0) >= updatedSince;

/**
 * A page of tickets, filtered again: Syncro silently ignores a parameter that it does not know.
 * @throws AppError
 */
export const readTickets = async (
  { reads, doneStatuses }: AskedTicketsDeps,
  caller: Caller,
  filter: TicketFilter,
): Promise<Page<TicketSummary>> => {
  const found = await reads.tickets(caller, filter);
  return { ...found, rows: found.rows.filter((row) => fitsFilter(row, filter, doneStatuses)) };
};

/** The same for what belongs to one record: a row that names another is another's, one that names none may be its. */
export const mayBeOf = (named: number | null, asked: number): boolean => named === null || named === asked;
