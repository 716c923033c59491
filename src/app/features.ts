import { auditRows, createAudit } from '../features/audit/audit.ts';
import { billRows, createBill } from '../features/bill/bill.ts';
import { closeRows, createClose } from '../features/close/close.ts';
import { commentRows, createComment } from '../features/comment/comment.ts';
import { createCorrect } from '../features/correct/correct.ts';
import { createCreate, createRows } from '../features/create/create.ts';
import { createCustomers, customersRows } from '../features/customers/customers.ts';
import { createDigestFeature, digestsRows } from '../features/digests/digests.ts';
import { createHelp, helpRows } from '../features/help/help.ts';
import { createHome } from '../features/home/home.ts';
import { createKeyFeature, keysRows } from '../features/keys/keys.ts';
import { createLater } from '../features/later/later.ts';
import { createOnMessage } from '../features/on-message/on-message.ts';
import { createReplies } from '../features/replies/replies.ts';
import type { MirrorDeps } from '../features/search/mirror-tickets.ts';
import { createSearch, searchRows } from '../features/search/search.ts';
import { createSessionLogFeature } from '../features/session-logs/session-logs.ts';
import { findNamedTickets, numberOfPage } from '../features/tickets/named-tickets.ts';
import type { TicketForms } from '../features/tickets/ports.ts';
import { createTickets, ticketsRows } from '../features/tickets/tickets.ts';
import { createTime, timeRows } from '../features/time/time.ts';
import { createUpdate, updateRows } from '../features/update/update.ts';
import { decideRun, followRun, watchRun } from '../runs/decide-run.ts';
import { createRunAnswers } from '../runs/slack/buttons.ts';
import { type Confirming, confirmForm } from '../runs/start-run.ts';
import { blockPolicy } from '../shared/labor.ts';
import type { Technician } from '../shared/technician.ts';
import { createCarryOn } from '../slack/carry-on.ts';
import { createParser, type ParseCommand } from '../slack/command.ts';
import { allRows, type CommandRow, type Feature, type Rows } from '../slack/feature.ts';
import type { Surfaces } from '../slack/handlers.ts';
import { readable } from '../slack/html.ts';
import type { Layers } from './layers.ts';

/** What several features use of tickets and runs. */
const sharedUses = (layers: Layers) => {
  const { memory, opened, starting } = layers;
  const getRun = (id: string) => layers.runs.get(id);
  const forms: TicketForms = {
    opened,
    remembered: (number) => memory.recall(number),
    numberOfPage: (technician, id) => numberOfPage(layers, technician, id),
  };
  return {
    ...forms,
    getRun,
    confirmForm: (...[technician, formId, preview, amend]: Parameters<Confirming['confirmForm']>) =>
      confirmForm(starting, technician, formId, preview, amend),
    decideRun: (technician: Technician, id: string, decision: Parameters<typeof decideRun>[3]) =>
      decideRun(starting, technician, id, decision),
    namedTickets: (technician: Technician, refs: Parameters<typeof findNamedTickets>[2]) =>
      findNamedTickets(layers, technician, refs),
  };
};

const mirrorDeps = ({ settings, store, syncro, backgroundCaller, doneStatuses, ...layers }: Layers): MirrorDeps => ({
  ...{ clock: layers.clock, every: layers.every, log: layers.log, owner: layers.owner, reads: syncro.reads },
  ...{ store: store.mirror, index: store.index, lease: store.mirrorLease, traffic: store.traffic },
  ...{ caller: backgroundCaller, doneStatuses, readable, requestsPerMinute: settings.syncro.requests_per_minute },
});

/** What the features stand on, and those of them that others use. */
const openGround = (layers: Layers, parse: () => ParseCommand) => {
  const { config, settings, store, clock, log, lists, kit, runs, reads } = layers;
  const use = sharedUses(layers);
  const onTicket = { ...layers, ...use, promised: store.promises };
  const policy = {
    ...layers.rounding,
    invoiceStatus: layers.invoiceStatus,
    asDraft: settings.billing.invoice_as === 'draft',
    ...{ invoice: settings.billing.invoice, chargedStatus: settings.billing.charged_status ?? null },
    ...blockPolicy(config.labor),
    businessHours: settings.billing.business_hours,
    readsContracts: settings.billing.contracts === 'warn',
  };
  const priced = { policy, labor: config.labor, timers: store.timers };
  const bill = createBill({ ...onTicket, ...priced });
  const comment = createComment(onTicket);
  const time = createTime({ ...onTicket, ...priced, openBillForm: bill.openForm });
  const { timersOf } = time;
  const tickets = createTickets({
    ...layers,
    timersOf,
    settled: store.settled,
    promised: store.promises,
    shown: store.shownLinks,
  });
  const update = createUpdate({
    ...onTicket,
    viewTicket: tickets.viewTicket,
    watchRun: (run, forMs) => watchRun(layers, run, forMs),
  });
  const close = createClose({
    ...onTicket,
    timers: timersOf,
    closeAs: settings.tickets.close_as,
  });
  const create = createCreate({
    ...{ ...use, ...layers.starting, identity: layers.identity, reads, lists, log },
    ...{ memory: store.customers, cache: layers.customerCache, doneStatuses: layers.doneStatuses },
    defaultPriority: settings.tickets.default_priority,
    openCommentForm: comment.openForm,
  });
  const home = createHome({
    ...{ ...layers, reads, getRun: use.getRun, timers: timersOf },
    followRun: (before, forMs) => followRun({ runs, clock }, before, forMs),
  });
  return {
    layers,
    store,
    settings,
    kit,
    use,
    onTicket,
    timersOf,
    parse,
    bill,
    comment,
    time,
    tickets,
    update,
    close,
    create,
    home,
    policy,
  };
};

/** What a feature can be told by typing, and how it is opened. */
type EntryPoint = { readonly rows?: Rows<never>; readonly open: (ground: ReturnType<typeof openGround>) => Feature };

/** Every feature. Help lists what can be typed in this order. */
const FEATURES: readonly EntryPoint[] = [
  { rows: ticketsRows, open: ({ tickets }) => tickets },
  { rows: billRows, open: ({ bill }) => bill },
  { rows: commentRows, open: ({ comment }) => comment },
  { rows: createRows, open: ({ create }) => create },
  {
    rows: updateRows,
    open: ({ update }) => update,
  },
  {
    rows: closeRows,
    open: ({ close }) => close,
  },
  { rows: timeRows, open: ({ time }) => time },
  {
    open: ({ layers, onTicket, store, policy }) =>
      createCorrect({
        ...{ ...onTicket, policy },
        labor: layers.config.labor,
        timersOn: async (number) => {
          const timers = await Promise.all(layers.everybody.map(({ slackUser }) => store.timers.of(slackUser)));
          return layers.everybody.flatMap(({ name }, i) =>
            timers[i]?.some(({ ticketNumber }) => ticketNumber === number) ? [name] : [],
          );
        },
      }),
  },
  {
    rows: searchRows,
    open: ({ layers, onTicket, store, kit }) =>
      createSearch({
        ...{ ...onTicket, downSince: kit.downSince, forgetMirror: () => store.mirror.clear() },
        mirror: layers.index && mirrorDeps(layers),
      }),
  },
  { rows: customersRows, open: ({ layers }) => createCustomers(layers) },
  {
    rows: auditRows,
    open: ({ use, store }) => createAudit({ ...use, auditOf: (number, limit) => store.audit.ofTicket(number, limit) }),
  },
  {
    rows: digestsRows,
    open: ({ layers, store, settings, kit }) =>
      createDigestFeature({
        ...{ ...layers, reads: layers.syncro.reads, stored: store.digests, posts: layers.ports.digestPosts },
        ...{ settled: store.settled, promised: store.promises, inSettings: settings.digests },
        caller: layers.backgroundCaller,
        ...{ channels: kit.channels, technicians: layers.everybody },
      }),
  },
  {
    rows: keysRows,
    open: ({ layers, parse }) =>
      createKeyFeature({
        ...{ ...layers.keys, reads: layers.syncro.reads, identity: layers.identity, technicians: layers.everybody },
        ...{ clock: layers.clock, log: layers.log, carryOn: createCarryOn(parse) },
      }),
  },
  { rows: helpRows, open: () => createHelp({ commands: () => COMMANDS }) },
  { open: ({ home }) => home },
  {
    open: ({ layers, settings }) =>
      createSessionLogFeature({
        ...{ ...layers, readable, ticketUrl: layers.links.ticket, folder: settings.session_logs?.dir },
      }),
  },
  {
    open: ({ use, timersOf, bill, comment, update, close, create }) =>
      createOnMessage({
        ...use,
        ticketOfTimer: async (technician) => {
          const running = (await timersOf(technician)).find(({ state }) => state === 'running')?.timer;
          if (!running) return null;
          return { number: running.ticketNumber, subject: running.subject, customerName: running.customerName };
        },
        billDraft: bill.draftOf,
        openBillForm: bill.openForm,
        openCommentForm: comment.openForm,
        openUpdateForm: update.openForm,
        openCloseForm: close.openForm,
        openCreateForm: create.openForm,
      }),
  },
  { open: ({ use }) => createRunAnswers(use) },
  {
    open: ({ layers, store, kit }) =>
      createLater({
        ...{ ...layers, reads: layers.syncro.reads, promises: store.promises, members: kit.members },
        ...{ caller: layers.backgroundCaller, technicians: layers.everybody },
      }),
  },
  {
    open: ({ layers, store, kit }) =>
      createReplies({
        ...{ ...layers, reads: layers.syncro.reads, memory: store.memory, customers: store.customers },
        ...{ notified: layers.ports.notified, told: layers.ports.toldReplies, caller: layers.backgroundCaller },
        ...{ secret: layers.config.env.SYNCRO_HOOK_SECRET, members: kit.members, technicians: layers.everybody },
      }),
  },
];

/** Everything that can be typed behind `/syncro`, for whoever only reads it: what is done with it takes an app. */
export const COMMANDS: ReadonlyArray<CommandRow<never>> = FEATURES.flatMap(({ rows }) => rows?.commands ?? []);

/** Reads what is typed, for whoever only wants to know what it is. */
export const parseCommand = createParser(COMMANDS);

/** Opens every feature: what people can do with all of them, and what they do by themselves. */
export const openFeatures = (layers: Layers) => {
  const ground = openGround(layers, () => parse);
  const features = FEATURES.map(({ open }) => open(ground));
  const rows = allRows(features);
  const parse = createParser(rows.commands);
  const { home, tickets } = ground;
  const surfaces: Surfaces = {
    ...{ parse, rows, homeOpened: home.opened, aroundHomePress: home.aroundPress, linkShared: tickets.linkShared },
  };
  return {
    surfaces,
    tasks: features.flatMap(({ tasks = [] }) => tasks),
    readsAhead: features.flatMap(({ readsAhead = [] }) => readsAhead),
  };
};
