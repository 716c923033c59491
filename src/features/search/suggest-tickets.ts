import { briefly } from '../../shared/briefly.ts';
import type { Technician } from '../../shared/technician.ts';
import { NOT_CLOSED, readTickets } from '../../syncro/asked-for.ts';
import type { TicketSummary } from '../../syncro/ticket.ts';
import { parseTicketNumber } from '../../syncro/ticket-ref.ts';
import { lastChangedFirst } from '../tickets/open-list.ts';
import { type OpenIndex, openIndex } from './ask-index.ts';
import { createTicketSearch, isAway, type TicketSearchDeps } from './search-tickets.ts';

/** Long enough that opening the list and typing back and forth ask Syncro once. */
const REMEMBERED_MS = 30_000;
/** Slack takes 100 options; nobody reads more than a screen of them. */
const MOST = 50;

export type SuggestTickets = (technician: Technician, words: string) => Promise<readonly TicketSummary[]>;

/** Tickets for a typeahead: my open ones before anything is typed, then what fits, the exact number first. */
export const createTicketSuggestions = (deps: TicketSearchDeps): SuggestTickets => {
  const remembered = briefly<string, readonly TicketSummary[]>(deps.clock, REMEMBERED_MS);
  const search = createTicketSearch({ ...deps, index: null, whileTyping: true });
  const isOpen = ({ status }: TicketSummary): boolean => !deps.doneStatuses.includes(status);

  const mine = async (technician: Technician): Promise<readonly TicketSummary[]> => {
    const { syncroUserId: technicianId } = technician;
    const caller = await deps.identity.reader(technician);
    return lastChangedFirst((await readTickets(deps, caller, { status: NOT_CLOSED, technicianId })).rows);
  };

  const openFirst = (rows: readonly TicketSummary[], words: string): readonly TicketSummary[] => {
    const asked = parseTicketNumber(words);
    const exact = rows.filter(({ number }) => number === asked);
    const others = rows.filter((row) => !exact.includes(row));
    return [...exact, ...others.filter(isOpen), ...others.filter((row) => !isOpen(row))];
  };

  const inSyncro = (technician: Technician, words: string): Promise<readonly TicketSummary[]> =>
    remembered(`${technician.slackUser} ${words}`, async () => {
      if (words === '') return mine(technician);
      const { rows } = await search(technician, { words, openOnly: false, page: 1, anew: true });
      return openFirst(rows, words);
    });

  const inIndex = async (index: OpenIndex, technician: Technician, words: string) => {
    if (words === '') return index.mine(technician, MOST);
    const asked = { words, number: parseTicketNumber(words), openOnly: false, mine: false };
    return openFirst((await index.find(technician, asked, 0, MOST)).rows, words);
  };

  return async (technician, words) => {
    const index = await openIndex(deps);
    if (!index) return inSyncro(technician, words);
    await deps.identity.reader(technician);
    const known = await inIndex(index, technician, words);
    if (index.fresh && known.length > 0) return known;
    return inSyncro(technician, words).catch((error: unknown) => {
      if (isAway(error)) return known;
      throw error;
    });
  };
};
