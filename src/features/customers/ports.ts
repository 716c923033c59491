import type { CustomerSummary } from '../../syncro/customer.ts';
import type { TicketId } from '../../syncro/ticket.ts';
import type { SessionLogPlace } from '../session-logs/session-log-path.ts';

/** Everybody's customers as last read, for answers that can't wait for Syncro. */
export interface CustomerMemory {
  /**
   * Those that contain every word of the query: names that begin with it first, then names with a word that does, then
   * the rest; always in the same order.
   */
  search(query: string, limit: number): Promise<readonly CustomerSummary[]>;
  /** Those used last, then by name. */
  recent(limit: number): Promise<readonly CustomerSummary[]>;
  get(id: number): Promise<CustomerSummary | null>;
  /** Everybody who is called like one of these, them too if they are kept. */
  alike(customers: readonly CustomerSummary[]): Promise<readonly CustomerSummary[]>;
  /** Everybody whose name a text begins with or whose name begins with it, for domain/match-customer.ts. */
  namesakes(text: string): Promise<readonly CustomerSummary[]>;
  /** Adds, or renews what is there. */
  put(customers: readonly CustomerSummary[], seenAt: number): Promise<void>;
  used(id: number, at: number): Promise<void>;
  /** All were read at this time; who was not seen since `began` is none any more (`null`: nobody is forgotten). */
  refreshed(at: number, began: number | null): Promise<void>;
  /** When all were last read; `null`: never. */
  refreshedAt(): Promise<number | null>;
}

/** When something happened last that every copy must know of, by name. Epoch milliseconds. */
export interface Marks {
  /** `null`: never. */
  at(name: string): Promise<number | null>;
  /** Never back to an earlier time. */
  set(name: string, at: number): Promise<void>;
}

/** Resolved tickets that were found to have nothing left to invoice, and when they had last changed then. */
export interface SettledTickets {
  /** Those of these tickets that have not changed since. */
  among(
    tickets: ReadonlyArray<{ readonly id: TicketId; readonly updatedAt: number | null }>,
  ): Promise<ReadonlySet<number>>;
  add(ticket: { readonly id: TicketId; readonly updatedAt: number | null }): Promise<void>;
}

/** `failed`: nothing was written; `why` is for the person. `path` reads as the settings name the folder. */
export type SavedLog =
  | { readonly result: 'written' | 'already_there'; readonly path: string }
  | { readonly result: 'failed'; readonly why: string };

/** Session logs as files, below the folder of the settings and nowhere else. */
export interface SessionLogs {
  /** Whole or not at all; in place of an older log of the same name. */
  save(place: SessionLogPlace, customerId: number, text: string): Promise<SavedLog>;
}
