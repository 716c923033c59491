import { parseTicketNumber } from '../domain/command-words.ts';
import type { Technician } from '../domain/technician.ts';
import { beginning } from '../domain/text.ts';
import type { TicketSummary } from '../domain/ticket.ts';
import { createCollected } from './collected.ts';
import { type Identity, patient } from './identity.ts';
import { LIST_LENGTH, listPage } from './list-page.ts';
import type { Clock, Page, SyncroReads, TicketFilter } from './ports.ts';

export type TicketSearch = {
  readonly words: string;
  /** Only tickets that are not done. */
  readonly openOnly: boolean;
  /** Only the technician's own. */
  readonly mine?: boolean;
  readonly page: number;
  /** True: asked anew, not leafed through. */
  readonly anew?: boolean;
};

export type FoundTickets = TicketSearch & {
  /** At most a page of a list. */
  readonly rows: readonly TicketSummary[];
  /** How many were found so far, on all pages. */
  readonly count: number;
  /** Of what was found so far; with `more`, there is at least one page after them. */
  readonly totalPages: number;
  /** True: Syncro has more pages than were read. */
  readonly more: boolean;
};

type Deps = {
  readonly identity: Pick<Identity, 'reader'>;
  readonly reads: Pick<SyncroReads, 'tickets' | 'findTicket'>;
  readonly doneStatuses: readonly string[];
  readonly clock: Clock;
  /** Slack waits three seconds for what is offered while somebody types. */
  readonly whileTyping?: true;
};

const REMEMBERED_MS = 60_000;
/** Longer words find nothing that these don't; they go into the value of a button. */
export const MOST_WORDS = 200;

export const createTicketSearch = (deps: Deps) => {
  const { identity, reads, doneStatuses, clock } = deps;
  const collected = createCollected<TicketSummary>(clock, REMEMBERED_MS);

  /** Tickets by number, subject, customer or comment, as Syncro's own search finds them. @throws AppError */
  return async (technician: Technician, search: TicketSearch): Promise<FoundTickets> => {
    const { openOnly, mine = false, anew = false } = search;
    const words = beginning(search.words.trim(), MOST_WORDS);
    const reader = await identity.reader(technician);
    const caller = deps.whileTyping ? reader : patient(reader);
    const number = parseTicketNumber(words);
    const filter: TicketFilter = {
      // Syncro's search knows numbers without the #.
      query: number === null ? words : String(number),
      ...(openOnly ? { status: 'Not Closed' } : {}),
      ...(mine ? { technicianId: technician.syncroUserId } : {}),
    };
    const fits = ({ status, technicianId }: TicketSummary): boolean =>
      !(openOnly && doneStatuses.includes(status)) && !(mine && technicianId !== technician.syncroUserId);
    const read = async (page: number): Promise<Page<TicketSummary>> => {
      const [found, exact] = await Promise.all([
        reads.tickets(caller, { ...filter, page }),
        number !== null && page === 1 ? reads.findTicket(caller, number) : null,
      ]);
      const others = found.rows.filter(({ id }) => id !== exact?.id);
      return { ...found, rows: (exact ? [exact, ...others] : others).filter(fits) };
    };
    const key = JSON.stringify([technician.slackUser, words.toLowerCase(), openOnly, mine]);
    // One more than the page holds tells whether there is another.
    const { rows, next } = await collected(key, search.page * LIST_LENGTH + 1, read, anew);
    return {
      ...search,
      words,
      ...listPage(rows, search.page),
      more: next !== null,
    };
  };
};
