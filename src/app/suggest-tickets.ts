import type { Technician } from '../domain/technician.ts';
import type { TicketSummary } from '../domain/ticket.ts';
import { briefly } from './briefly.ts';
import type { Identity } from './identity.ts';
import type { Clock, SyncroReads } from './ports.ts';
import { createTicketSearch } from './search-tickets.ts';

type Deps = {
  readonly identity: Pick<Identity, 'reader'>;
  readonly reads: Pick<SyncroReads, 'tickets' | 'findTicket'>;
  readonly doneStatuses: readonly string[];
  readonly clock: Clock;
};

/** Long enough that opening the list and typing back and forth ask Syncro once. */
const REMEMBERED_MS = 30_000;

export type SuggestTickets = (technician: Technician, words: string) => Promise<readonly TicketSummary[]>;

/** Tickets for a typeahead: my open ones before anything is typed, then what fits, the exact number first. */
export const createTicketSuggestions = (deps: Deps): SuggestTickets => {
  const remembered = briefly<string, readonly TicketSummary[]>(deps.clock, REMEMBERED_MS);
  const search = createTicketSearch({ ...deps, whileTyping: true });
  const isOpen = ({ status }: TicketSummary): boolean => !deps.doneStatuses.includes(status);

  const mine = async (technician: Technician): Promise<readonly TicketSummary[]> => {
    const { syncroUserId } = technician;
    const caller = await deps.identity.reader(technician);
    const { rows } = await deps.reads.tickets(caller, { status: 'Not Closed', technicianId: syncroUserId });
    // Syncro silently ignores a filter that it does not know.
    return rows
      .filter((ticket) => ticket.technicianId === syncroUserId && isOpen(ticket))
      .sort((a, b) => (b.updatedAt ?? 0) - (a.updatedAt ?? 0));
  };

  const fitting = async (technician: Technician, words: string): Promise<readonly TicketSummary[]> => {
    const { rows } = await search(technician, { words, openOnly: false, page: 1, anew: true });
    const exact = rows.filter(({ number }) => String(number) === words.replace(/^#/, ''));
    const others = rows.filter((row) => !exact.includes(row));
    return [...exact, ...others.filter(isOpen), ...others.filter((row) => !isOpen(row))];
  };

  return (technician, words) =>
    remembered(`${technician.slackUser} ${words}`, () =>
      words === '' ? mine(technician) : fitting(technician, words),
    );
};
