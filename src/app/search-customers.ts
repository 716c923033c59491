import type { Customer, CustomerSummary } from '../domain/customer.ts';
import type { Technician } from '../domain/technician.ts';
import type { Contact, TicketSummary } from '../domain/ticket.ts';
import type { Identity } from './identity.ts';
import type { SyncroReads } from './ports.ts';

export type CustomerCard = {
  readonly customer: Customer;
  readonly contacts: readonly Contact[];
  readonly openTickets: readonly TicketSummary[];
  /** True: there are more pages than the one that was read. */
  readonly moreTickets: boolean;
};

export type FoundCustomers = {
  readonly words: string;
  readonly rows: readonly CustomerSummary[];
  readonly page: number;
  readonly totalPages: number;
};

type Deps = {
  readonly identity: Identity;
  readonly reads: Pick<SyncroReads, 'customers' | 'customer' | 'contacts' | 'tickets'>;
  readonly doneStatuses: readonly string[];
};

/** Customers by name, phone or e-mail; one of Syncro's pages. */
export const searchCustomers = async (
  deps: Deps,
  technician: Technician,
  search: { readonly words: string; readonly page: number },
): Promise<FoundCustomers> => {
  const caller = await deps.identity.reader(technician);
  const found = await deps.reads.customers(caller, { query: search.words, page: search.page });
  return { ...search, rows: found.rows, totalPages: found.totalPages };
};

/** @throws AppError not_found */
export const viewCustomer = async (deps: Deps, technician: Technician, id: number): Promise<CustomerCard> => {
  const caller = await deps.identity.reader(technician);
  const [customer, contacts, tickets] = await Promise.all([
    deps.reads.customer(caller, id),
    deps.reads.contacts(caller, { customerId: id }),
    deps.reads.tickets(caller, { customerId: id, status: 'Not Closed' }),
  ]);
  return {
    customer,
    contacts: contacts.rows,
    moreTickets: tickets.totalPages > 1,
    openTickets: tickets.rows.filter(({ status }) => !deps.doneStatuses.includes(status)),
  };
};
