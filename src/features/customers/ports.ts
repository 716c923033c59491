import type { CustomerSummary } from '../../syncro/customer.ts';

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
  /** Everybody whose name a text begins with or whose name begins with it, for features/customers/match-customer.ts. */
  namesakes(text: string): Promise<readonly CustomerSummary[]>;
  /** Adds, or renews what is there. */
  put(customers: readonly CustomerSummary[], seenAt: number): Promise<void>;
  used(id: number, at: number): Promise<void>;
  /** All were read at this time; who was not seen since `began` is none any more (`null`: nobody is forgotten). */
  refreshed(at: number, began: number | null): Promise<void>;
  /** When all were last read; `null`: never. */
  refreshedAt(): Promise<number | null>;
}
