import { briefly } from '../../shared/briefly.ts';
import type { Clock } from '../../shared/system.ts';
import type { AccountLists } from '../../syncro/account-lists.ts';
import { NOT_CLOSED, readTickets } from '../../syncro/asked-for.ts';
import type { Customer } from '../../syncro/customer.ts';
import type { Caller, SyncroReads, TicketSettings } from '../../syncro/ports.ts';
import { readSome } from '../../syncro/read-pages.ts';
import type { Contact, TicketSummary } from '../../syncro/ticket.ts';
import { matchPriority } from './plan.ts';

export type CreateFormDeps = {
  readonly reads: Pick<SyncroReads, 'customer' | 'contacts' | 'tickets'>;
  readonly lists: AccountLists;
  readonly clock: Clock;
  readonly doneStatuses: readonly string[];
  /** As the settings name it, e.g. `Normal`. */
  readonly defaultPriority: string;
};

/** What the form offers to choose from. */
export type CreateLists = {
  readonly statuses: readonly string[];
  readonly priorities: readonly string[];
  /** The one that the settings mean, if the account has it. */
  readonly priority: string | null;
  readonly problemTypes: readonly string[];
  readonly technicians: TicketSettings['technicians'];
  /** The account's; `null`: not known. */
  readonly timeZone: string | null;
};

/** What the form says of the customer that was chosen. */
export type CustomerFacts = {
  readonly customer: Customer;
  readonly contacts: readonly Contact[];
  readonly openTickets: readonly TicketSummary[];
  /** True: there are more pages than the one that was read. */
  readonly moreTickets: boolean;
};

/** While a form is filled in. */
const FACTS_MS = 30_000;

/** Slack's menu takes a hundred. */
const MOST_CONTACT_PAGES = 4;

/** The customer's contacts, as many as a menu holds. @throws AppError */
const readContacts = (
  reads: Pick<SyncroReads, 'contacts'>,
  caller: Caller,
  customerId: number,
): Promise<readonly Contact[]> => readSome(MOST_CONTACT_PAGES, (page) => reads.contacts(caller, { customerId, page }));

/** Reads what appears in the form when it is open already. */
export const createFormReads = ({ reads, lists, clock, doneStatuses, defaultPriority }: CreateFormDeps) => {
  const facts = briefly<number, CustomerFacts>(clock, FACTS_MS);

  const readFacts = async (caller: Caller, id: number): Promise<CustomerFacts> => {
    const [customer, contacts, tickets] = await Promise.all([
      // Not from memory, which may be hours old: the form says where an email would go.
      reads.customer(caller, id),
      readContacts(reads, caller, id),
      readTickets({ reads, doneStatuses }, caller, { customerId: id, status: NOT_CLOSED }),
    ]);
    return {
      customer,
      contacts,
      openTickets: tickets.rows,
      moreTickets: tickets.totalPages > 1,
    };
  };

  return {
    /** @throws AppError */
    lists: async (caller: Caller): Promise<CreateLists> => {
      const [settings, account] = await Promise.all([lists.settings(caller), lists.ticketSettings(caller)]);
      return {
        statuses: account.statuses,
        priorities: settings.priorities,
        priority: matchPriority(settings.priorities, defaultPriority),
        problemTypes: settings.problemTypes,
        technicians: account.technicians,
        timeZone: settings.timeZone,
      };
    },

    /** @throws AppError */
    facts: (caller: Caller, customerId: number, anew: boolean): Promise<CustomerFacts> =>
      facts(customerId, () => readFacts(caller, customerId), anew),
  };
};
