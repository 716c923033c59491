import { isAppError } from '../../shared/errors.ts';
import { LIST_LENGTH, listPage, MOST_WORDS } from '../../shared/list-page.ts';
import type { Technician } from '../../shared/technician.ts';
import { beginning } from '../../shared/text.ts';
import { fitsFilter } from '../../syncro/asked-for.ts';
import { createCollected } from '../../syncro/collected.ts';
import { type Identity, patient } from '../../syncro/identity.ts';
import type { Caller, Page, SyncroReads, TicketFilter } from '../../syncro/ports.ts';
import type { TicketSummary } from '../../syncro/ticket.ts';
import { parseTicketNumber } from '../../syncro/ticket-ref.ts';
import {
  type AskedTickets,
  filterOf,
  type IndexAnswer,
  type IndexDeps,
  type OpenIndex,
  openIndex,
  type Source,
} from './ask-index.ts';

export type TicketSearch = {
  readonly words: string;
  /** Only tickets that are not done. */
  readonly openOnly: boolean;
  /** Only the technician's own. */
  readonly mine?: boolean;
  readonly page: number;
  /** True: asked anew, not leafed through. */
  readonly anew?: boolean;
  /** True: Syncro itself is asked, whatever the index knows. */
  readonly live?: boolean;
};

/** At most a page of `rows`; `count` is how many were found so far, on all pages. */
export type FoundTickets = TicketSearch &
  Omit<IndexAnswer, 'atLeast'> & {
    /** Of what was found so far; with `more`, there is at least one page after them. */
    readonly totalPages: number;
    /** True: Syncro has more pages than were read. */
    readonly more: boolean;
    /** True: there are more than `count`, which nobody leafs through. */
    readonly atLeast?: boolean;
    readonly source: Source;
  };

export type TicketSearchDeps = IndexDeps & {
  readonly identity: Pick<Identity, 'reader'>;
  readonly reads: Pick<SyncroReads, 'tickets' | 'findTicket'>;
  /** Slack waits three seconds for what is offered while somebody types. */
  readonly whileTyping?: true;
};

const REMEMBERED_MS = 60_000;

/** Syncro can't be asked for the moment; what was read before is better than nothing. */
export const isAway = (error: unknown): boolean =>
  isAppError(error) && ['unreachable', 'rate_limited', 'unreadable'].includes(error.code);

const inIndex = async (
  index: OpenIndex,
  technician: Technician,
  search: TicketSearch,
  asked: AskedTickets,
): Promise<FoundTickets> => {
  const answer = (page: number) => index.find(technician, asked, (page - 1) * LIST_LENGTH, LIST_LENGTH);
  const first = await answer(search.page);
  const totalPages = Math.max(1, Math.ceil(first.count / LIST_LENGTH));
  // Rows may have gone since the page was asked for.
  const page = Math.min(search.page, totalPages);
  const found = page === search.page ? first : await answer(page);
  return { ...search, words: asked.words, ...found, page, totalPages, more: false, source: index.source };
};

/** A number that is not there is perhaps a new ticket's: what only mentions it is no answer. */
const answers = ({ page, rows }: FoundTickets, { number }: AskedTickets): boolean =>
  number === null || page > 1 ? rows.length > 0 : rows[0]?.number === number;

export const createTicketSearch = (deps: TicketSearchDeps) => {
  const { identity, reads, doneStatuses, clock } = deps;
  const collected = createCollected<TicketSummary>(clock, REMEMBERED_MS);

  const inSyncro = async (
    technician: Technician,
    caller: Caller,
    search: TicketSearch,
    asked: AskedTickets,
  ): Promise<FoundTickets> => {
    const { words, number, openOnly, mine } = asked;
    const filter: TicketFilter = {
      // Syncro's search knows numbers without the #.
      query: number === null ? words : String(number),
      ...filterOf(technician, asked),
    };
    const read = async (page: number): Promise<Page<TicketSummary>> => {
      const [found, exact] = await Promise.all([
        reads.tickets(caller, { ...filter, page }),
        number !== null && page === 1 ? reads.findTicket(caller, number) : null,
      ]);
      const others = found.rows.filter(({ id }) => id !== exact?.id);
      const rows = exact ? [exact, ...others] : others;
      return { ...found, rows: rows.filter((row) => fitsFilter(row, filter, doneStatuses)) };
    };
    const key = JSON.stringify([technician.slackUser, words.toLowerCase(), openOnly, mine]);
    // One more than the page holds tells whether there is another.
    const { rows, next } = await collected(key, search.page * LIST_LENGTH + 1, read, search.anew);
    const source: Source = { from: 'syncro' };
    return { ...search, words, ...listPage(rows, search.page), more: next !== null, source, hits: new Map() };
  };

  /**
   * Tickets by number, subject, customer or comment: from the index, and from Syncro's own search when the index finds
   * nothing, is old or is not there.
   * @throws AppError
   */
  return async (technician: Technician, search: TicketSearch): Promise<FoundTickets> => {
    const words = beginning(search.words.trim(), MOST_WORDS);
    const { openOnly, mine = false, live = false } = search;
    const asked = { words, number: parseTicketNumber(words), openOnly, mine };
    // Who could not read it in Syncro does not read it here.
    const reader = await identity.reader(technician);
    const caller = deps.whileTyping ? reader : patient(reader);
    const index = await openIndex(deps);
    const known = index && (await inIndex(index, technician, search, asked));
    if (known && index.fresh && !live && answers(known, asked)) return known;
    try {
      return await inSyncro(technician, caller, { ...search, ...(known ? { live: true } : {}) }, asked);
    } catch (error) {
      if (!(known && isAway(error))) throw error;
      return { ...known, live: false, source: { ...index.source, syncroDown: true } };
    }
  };
};
