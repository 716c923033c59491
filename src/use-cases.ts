import type { AccountLists } from './app/account-lists.ts';
import { createClosing } from './app/close-ticket.ts';
import { confirmForm } from './app/confirm-form.ts';
import type { CustomerCache } from './app/customer-cache.ts';
import { decideRun } from './app/decide-run.ts';
import { followRun } from './app/follow-run.ts';
import type { Identity } from './app/identity.ts';
import { knowingIndexed } from './app/know-indexed.ts';
import { readLinkedTickets } from './app/linked-tickets.ts';
import { listOpen } from './app/list-open.ts';
import { findNamedTickets, numberOfPage } from './app/named-tickets.ts';
import { createOpenSnapshots } from './app/open-snapshots.ts';
import { createOpenedForms } from './app/opened-forms.ts';
import type { Clock, Log } from './app/ports/system.ts';
import { createBilling } from './app/prepare-bill.ts';
import { createCommenting } from './app/prepare-comment.ts';
import { createCreating } from './app/prepare-create.ts';
import { createTimeLogging } from './app/prepare-time.ts';
import { createRecentCustomers } from './app/recent-customers.ts';
import { createRecentProducts } from './app/recent-products.ts';
import { rememberingListed } from './app/remember-listed.ts';
import { createCustomerSearch, viewCustomer } from './app/search-customers.ts';
import { createTicketSearch } from './app/search-tickets.ts';
import type { Standing } from './app/standing.ts';
import { createCustomerSuggestions } from './app/suggest-customers.ts';
import { createTicketSuggestions } from './app/suggest-tickets.ts';
import { summarizeTickets } from './app/summarize-tickets.ts';
import { createTimers } from './app/timers.ts';
import { createUpdateForm } from './app/update-form.ts';
import { createUpdating } from './app/update-status.ts';
import { createHomes } from './app/view-home.ts';
import { viewTicket } from './app/view-ticket.ts';
import { watchRun } from './app/watch-run.ts';
import { createUninvoicedWatch } from './app/watch-uninvoiced.ts';
import { writeSessionLog } from './app/write-session-log.ts';
import type { Config } from './config.ts';
import { neverFromBlock } from './domain/labor.ts';
import { createSessionLogs } from './files/session-logs.ts';
import { randomIds } from './ids.ts';
import type { Store } from './open-store.ts';
import type { UseCases } from './slack/deps.ts';
import { readable } from './slack/messages/html.ts';
import { createLinks } from './slack/messages/links.ts';
import type { Syncro } from './syncro/create-syncro.ts';

export type Tied = {
  readonly config: Config;
  readonly store: Store;
  readonly syncro: Syncro;
  readonly identity: Identity;
  readonly lists: AccountLists;
  readonly cache: CustomerCache;
  readonly keys: UseCases['keys'];
  readonly digests: UseCases['digests'];
  readonly standing: Standing;
  readonly clock: Clock;
  readonly log: Log;
  /** Tells the runner that there is something to do. */
  readonly nudge: () => void;
};

/** Ties the use cases to their dependencies. */
export const createUseCases = ({
  config,
  store,
  syncro,
  identity,
  lists,
  cache,
  keys,
  digests,
  standing,
  clock,
  log,
  nudge,
}: Tied): UseCases => {
  const { tickets, billing, search, session_logs } = config.settings;
  const { runs, forms, timers } = store;
  const index = search.local_index ? store.index : null;
  const memory = index ? knowingIndexed(store.memory, index) : store.memory;
  const reads = rememberingListed(syncro.reads, memory);
  const reading = {
    ...{ identity, reads, memory, doneStatuses: tickets.done_statuses },
    customers: createRecentCustomers(reads, clock),
  };
  const searching = { ...reading, index, clock, downSince: () => syncro.health().downSince };
  const logs = session_logs ? createSessionLogs(session_logs.dir) : null;
  const opened = createOpenedForms({ forms, runs, clock, ids: randomIds });
  const choosing = { identity, reads, memory: store.customers, cache, clock };
  const snapshots = createOpenSnapshots({ ...reading, clock });
  const rounding = {
    roundUpToMinutes: billing.round_up_to_minutes,
    minimumMinutes: billing.minimum_minutes,
  };
  const clocks = createTimers({ ...reading, timers, runs, clock, ids: randomIds });
  const starting = { forms, runs, standing, clock, ids: randomIds, nudge };
  const updating = { ...reading, opened, lists, starting, invoiceStatus: billing.invoice_status };
  return {
    viewTicket: (technician, ref) => viewTicket({ ...reading, lists, clock }, technician, ref),
    summarize: (technician) => summarizeTickets({ snapshots }, technician),
    listOpen: (technician, query) => listOpen({ snapshots, identity, lists, clock }, technician, query),
    uninvoiced: createUninvoicedWatch({
      ...reading,
      ...{ settled: store.settled, lists, clock, log },
      invoiceStatus: billing.invoice_status,
    }),
    searchTickets: createTicketSearch(searching),
    searchCustomers: createCustomerSearch({ ...reading, clock }),
    viewCustomer: (technician, id) => viewCustomer(reading, technician, id),
    opened,
    keys,
    remembered: (number) => memory.recall(number),
    digests,
    commenting: createCommenting({ ...reading, opened, clock }),
    suggestCustomers: createCustomerSuggestions({ ...choosing, log }),
    creating: createCreating({
      ...choosing,
      ...starting,
      opened,
      lists,
      doneStatuses: tickets.done_statuses,
      defaultPriority: tickets.default_priority,
    }),
    timers: clocks,
    timeLogging: createTimeLogging({ ...reading, opened, timers, runs, clock, policy: rounding }),
    updating: createUpdating(updating),
    updateForm: createUpdateForm(updating),
    closing: createClosing({ ...reading, opened, lists, starting, clocks: clocks.list, closeAs: tickets.close_as }),
    billing: createBilling({
      ...reading,
      product: createRecentProducts({ ...reading, runs, clock }),
      opened,
      runs,
      clock,
      lists,
      policy: { ...rounding, invoiceStatus: billing.invoice_status, neverFromBlock: neverFromBlock(config.labor) },
    }),
    confirmForm: (technician, formId) => confirmForm(starting, technician, formId),
    decideRun: (technician, id, decision) => decideRun({ runs, clock, nudge }, technician, id, decision),
    writeSessionLog: (technician, number) =>
      writeSessionLog(
        { ...reading, lists, clock, logs, readable, ticketUrl: createLinks(config.webUrl).ticket },
        technician,
        number,
      ),
    namedTickets: (technician, refs) => findNamedTickets(reading, technician, refs),
    numberOfPage: (technician, id) => numberOfPage(reading, technician, id),
    linkedTickets: (technician, channel, ids) =>
      readLinkedTickets({ ...reading, lists, shown: store.shownLinks, clock, log }, technician, channel, ids),
    suggestTickets: createTicketSuggestions(searching),
    auditOf: (number, limit) => store.audit.ofTicket(number, limit),
    getRun: (id) => runs.get(id),
    watchRun: (run, forMs) => watchRun({ runs, clock }, run, forMs),
    followRun: (before, forMs) => followRun({ runs, clock }, before, forMs),
    homes: createHomes({ ...reading, runs, lists, clock, log, timers: clocks.list }),
  };
};
