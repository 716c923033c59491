import type { Comment, TicketId, TicketNumber, TicketSummary } from '../../syncro/ticket.ts';
import type { MirrorProgress } from './mirror.ts';
import type { AskedWords } from './search-words.ts';

export type IndexFilter = {
  /** Statuses that are left out. */
  readonly without?: readonly string[];
  /** Syncro user id. */
  readonly technicianId?: number;
};

/** Tickets that were found, best first. */
export type IndexHits = {
  readonly rows: readonly TicketSummary[];
  /** All that were found, on every page. */
  readonly count: number;
  /** True: there are more, which nobody counted. */
  readonly atLeast: boolean;
};

/** What people search in; read in the background, so never for what is billed. */
export interface TicketIndex {
  /** `checkedAt`: `null` while not every ticket was read or has its words. `unread`: comments of some tickets are still to be read. */
  state(): Promise<{ readonly checkedAt: number | null; readonly unread: boolean }>;
  /**
   * Tickets with every word: those with all of them in the subject first, then in subject, customer or number, then with
   * comments; the last changed first among them. Of comments, a word is found by a beginning of 4 letters.
   */
  find(asked: AskedWords, filter: IndexFilter, from: number, limit: number): Promise<IndexHits>;
  byNumber(number: TicketNumber): Promise<TicketSummary | null>;
  /** Everybody's with the highest numbers first, as many as `limit`. */
  all(filter: Pick<IndexFilter, 'without'>, limit: number): Promise<readonly TicketSummary[]>;
  /** A technician's, the last changed first. */
  of(technicianId: number, filter: IndexFilter, limit: number): Promise<readonly TicketSummary[]>;
  /** Newest first. */
  commentsOf(ids: readonly TicketId[]): Promise<ReadonlyArray<IndexedComment & { readonly ticketId: TicketId }>>;
  /** A ticket that is gone. */
  forget(number: TicketNumber): Promise<void>;
}

export type IndexedComment = Pick<Comment, 'id' | 'authorName' | 'hidden' | 'createdAt'> & {
  /** As people read it, cut to a length. */
  readonly text: string;
};

/** A ticket as a list shows it, with what the list carries of its comments. */
export type ListedTicket = { readonly ticket: TicketSummary; readonly comments: readonly IndexedComment[] };

/** The copy of Syncro's tickets behind the index. */
export interface MirrorStore {
  /**
   * Stores what a list had. What did not change since it was stored is only marked as seen; what did, gets its comments
   * read, unless it last changed before `commentsSince`.
   */
  put(tickets: readonly ListedTicket[], seenAt: number, commentsSince: number): Promise<void>;
  /** In place of the ticket's comments. @param again when they are to be read once more; `null`: when the ticket changes */
  putComments(id: TicketId, comments: readonly IndexedComment[], readAt: number, again: number | null): Promise<void>;
  /** Makes the words of some tickets anew from what is stored. @returns the id to go on after; `null`: there are no more */
  putWords(after: number): Promise<number | null>;
  /** The last changed ticket whose comments are to be read now. */
  nextDue(now: number): Promise<TicketSummary | null>;
  /** Its comments could not be read; not again before then. */
  postpone(id: TicketId, until: number | null): Promise<void>;
  /** Tickets that nobody saw since then are perhaps deleted: reading their comments tells. */
  recheck(unseenSince: number, now: number): Promise<void>;
  remove(id: TicketId): Promise<void>;
  /** Throws everything away. */
  clear(): Promise<void>;
}

/** How far the copy is, and who may go on with it: one process at a time. */
export interface MirrorLease {
  /** Takes it or starts its time anew. `null`: another process has it. */
  claim(owner: string, now: number, leaseMs: number): Promise<MirrorProgress | null>;
  /** False: another process has it by now; nothing was stored. */
  save(owner: string, progress: MirrorProgress): Promise<boolean>;
  release(owner: string): Promise<void>;
}
