import type { TicketMemory } from '../../runs/ports.ts';
import type { Clock } from '../../shared/system.ts';
import type { Technician } from '../../shared/technician.ts';
import { fitsFilter, NOT_CLOSED } from '../../syncro/asked-for.ts';
import type { TicketFilter } from '../../syncro/ports.ts';
import type { TicketId, TicketNumber, TicketSummary } from '../../syncro/ticket.ts';
import { askedIn, excerptOf } from './excerpt.ts';
import type { IndexedComment, IndexFilter, IndexHits, TicketIndex } from './ports.ts';
import { type AskedWords, askedWords, hasAsked } from './search-words.ts';

export type IndexDeps = {
  /** `null`: turned off. */
  readonly index: TicketIndex | null;
  readonly doneStatuses: readonly string[];
  readonly clock: Clock;
  /** Since when Syncro does not answer; `null`: it does, as far as is known. */
  readonly downSince: () => number | null;
};

/** Where an answer comes from: from Syncro itself, or from what was read of it before. */
export type Source =
  | { readonly from: 'syncro' }
  | {
      readonly from: 'index';
      /** How long ago all that had changed was read. */
      readonly ageMs: number;
      /** True: not all comments were read yet. */
      readonly unread: boolean;
      readonly syncroDown: boolean;
    };

/** Why a ticket was found that does not say so itself; of the text, a part. */
type CommentHit = Omit<IndexedComment, 'id'>;

export type AskedTickets = {
  readonly words: string;
  readonly number: TicketNumber | null;
  readonly openOnly: boolean;
  readonly mine: boolean;
};

/** What is asked for beside the words. */
export const filterOf = ({ syncroUserId }: Technician, { openOnly, mine }: AskedTickets): TicketFilter => ({
  ...(openOnly ? { status: NOT_CLOSED } : {}),
  ...(mine ? { technicianId: syncroUserId } : {}),
});

export type IndexAnswer = IndexHits & {
  /** The comments that rows were found by. */
  readonly hits: ReadonlyMap<TicketId, CommentHit>;
};

export type OpenIndex = {
  readonly source: Extract<Source, { readonly from: 'index' }>;
  /** False: Syncro itself should be asked; only if it does not answer is this good enough. */
  readonly fresh: boolean;
  find(technician: Technician, asked: AskedTickets, from: number, limit: number): Promise<IndexAnswer>;
  /** The technician's open tickets, the last changed first. */
  mine(technician: Technician, limit: number): Promise<readonly TicketSummary[]>;
};

/** Looked for every minute: much older than this, something holds it up. */
const TOO_OLD_MS = 15 * 60_000;
const EXCERPT_LENGTH = 110;

/** The comment of each ticket that says most of what was asked, the newest of equals, where the ticket's line does not. */
const hitsOf = async (
  index: TicketIndex,
  rows: readonly TicketSummary[],
  asked: AskedWords,
): Promise<ReadonlyMap<TicketId, CommentHit>> => {
  const silent = rows.filter(
    ({ number, subject, customerName }) => !hasAsked(`${number} ${subject} ${customerName}`, asked),
  );
  const best = new Map<TicketId, { readonly found: number; readonly comment: IndexedComment }>();
  for (const comment of await index.commentsOf(silent.map(({ id }) => id))) {
    const found = askedIn(comment.text, asked);
    if (found > (best.get(comment.ticketId)?.found ?? 0)) best.set(comment.ticketId, { found, comment });
  }
  return new Map(
    [...best].map(([id, { comment }]) => {
      const { authorName, createdAt, hidden } = comment;
      return [id, { text: excerptOf(comment.text, asked, EXCERPT_LENGTH) ?? '', authorName, createdAt, hidden }];
    }),
  );
};

/** The index as it is now; `null`: there is none, or it is still being filled. */
export const openIndex = async (deps: IndexDeps): Promise<OpenIndex | null> => {
  const { index, doneStatuses, clock } = deps;
  const state = await index?.state();
  if (!index || !state || state.checkedAt === null) return null;
  const ageMs = Math.max(0, clock.now() - state.checkedAt);
  const syncroDown = deps.downSince() !== null;

  const find: OpenIndex['find'] = async (technician, tickets, from, limit) => {
    const wanted = filterOf(technician, tickets);
    const filter: IndexFilter = {
      ...(tickets.openOnly ? { without: doneStatuses } : {}),
      technicianId: wanted.technicianId,
    };
    const asked = askedWords(tickets.words);
    const { rows, count, atLeast } = await index.find(asked, filter, from, limit);
    const exact = tickets.number === null ? null : await index.byNumber(tickets.number);
    const first = exact && from === 0 && fitsFilter(exact, wanted, doneStatuses) ? [exact] : [];
    const shown = [...first, ...rows.filter(({ id }) => id !== exact?.id)];
    return { rows: shown, count: Math.max(count, shown.length), atLeast, hits: await hitsOf(index, shown, asked) };
  };

  return {
    source: { from: 'index', ageMs, unread: state.unread, syncroDown },
    fresh: syncroDown || ageMs <= TOO_OLD_MS,
    find,
    mine: (technician, limit) => index.of(technician.syncroUserId, { without: doneStatuses }, limit),
  };
};

/**
 * Whose number is in the index need not be looked up. Like everything remembered it is a hint: `readTicket` compares it
 * with what Syncro says, and what turns out to be wrong or gone leaves the index as well.
 */
export const recallingIndexed = (
  memory: TicketMemory,
  index: Pick<TicketIndex, 'byNumber' | 'forget'>,
): TicketMemory => ({
  ...memory,
  recall: async (number) => (await memory.recall(number)) ?? index.byNumber(number),
  forget: async (number) => {
    await memory.forget(number);
    await index.forget(number);
  },
});
