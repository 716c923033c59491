import type { Technician } from '../../../shared/technician.ts';
import type { TicketSummary } from '../../../syncro/ticket.ts';
import type { TicketRef } from '../../../syncro/ticket-ref.ts';
import type { NamedTickets } from '../../tickets/named-tickets.ts';
import type { TicketForms } from '../../tickets/ports.ts';
import type { FoundTickets, TicketSearch } from '../search-tickets.ts';

export type SearchUse = Pick<TicketForms, 'numberOfPage'> & {
  readonly searchTickets: (technician: Technician, search: TicketSearch) => Promise<FoundTickets>;
  /** For a select in which somebody types. @throws AppError */
  readonly suggestTickets: (technician: Technician, words: string) => Promise<readonly TicketSummary[]>;
  /** The tickets that a text names, as they are in Syncro. */
  readonly namedTickets: (technician: Technician, refs: readonly TicketRef[]) => Promise<NamedTickets>;
};
