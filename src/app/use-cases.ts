import type { Config } from '../config/config.ts';
import { createBilling } from '../features/bill/prepare.ts';
import { createRecentProducts } from '../features/bill/recent-products.ts';
import { createClosing } from '../features/close/close.ts';
import { createCommenting } from '../features/comment/prepare.ts';
import { createCreating } from '../features/create/prepare.ts';
import type { CustomerCache } from '../features/customers/customer-cache.ts';
import { createCustomerSearch, viewCustomer } from '../features/customers/search-customers.ts';
import { createCustomerSuggestions } from '../features/customers/suggest-customers.ts';
import { createHomes } from '../features/home/home.ts';
import { knowingIndexed } from '../features/search/know-indexed.ts';
import { createTicketSearch } from '../features/search/search-tickets.ts';
import { createTicketSuggestions } from '../features/search/suggest-tickets.ts';
import { createSessionLogs } from '../features/session-logs/files.ts';
import { writeSessionLog } from '../features/session-logs/write.ts';
import { readLinkedTickets } from '../features/tickets/linked-tickets.ts';
import { listOpen } from '../features/tickets/list-open.ts';
import { findNamedTickets, numberOfPage } from '../features/tickets/named-tickets.ts';
import { createOpenSnapshots } from '../features/tickets/open-snapshots.ts';
import { createRecentCustomers } from '../features/tickets/recent-customers.ts';
import { rememberingListed } from '../features/tickets/remember-listed.ts';
import { summarizeTickets } from '../features/tickets/summarize-tickets.ts';
import { viewTicket } from '../features/tickets/view-ticket.ts';
import { createUninvoicedWatch } from '../features/tickets/watch-uninvoiced.ts';
import { createTimeLogging } from '../features/time/prepare.ts';
import { createTimers } from '../features/time/timers.ts';
import { createUpdateForm } from '../features/update/update-form.ts';
import { createUpdating } from '../features/update/update-status.ts';
import { confirmForm } from '../runs/confirm-form.ts';
import { followRun } from '../runs/follow-run.ts';
import { createOpenedForms } from '../runs/opened-forms.ts';
import type { Standing } from '../runs/standing.ts';
import { decideRun } from '../runs/take-decision.ts';
import { watchRun } from '../runs/watch-run.ts';
import { randomIds } from '../shared/ids.ts';
import { neverFromBlock } from '../shared/labor.ts';
import type { Clock, Log } from '../shared/system.ts';
import { readable } from '../slack/html.ts';
import { createLinks } from '../slack/links.ts';
import type { AccountLists } from '../syncro/account-lists.ts';
import type { Syncro } from '../syncro/create-syncro.ts';
import type { Identity } from '../syncro/identity.ts';
import type { UseCases } from './deps.ts';
import type { Store } from './store.ts';

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
    viewTicket: (technician, ref) => viewTicket({ ...reading, lists }, technician, ref),
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
