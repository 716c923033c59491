import type { OpenedForms } from '../../runs/opened-forms.ts';
import { changedText } from '../../runs/rules/changed-words.ts';
import type { Run } from '../../runs/rules/run.ts';
import { checkAuthor } from '../../runs/rules/seen-author.ts';
import { type StartDeps, startRun } from '../../runs/start-run.ts';
import { AppError } from '../../shared/errors.ts';
import type { Technician } from '../../shared/technician.ts';
import type { CustomerSummary } from '../../syncro/customer.ts';
import { type NewCustomer, readCustomersLike } from '../../syncro/customers-like.ts';
import type { Author, Identity } from '../../syncro/identity.ts';
import { readMailAddress } from '../../syncro/mail-address.ts';
import type { Caller, SyncroReads } from '../../syncro/ports.ts';
import { readSome, uniqueById } from '../../syncro/read-pages.ts';
import type { TicketSummary } from '../../syncro/ticket.ts';
import type { CustomerCache } from '../customers/customer-cache.ts';
import { createNamedCustomers } from '../customers/find-named-customer.ts';
import { likelyCustomers } from '../customers/likely-customers.ts';
import type { CustomerMemory } from '../customers/ports.ts';
import { type CreateChoice, type CreateFacts, createWork, firstStatus, similarTickets } from './plan.ts';
import { type CreateFormDeps, type CreateLists, type CustomerFacts, createFormReads } from './read-create-form.ts';

export type CreateDeps = StartDeps &
  CreateFormDeps & {
    readonly identity: Identity;
    readonly reads: Pick<SyncroReads, 'customers' | 'customer' | 'contacts' | 'tickets'>;
    readonly memory: CustomerMemory;
    readonly cache: Pick<CustomerCache, 'freshen'>;
    readonly opened: OpenedForms;
  };

export type SeenInForm = {
  /** Who is not the new customer. */
  readonly customers: readonly number[];
  /** Under whose name it sends; `null`: it did not say. */
  readonly authorId: number | null;
  /** Where it said that email goes; `null`: nowhere; absent: it did not say. */
  readonly emailTo?: string | null | undefined;
};

const NOTHING_SHOWN: SeenInForm = { customers: [], authorId: null };

export type SimilarTicket = { readonly ticket: TicketSummary; readonly technicianName: string | null };

export type Created =
  | { readonly result: 'started'; readonly run: Run }
  /** Nothing was stored but what would be sent; the person decides. */
  | { readonly result: 'similar'; readonly customerName: string; readonly similar: readonly SimilarTicket[] }
  /** Syncro has customers who may be the new one, and the person has not seen all of them. */
  | { readonly result: 'known'; readonly customers: readonly CustomerSummary[] }
  /** It was to be emailed, and there is no address. */
  | { readonly result: 'no_address'; readonly customerName: string }
  /** The form was sent before its menus were there, and nobody can know which priority is meant. */
  | { readonly result: 'no_priority' };

/** @throws AppError stale */
const checkAddress = ({ emailTo: from }: SeenInForm, to: string | null): void => {
  if (to === null || from === undefined || from === to) return;
  throw new AppError('stale', changedText({ kind: 'address', from, to }));
};

/** Beyond, a ticket about the same may go unnoticed: a warning is not worth more. */
const MOST_OPEN_PAGES = 6;

export const createCreating = (deps: CreateDeps) => {
  const { identity, reads, memory, cache, opened, runs, clock } = deps;
  const form = createFormReads(deps);

  /** Where Syncro mails the description: to the ticket's contact, else to the customer. */
  const addressOf = async (caller: Caller, choice: CreateChoice): Promise<Pick<CreateFacts, 'emailTo' | 'noEmail'>> => {
    const { customerId, contactId, newCustomer = null } = choice;
    if (customerId === null) return { emailTo: newCustomer?.email ?? null };
    return readMailAddress(reads, caller, customerId, contactId);
  };

  const nameOf = async (caller: Caller, { customerId, newCustomer }: CreateChoice): Promise<string> => {
    if (customerId === null) return newCustomer?.name ?? '';
    const { name } = (await memory.get(customerId)) ?? (await reads.customer(caller, customerId));
    return name.trim() || `Customer ${customerId}`;
  };

  /** The customer's newest tickets, and the open ones, which may be older. */
  const ticketsOf = async (caller: Caller, customerId: number): Promise<readonly TicketSummary[]> => {
    const newest = await reads.tickets(caller, { customerId });
    // A single page holds the open ones too.
    const read = (page: number) => reads.tickets(caller, { customerId, status: 'Not Closed', page });
    const open = newest.totalPages > 1 ? await readSome(MOST_OPEN_PAGES, read) : [];
    const rows = new Map([...newest.rows, ...open].map((row) => [row.id, row]));
    return [...rows.values()].filter((row) => row.customerId === customerId);
  };

  /** Who may be the new customer: as Syncro finds them now, and who is called likewise as last read. */
  const customersLike = async (caller: Caller, wanted: NewCustomer) => {
    const [found, remembered] = await Promise.all([
      readCustomersLike(reads, caller, wanted),
      memory.namesakes(wanted.name),
    ]);
    // Whoever is chosen of them is shown by name at once.
    await memory.put(found, clock.now());
    return { found, likely: likelyCustomers(wanted, uniqueById([...found, ...remembered])) };
  };

  /** What was not chosen, because the lists were not there yet, is as it would have been preset. */
  const workFor = (
    technician: Technician,
    choice: CreateChoice,
    lists: CreateLists,
    facts: Pick<CreateFacts, 'customerName' | 'emailTo' | 'noEmail' | 'customerIds'> & {
      readonly author: Author;
      readonly tickets: readonly TicketSummary[];
    },
  ) => {
    const { author, tickets, ...known } = facts;
    const id = choice.technicianId ?? technician.syncroUserId;
    return createWork(choice, {
      ...known,
      author: { id: author.id, name: author.name },
      status: firstStatus(lists.statuses),
      // An account without a list takes any text: then the settings' own word stands.
      priority: choice.priority ?? lists.priority ?? (lists.priorities.length === 0 ? deps.defaultPriority : null),
      technician: { id, name: lists.technicians.find((one) => one.id === id)?.name ?? technician.name },
      ticketIds: tickets.map((ticket) => ticket.id),
      timeZone: lists.timeZone,
    });
  };

  return {
    ...createNamedCustomers({ identity, reads, memory, clock }),

    /** Somebody is about to choose a customer. */
    freshen: (technician: Technician): void => cache.freshen(technician),

    /** What is remembered of a customer, without asking Syncro. */
    remembered: (id: number): Promise<CustomerSummary | null> => memory.get(id),

    /** Who else is called so. */
    alike: (customer: CustomerSummary): Promise<readonly CustomerSummary[]> => memory.alike([customer]),

    /** Under whose name it will be created. @throws AppError */
    author: async (technician: Technician): Promise<Author> => (await identity.writer(technician, 'person')).author,

    /** @throws AppError */
    lists: async (technician: Technician): Promise<CreateLists> => form.lists(await identity.reader(technician)),

    /** @param anew what was read a moment ago is not good enough @throws AppError */
    facts: async (technician: Technician, customerId: number, anew = false): Promise<CustomerFacts> =>
      form.facts(await identity.reader(technician), customerId, anew),

    /** Who of Syncro's customers may be the new one. @throws AppError */
    like: async (technician: Technician, wanted: NewCustomer): Promise<readonly CustomerSummary[]> =>
      (await customersLike(await identity.reader(technician), wanted)).likely,

    /**
     * Starts what was filled in, unless there is a ticket that may be about the same: then what would be sent is kept
     * for `Create anyway`. Pressed twice it is started once.
     * @param seen what the form showed
     * @throws AppError; then nothing was stored
     */
    create: async (
      technician: Technician,
      formId: string,
      choice: CreateChoice,
      seen: SeenInForm = NOTHING_SHOWN,
    ): Promise<Created> => {
      const opening = await opened.own(technician, formId);
      const { caller, author } = await identity.writer(technician, 'person');
      const { customerId, newCustomer = null } = choice;
      const mails = choice.description !== '' && choice.audience === 'email';
      const readAt = clock.now();
      const [lists, tickets, customerName, mail, like] = await Promise.all([
        form.lists(caller),
        customerId === null ? [] : ticketsOf(caller, customerId),
        nameOf(caller, choice),
        mails ? addressOf(caller, choice) : { emailTo: null },
        newCustomer && customersLike(caller, newCustomer),
      ]);
      // Looked for after the tickets were read: what the first of two presses made is not "similar" to the second.
      const before = await runs.byForm(formId);
      if (before && before.technician.slackUser === technician.slackUser) return { result: 'started', run: before };
      const customers = like?.likely.filter(({ id }) => !seen.customers.includes(id)) ?? [];
      if (customers.length > 0) return { result: 'known', customers };
      checkAuthor(seen.authorId, author);
      if (mails && mail.emailTo === null) return { result: 'no_address', customerName };
      checkAddress(seen, mail.emailTo);
      if (choice.priority === null && lists.priority === null && lists.priorities.length > 0)
        return { result: 'no_priority' };
      const customerIds = like?.found.map(({ id }) => id) ?? [];
      const work = workFor(technician, choice, lists, { author, customerName, ...mail, tickets, customerIds });
      if (customerId !== null) await memory.used(customerId, clock.now());
      const open = tickets.filter(({ status }) => !deps.doneStatuses.includes(status));
      const similar = similarTickets(open, choice.subject);
      if (similar.length === 0)
        return { result: 'started', run: await startRun(deps, technician, formId, work, readAt) };
      await opened.keepPreview(opening, work, readAt);
      const people = await deps.lists.people(
        caller,
        similar.map(({ technicianId }) => technicianId),
      );
      const nameFor = (id: number | null) => people.find((one) => one.id === id)?.name ?? null;
      const named = similar.map((ticket) => ({ ticket, technicianName: nameFor(ticket.technicianId) }));
      return { result: 'similar', customerName, similar: named };
    },
  };
};

export type Creating = ReturnType<typeof createCreating>;
