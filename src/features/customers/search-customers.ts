import { LIST_LENGTH, listPage, MOST_WORDS } from '../../shared/list-page.ts';
import { syncroQuery } from '../../shared/name-words.ts';
import type { Clock } from '../../shared/system.ts';
import type { Technician } from '../../shared/technician.ts';
import { beginning } from '../../shared/text.ts';
import { NOT_CLOSED, readTickets } from '../../syncro/asked-for.ts';
import { createCollected } from '../../syncro/collected.ts';
import type { Customer, CustomerSummary } from '../../syncro/customer.ts';
import { type Identity, patient } from '../../syncro/identity.ts';
import type { SyncroReads } from '../../syncro/ports.ts';
import type { Contact, TicketSummary } from '../../syncro/ticket.ts';
import { mostUrgentFirst, NOTHING_STANDS_OUT } from '../tickets/open-list.ts';
import type { RecentCustomers } from '../tickets/recent-customers.ts';

export type CustomerCard = {
  readonly customer: Customer;
  readonly contacts: readonly Contact[];
  readonly openTickets: readonly TicketSummary[];
  /** True: there are more pages than the one that was read. */
  readonly moreTickets: boolean;
};

export type CustomerSearch = {
  readonly words: string;
  readonly page: number;
  /** True: asked anew, not leafed through. */
  readonly anew?: boolean;
};

export type FoundCustomers = CustomerSearch & {
  readonly rows: readonly CustomerSummary[];
  /** How many were found so far, on all pages. */
  readonly count: number;
  readonly totalPages: number;
  /** True: Syncro has more pages than were read. */
  readonly more: boolean;
};

export type CustomerSearchDeps = {
  readonly clock: Clock;
  readonly identity: Identity;
  readonly reads: Pick<SyncroReads, 'customers' | 'contacts' | 'tickets'>;
  readonly doneStatuses: readonly string[];
};

const REMEMBERED_MS = 60_000;

export const createCustomerSearch = ({ identity, reads, clock }: CustomerSearchDeps) => {
  const collected = createCollected<CustomerSummary>(clock, REMEMBERED_MS);

  /** Customers by name, phone or email, as Syncro's own search finds them. @throws AppError */
  return async (technician: Technician, search: CustomerSearch): Promise<FoundCustomers> => {
    const words = beginning(search.words.trim(), MOST_WORDS);
    const caller = patient(await identity.reader(technician));
    const { rows, next } = await collected(
      JSON.stringify([technician.slackUser, words.toLowerCase()]),
      search.page * LIST_LENGTH + 1,
      (page) => reads.customers(caller, { query: syncroQuery(words), page }),
      search.anew,
    );
    return {
      ...search,
      words,
      ...listPage(rows, search.page),
      more: next !== null,
    };
  };
};

/** @throws AppError not_found */
export const viewCustomer = async (
  deps: CustomerSearchDeps & { readonly customers: RecentCustomers },
  technician: Technician,
  id: number,
): Promise<CustomerCard> => {
  const caller = patient(await deps.identity.reader(technician));
  const [customer, contacts, tickets] = await Promise.all([
    deps.customers.current(caller, id),
    deps.reads.contacts(caller, { customerId: id }),
    readTickets(deps, caller, { customerId: id, status: NOT_CLOSED }),
  ]);
  return {
    customer,
    contacts: contacts.rows,
    moreTickets: tickets.totalPages > 1,
    openTickets: mostUrgentFirst(tickets.rows, NOTHING_STANDS_OUT),
  };
};
