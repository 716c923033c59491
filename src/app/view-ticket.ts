import type { TicketRef } from '../domain/command.ts';
import type { InvoiceSummary } from '../domain/invoice.ts';
import type { Technician } from '../domain/technician.ts';
import type { Comment, LineItem, Ticket } from '../domain/ticket.ts';
import { type FindDeps, readTicket } from './find-ticket.ts';
import type { Identity } from './identity.ts';
import type { SyncroReads } from './ports.ts';

/** Everything that the card shows. */
export type TicketCard = {
  readonly ticket: Ticket;
  /** Newest first. */
  readonly comments: readonly Comment[];
  /** `null`: there are more, Syncro does not say how many. */
  readonly olderComments: number | null;
  readonly lineItems: readonly LineItem[];
  readonly invoices: readonly InvoiceSummary[];
  /** Hundredths of an hour; `null`: no block. */
  readonly prepaidHundredths: number | null;
};

export type ViewDeps = FindDeps & {
  readonly identity: Identity;
  readonly reads: Pick<SyncroReads, 'findTicket' | 'ticket' | 'comments' | 'invoices' | 'customer'>;
};

const SHOWN_COMMENTS = 5;

/** @throws AppError not_found, no_key, and what reading throws */
export const viewTicket = async (deps: ViewDeps, technician: Technician, ref: TicketRef): Promise<TicketCard> => {
  const caller = await deps.identity.reader(technician);
  const ticket =
    ref.by === 'number' ? await readTicket(deps, caller, ref.number) : await deps.reads.ticket(caller, ref.id);
  const [comments, invoices, customer] = await Promise.all([
    deps.reads.comments(caller, ticket.id, { perPage: SHOWN_COMMENTS }),
    ticket.lineItems.length > 0 ? deps.reads.invoices(caller, { ticketId: ticket.id }) : null,
    deps.reads.customer(caller, ticket.customerId),
  ]);
  const shown = comments.rows.slice(0, SHOWN_COMMENTS);
  // Syncro may cut the comments that the ticket carries; then only the pages tell that there are more, not how many.
  const uncounted = ticket.comments.length <= shown.length && comments.totalPages > 1;
  return {
    ticket,
    comments: shown,
    olderComments: uncounted ? null : Math.max(0, ticket.comments.length - shown.length),
    lineItems: ticket.lineItems,
    // An account may answer with other tickets' invoices too: some versions ignore the filter.
    invoices: (invoices?.rows ?? []).filter(({ ticketId }) => ticketId === null || ticketId === ticket.id),
    prepaidHundredths: customer.prepaidHundredths,
  };
};
