import type { KnownTicket, TicketNumber } from '../syncro/ticket.ts';
import type { Basis } from './rules/basis.ts';
import type { Work } from './rules/work.ts';

/** What was typed and chosen, by field. */
export type Draft = Readonly<Record<string, string>>;

/** An opened form: what was typed survives Back, an error and a restart. */
export type Form = {
  readonly id: string;
  readonly technician: string;
  /** `null`: the ticket is yet to be made. */
  readonly ticketNumber: TicketNumber | null;
  /** The clock whose minutes it was opened with. */
  readonly timerId?: string | null;
  readonly draft: Draft | null;
  /** What stood over it of the ticket, where that decides who reads what is sent. */
  readonly seen?: Basis;
  /** False while it is being filled in: then what is read about the ticket may still be put over it. */
  readonly previewing: boolean;
  /** The last preview: what is confirmed is what was seen. `at`: when the reading of its facts began. */
  readonly previewed: { readonly work: Work; readonly at: number; readonly setAt?: number } | null;
  readonly createdAt: number;
  /** The channel in which it was asked for. */
  readonly askedIn?: string | null;
};

export interface Forms {
  put(form: Form): Promise<void>;
  get(id: string): Promise<Form | null>;
}

export interface TicketMemory {
  recall(number: TicketNumber): Promise<KnownTicket | null>;
  remember(ticket: KnownTicket): Promise<void>;
  /** As many at once as a page holds. */
  rememberAll(tickets: readonly KnownTicket[]): Promise<void>;
  forget(number: TicketNumber): Promise<void>;
}
