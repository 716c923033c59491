import { parseTicketNumber } from '../domain/command-words.ts';
import type { Technician } from '../domain/technician.ts';
import type { TicketSummary } from '../domain/ticket.ts';
import type { Identity } from './identity.ts';
import type { SyncroReads } from './ports.ts';

export type TicketSearch = {
  readonly words: string;
  /** Only tickets that are not done. */
  readonly openOnly: boolean;
  readonly page: number;
};

export type FoundTickets = TicketSearch & { readonly rows: readonly TicketSummary[]; readonly totalPages: number };

type Deps = {
  readonly identity: Identity;
  readonly reads: Pick<SyncroReads, 'tickets' | 'findTicket'>;
  readonly doneStatuses: readonly string[];
};

/** Tickets by number, subject, customer or comment, as Syncro's own search finds them; one of its pages. */
export const searchTickets = async (
  deps: Deps,
  technician: Technician,
  search: TicketSearch,
): Promise<FoundTickets> => {
  const caller = await deps.identity.reader(technician);
  const number = search.page === 1 ? parseTicketNumber(search.words) : null;
  const [found, exact] = await Promise.all([
    deps.reads.tickets(caller, {
      query: search.words,
      page: search.page,
      ...(search.openOnly ? { status: 'Not Closed' } : {}),
    }),
    number === null ? null : deps.reads.findTicket(caller, number),
  ]);
  const others = found.rows.filter(({ id }) => id !== exact?.id);
  const rows = (exact ? [exact, ...others] : others).filter(
    ({ status }) => !search.openOnly || !deps.doneStatuses.includes(status),
  );
  return { ...search, rows, totalPages: found.totalPages };
};
