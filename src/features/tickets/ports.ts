import type { OpenedForms } from '../../runs/opened-forms.ts';
import type { Technician } from '../../shared/technician.ts';
import type { Comment, KnownTicket, TicketId, TicketNumber, TicketSummary } from '../../syncro/ticket.ts';
import type { OpenTickets } from './open-tickets.ts';

/** Resolved tickets that were found to have nothing left to invoice, and when they had last changed then. */
export interface SettledTickets {
  /** Those of these tickets that have not changed since. */
  among(
    tickets: ReadonlyArray<{ readonly id: TicketId; readonly updatedAt: number | null }>,
  ): Promise<ReadonlySet<number>>;
  add(ticket: { readonly id: TicketId; readonly updatedAt: number | null }): Promise<void>;
}

/** What became of lines that were charged for a recurring invoice, by their ids. */
export type Promised = {
  /** The day, `YYYY-MM-DD`, of an invoice that is yet to be looked at. */
  readonly days: ReadonlyMap<number, string>;
  /** A recurring invoice is known to hold them, whether Syncro flags them or not. */
  readonly taken: ReadonlySet<number>;
};

export interface PromisedCharges {
  on(ticketId: TicketId): Promise<Promised>;
}

/** Which tickets' links were shown where, so that none is shown again and again. Every method is one statement. */
export interface ShownLinks {
  /** Takes a ticket in a channel. False: it was shown there a while ago. */
  take(channel: string, ticketId: number, now: number): Promise<boolean>;
  /** It was not shown after all. */
  putBack(channel: string, ticketId: number, takenAt: number): Promise<void>;
}

/** What was read before, to be shown until Syncro has answered. */
export type Copied<T> = {
  readonly copy: T;
  /** Everything that had changed by then is in it; epoch milliseconds. */
  readonly asOf: number;
};

/** The copy of Syncro's tickets behind the search; never for what is billed. `null`: there is none that is new enough. */
export interface TicketCopy {
  /** Everybody's; one technician's are all there, also where everybody's are more than are read. @param technicianId Syncro user id */
  open(technicianId: number): Promise<Copied<OpenTickets> | null>;
  /** A technician's open ones, the last changed first. */
  openOf(technicianId: number, limit: number): Promise<Copied<readonly TicketSummary[]> | null>;
  /** @returns `null` also where there is no such ticket yet; comments newest first */
  ticket(
    number: TicketNumber,
  ): Promise<Copied<{ readonly ticket: TicketSummary; readonly comments: readonly Comment[] }> | null>;
}

/** What a form about a ticket needs, whichever feature it belongs to. */
export type TicketForms = {
  readonly opened: OpenedForms;
  /** What is remembered of a ticket without asking Syncro. */
  readonly remembered: (number: TicketNumber) => Promise<KnownTicket | null>;
  /** Behind the address of a ticket's page. @throws AppError */
  readonly numberOfPage: (technician: Technician, id: TicketId) => Promise<TicketNumber>;
};

/** These and nothing else of all that a feature is built with. */
export const ticketForms = ({ opened, remembered, numberOfPage }: TicketForms): TicketForms => ({
  opened,
  remembered,
  numberOfPage,
});
