import { type CreateChoice, createWork, firstStatus, matchPriority, similarTickets } from '../domain/create-plan.ts';
import type { CustomerSummary } from '../domain/customer.ts';
import type { Run } from '../domain/run.ts';
import type { Technician } from '../domain/technician.ts';
import type { Contact, TicketSummary } from '../domain/ticket.ts';
import type { AccountLists } from './account-lists.ts';
import { briefly } from './briefly.ts';
import type { CustomerCache } from './customer-cache.ts';
import { createNamedCustomers } from './find-named-customer.ts';
import type { Identity } from './identity.ts';
import type { OpenedForms } from './opened-forms.ts';
import type { AccountSettings, Caller, Clock, CustomerMemory, Runs, SyncroReads, TicketSettings } from './ports.ts';
import { type StartDeps, startRun } from './start-run.ts';

export type CreateDeps = StartDeps & {
  readonly identity: Identity;
  readonly reads: Pick<SyncroReads, 'customers' | 'customer' | 'contacts' | 'tickets'>;
  readonly memory: CustomerMemory;
  readonly cache: Pick<CustomerCache, 'freshen'>;
  readonly opened: OpenedForms;
  readonly lists: AccountLists;
  readonly runs: StartDeps['runs'] & Pick<Runs, 'byForm'>;
  readonly clock: Clock;
  readonly doneStatuses: readonly string[];
  /** As the settings name it, e.g. `Normal`. */
  readonly defaultPriority: string;
};

/** What the form offers to choose from. */
export type CreateLists = {
  readonly priorities: readonly string[];
  /** The one that the settings mean, if the account has it. */
  readonly priority: string | null;
  readonly problemTypes: readonly string[];
  readonly technicians: TicketSettings['technicians'];
};

/** What the form says of the customer that was chosen. */
export type CustomerFacts = {
  readonly customer: CustomerSummary;
  readonly contacts: readonly Contact[];
  readonly openTickets: readonly TicketSummary[];
  /** True: there are more pages than the one that was read. */
  readonly moreTickets: boolean;
};

export type SimilarTicket = { readonly ticket: TicketSummary; readonly technicianName: string | null };

export type Created =
  | { readonly result: 'started'; readonly run: Run }
  /** Nothing was stored but what would be sent; the person decides. */
  | { readonly result: 'similar'; readonly customerName: string; readonly similar: readonly SimilarTicket[] }
  /** It was to be e-mailed, and there is no address. */
  | { readonly result: 'no_address'; readonly customerName: string };

/** While a form is filled in. */
const FACTS_MS = 30_000;

const listsFrom = (settings: AccountSettings, account: TicketSettings, defaultPriority: string): CreateLists => ({
  priorities: settings.priorities,
  priority: matchPriority(settings.priorities, defaultPriority),
  problemTypes: settings.problemTypes,
  technicians: account.technicians,
});

export const createCreating = (deps: CreateDeps) => {
  const { identity, reads, memory, cache, opened, lists, runs, clock } = deps;
  const facts = briefly<number, CustomerFacts>(clock, FACTS_MS);
  const isOpen = ({ status }: TicketSummary): boolean => !deps.doneStatuses.includes(status);

  const readFacts = async (caller: Caller, id: number): Promise<CustomerFacts> => {
    const [known, contacts, tickets] = await Promise.all([
      memory.get(id),
      reads.contacts(caller, { customerId: id }),
      reads.tickets(caller, { customerId: id, status: 'Not Closed' }),
    ]);
    const customer = known ?? (await reads.customer(caller, id));
    const openTickets = tickets.rows.filter((row) => isOpen(row) && row.customerId === id);
    return { customer, contacts: contacts.rows, openTickets, moreTickets: tickets.totalPages > 1 };
  };

  const readLists = async (caller: Caller) => {
    const [settings, account] = await Promise.all([lists.settings(caller), lists.ticketSettings(caller)]);
    return { account, offered: listsFrom(settings, account, deps.defaultPriority) };
  };

  /** Where Syncro mails the description: to the ticket's contact, else to the customer. */
  const addressOf = async (caller: Caller, { customerId, contactId }: CreateChoice): Promise<string | null> => {
    const [customer, contacts] = await Promise.all([
      reads.customer(caller, customerId),
      contactId === null ? null : reads.contacts(caller, { customerId }),
    ]);
    return contacts?.rows.find(({ id }) => id === contactId)?.email ?? customer.email;
  };

  const nameOf = async (caller: Caller, customerId: number): Promise<string> =>
    (await memory.get(customerId))?.name ?? (await reads.customer(caller, customerId)).name;

  return {
    ...createNamedCustomers({ identity, reads, memory, clock }),

    /** Somebody is about to choose a customer. */
    freshen: (technician: Technician): void => cache.freshen(technician),

    /** What is remembered of a customer, without asking Syncro. */
    remembered: (id: number): Promise<CustomerSummary | null> => memory.get(id),

    /** Who else is called so. */
    alike: (customer: CustomerSummary): Promise<readonly CustomerSummary[]> => memory.alike([customer]),

    /** @throws AppError */
    lists: async (technician: Technician): Promise<CreateLists> =>
      (await readLists(await identity.reader(technician))).offered,

    /** @throws AppError */
    facts: async (technician: Technician, customerId: number): Promise<CustomerFacts> => {
      const caller = await identity.reader(technician);
      return facts(customerId, () => readFacts(caller, customerId));
    },

    /**
     * Starts what was filled in, unless there is a ticket that may be about the same: then what would be sent is kept
     * for `Create anyway`. Pressed twice it is started once.
     * @throws AppError; then nothing was stored
     */
    create: async (technician: Technician, formId: string, choice: CreateChoice): Promise<Created> => {
      const form = await opened.own(technician, formId);
      const { caller, author } = await identity.writer(technician, 'person');
      const { customerId } = choice;
      const mails = choice.description !== '' && choice.audience === 'email';
      const readAt = clock.now();
      const [{ account, offered }, all, open, customerName, emailTo] = await Promise.all([
        readLists(caller),
        reads.tickets(caller, { customerId }),
        reads.tickets(caller, { customerId, status: 'Not Closed' }),
        nameOf(caller, customerId),
        mails ? addressOf(caller, choice) : null,
      ]);
      if (mails && emailTo === null) return { result: 'no_address', customerName };
      const technicianId = choice.technicianId ?? technician.syncroUserId;
      const nameFor = (id: number | null) => account.technicians.find((one) => one.id === id)?.name ?? null;
      const rows = [...new Map([...all.rows, ...open.rows].map((row) => [row.id, row])).values()];
      const own = rows.filter((row) => row.customerId === customerId);
      const work = createWork(choice, {
        author: { id: author.id, name: author.name },
        customerName,
        emailTo,
        status: firstStatus(account.statuses),
        // An account without a list takes any text: then the settings' own word stands.
        priority:
          choice.priority ?? offered.priority ?? (offered.priorities.length === 0 ? deps.defaultPriority : null),
        technician: { id: technicianId, name: nameFor(technicianId) ?? technician.name },
        ticketIds: own.map(({ id }) => id),
      });
      const similar = similarTickets(own.filter(isOpen), choice.subject);
      // Read after the tickets: what the first of two presses made must not be offered to the second as similar.
      const before = await runs.byForm(formId);
      if (before && before.technician.slackUser === technician.slackUser) return { result: 'started', run: before };
      await memory.used(customerId, clock.now());
      if (similar.length > 0) {
        await opened.keepPreview(form, work);
        return {
          result: 'similar',
          customerName,
          similar: similar.map((ticket) => ({ ticket, technicianName: nameFor(ticket.technicianId) })),
        };
      }
      return { result: 'started', run: await startRun(deps, technician, formId, work, readAt) };
    },
  };
};

export type Creating = ReturnType<typeof createCreating>;
