import type { Technician } from '../../../shared/technician.ts';
import type { TicketId } from '../../../syncro/ticket.ts';
import type { TicketRef } from '../../../syncro/ticket-ref.ts';
import type { LinkedTicket } from '../linked-tickets.ts';
import type { OpenList, OpenQuery, TicketsSummary } from '../list-open.ts';
import type { Copied } from '../ports.ts';
import type { TicketCard } from '../view-ticket.ts';
import type { UninvoicedWatch } from '../watch-uninvoiced.ts';

export type TicketsUse = {
  readonly viewTicket: (technician: Technician, ref: TicketRef) => Promise<TicketCard>;
  readonly summarize: (technician: Technician) => Promise<TicketsSummary>;
  readonly listOpen: (technician: Technician, query: OpenQuery) => Promise<OpenList>;
  readonly uninvoiced: UninvoicedWatch;
  /** The same of what was copied of Syncro; `null`: nothing was. Nothing of it is a request. */
  readonly copied: {
    readonly ticket: (technician: Technician, ref: TicketRef) => Promise<Copied<TicketCard> | null>;
    readonly summary: (technician: Technician) => Promise<Copied<TicketsSummary> | null>;
    readonly open: (technician: Technician, query: OpenQuery) => Promise<Copied<OpenList> | null>;
  };
  /** What the links in a channel lead to, as far as it is to be shown there now. */
  readonly linkedTickets: (
    technician: Technician,
    channel: string,
    ids: readonly TicketId[],
  ) => Promise<readonly LinkedTicket[]>;
};
