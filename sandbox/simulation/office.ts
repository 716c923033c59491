import { createLaborRates } from '../../src/features/bill/labor-rates.ts';
import { createBilling } from '../../src/features/bill/prepare.ts';
import { createRecentProducts } from '../../src/features/bill/recent-products.ts';
import { createDeletion } from '../../src/features/correct/deletion.ts';
import { createCorrecting } from '../../src/features/correct/prepare.ts';
import type { CreateChoice } from '../../src/features/create/plan.ts';
import { createCreating } from '../../src/features/create/prepare.ts';
import type { CustomerMemory } from '../../src/features/customers/ports.ts';
import { createIdentity } from '../../src/features/keys/identity.ts';
import { createLineWatch } from '../../src/features/later/line-watch.ts';
import type { LateBoard, Promises } from '../../src/features/later/ports.ts';
import { createRecentCustomers } from '../../src/features/tickets/recent-customers.ts';
import { createTimeLogging } from '../../src/features/time/prepare.ts';
import { decideRun } from '../../src/runs/decide-run.ts';
import { createOpenedForms } from '../../src/runs/opened-forms.ts';
import type { Audit, Followed, Forms, Notifier, Runs, Shown, TicketMemory } from '../../src/runs/ports.ts';
import { promisingLines } from '../../src/runs/promise-lines.ts';
import type { BillPlan } from '../../src/runs/rules/bill-plan.ts';
import type { Target } from '../../src/runs/rules/correction.ts';
import type { Decision, Run } from '../../src/runs/rules/run.ts';
import type { Work } from '../../src/runs/rules/work.ts';
import { createRunner, type Runner } from '../../src/runs/runner.ts';
import type { Standing } from '../../src/runs/standing.ts';
import { confirmForm } from '../../src/runs/start-run.ts';
import type { Ids, Log } from '../../src/shared/system.ts';
import type { Technician } from '../../src/shared/technician.ts';
import { createAccountLists } from '../../src/syncro/account-lists.ts';
import { createCustomerTerms } from '../../src/syncro/customer-terms.ts';
import type { SyncroWrites } from '../../src/syncro/ports.ts';
import type { Write } from '../../src/syncro/write.ts';
import { EMERGENCY, PRODUCT } from './model-rows.ts';
import { createMoreWork, LABOR, type MoreWork, type Prepare, REMOTE } from './more-work.ts';
import type { Random } from './random.ts';
import type { Model } from './syncro-model.ts';
import type { SimulatedProcess, VirtualTime } from './virtual-time.ts';

export const SETTLE_MS = 150_000;
const POLL_MS = 10_000;

/** Hears of lines that no invoice took. */
export const BILLER: Technician = { slackUser: 'U012BEA', name: 'Bea Lang', syncroUserId: 1790, role: 'biller' };

export type Office = MoreWork & {
  /** A bill as its technician makes it. */
  readonly bill: Prepare;
  /** Logged time. */
  readonly log: Prepare;
  /** An invoice of what is charged on the ticket. */
  readonly invoice: Prepare;
  /** A ticket of a customer whom Syncro does not know yet. */
  readonly create: Prepare;
  readonly decide: (technician: Technician, runId: string, decision: Decision) => Promise<void>;
  readonly process: SimulatedProcess;
  readonly runner: Runner;
};

export type Shared = {
  readonly time: VirtualTime;
  readonly random: Random;
  readonly model: Model;
  readonly journal: {
    readonly runs: Runs;
    readonly forms: Forms;
    readonly memory: TicketMemory;
    readonly audit: Audit;
    readonly promises: Promises;
    readonly customers: CustomerMemory;
  };
  /** What is newer than the first lives takes its chances from here, and leaves those as they were. */
  readonly others: Random;
  /** A checked invoice is made a draft. */
  readonly asDraft: boolean;
  readonly ids: Ids;
  readonly keys: Readonly<Record<string, string>>;
  /** Everything that was shown to people, by run. */
  readonly shown: Map<string, Run[]>;
  /** What the receipt of a charge says by now of what became of it. */
  readonly followed: Map<string, Followed>;
  /** Who was told of which runs' lines, and when. */
  readonly told: Array<{ readonly at: number; readonly slackUser: string; readonly runIds: readonly string[] }>;
  readonly trace: (line: string) => void;
  readonly resendEmailComment: 'ask' | 'auto';
  /** Called when somebody begins to look at what an invoice would be. */
  readonly onPreview: (number: number) => void;
  /** Called when somebody has read a preview's warnings and presses. */
  readonly onGoOn: (formId: string, plan: BillPlan) => void;
  /** Called when somebody looks at what they are about to change. `null`: the whole ticket. */
  readonly onChange: (number: number, target: Target | null) => void;
  /** Called at the instant of a send. @returns the run that sends */
  readonly onSend: (process: SimulatedProcess, ticketId: number | null) => Promise<string | null>;
};

type AnyFunction = (...args: never[]) => unknown;

/** Puts a moment before and after every call, in which the process may die, be stopped, or others may act. */
const interruptible = <T extends object>(port: T, process: SimulatedProcess, { time, random }: Shared): T =>
  new Proxy(port, {
    get: (target, name, receiver) => {
      const method: unknown = Reflect.get(target, name, receiver);
      if (typeof method !== 'function') return method;
      return async (...args: never[]) => {
        await time.wait(process, random.between(0, 3));
        const result = await (method as AnyFunction).apply(target, args);
        // The most dangerous sleep of all: the intent is recorded, nothing is sent, and the lease runs out meanwhile.
        if (name === 'saveIntent' && random.chance(0.02))
          process.frozenUntil = time.now() + random.between(50_000, 500_000);
        await time.wait(process, random.between(0, 3));
        return result;
      };
    },
  });

const ticketIdOf = (write: Write, model: Model): number | null => {
  if (write.kind === 'invoice_delete' || write.kind === 'invoice_draft')
    return model.tickets.find(({ invoices }) => invoices.some(({ id }) => id === write.invoiceId))?.id ?? null;
  return 'ticketId' in write ? write.ticketId : null;
};

/** How often an office polls, and whether it looks for charged lines. */
type Hours = { readonly pollMs: number; readonly looksForLines: boolean };

const BY_DAY: Hours = { pollMs: POLL_MS, looksForLines: false };

/** One process of the app, with the real use cases and the real journal. */
export const openOffice = (
  shared: Shared,
  name: string,
  isGone: (owner: string) => boolean,
  { pollMs, looksForLines }: Hours = BY_DAY,
): Office => {
  const { time, model, ids, trace, others } = shared;
  const process: SimulatedProcess = { name, alive: true, frozenUntil: 0 };
  // A process knows of nothing that happened to the clock before it began.
  const [openedAt, setBefore] = [time.wall(), time.setAt()];
  const clock = {
    now: time.wall,
    sleep: (ms: number) => time.wait(process, ms),
    setAt: () => (time.setAt() === setBefore ? openedAt : time.setAt()),
  };
  const runs = interruptible(shared.journal.runs, process, shared);
  const forms = interruptible(shared.journal.forms, process, shared);
  const memory = interruptible(shared.journal.memory, process, shared);
  const reads = model.readsFor(process);
  const log: Log = {
    debug: () => undefined,
    info: (fields, message) => trace(`${name}: ${message} ${JSON.stringify(fields)}`),
    warn: (fields, message) => trace(`${name}: ${message} ${JSON.stringify(fields)}`),
    error: (fields, message) => {
      const { err } = fields as { err?: unknown };
      trace(`${name}: ERROR ${message} ${err instanceof Error ? err.stack : JSON.stringify(fields)}`);
    },
  };
  const secret = (user: string) => shared.keys[user];
  const identity = createIdentity({
    reads,
    clock,
    sharedWrites: false,
    keys: {
      own: ({ slackUser }) => {
        const key = secret(slackUser);
        return Promise.resolve(key === undefined ? null : { reveal: () => key });
      },
      shared: () => Promise.resolve(null),
    },
  });
  const writes: SyncroWrites = {
    prepare: async (caller, write) => {
      await model.connect(process);
      return {
        abandon: () => trace(`${name}: abandons ${write.kind}`),
        send: async () => {
          trace(`${name}: sends ${write.kind}`);
          const runId = await shared.onSend(process, ticketIdOf(write, model));
          return model.send(process, caller, write, runId);
        },
      };
    },
  };
  const settings = { settleMs: SETTLE_MS, resendEmailComment: shared.resendEmailComment };
  const standing: Standing = { of: () => Promise.resolve({ may: 'yes' }) };
  const promises = interruptible(shared.journal.promises, process, shared);
  // Polling is slowed down: idle polls are most of a simulated hour and decide nothing.
  const every = (ms: number, task: () => void) => time.every(process, Math.max(ms, pollMs), task);
  const notifier: Notifier = {
    show: async ({ run, notice, followed }): Promise<Shown> => {
      await time.wait(process, shared.random.between(5, 300));
      if (shared.random.chance(0.03)) throw new Error('Slack is away');
      shared.shown.set(run.id, [...(shared.shown.get(run.id) ?? []), run]);
      if (followed) shared.followed.set(run.id, followed);
      return { result: 'shown', notice: notice ?? { channel: 'D1', ts: run.id } };
    },
  };
  const runner = createRunner({
    reads,
    writes,
    identity,
    standing,
    runs,
    audit: interruptible(shared.journal.audit, process, shared),
    clock,
    log,
    settings,
    every,
    owner: name,
    isGone,
    notifier: promisingLines(notifier, promises),
  });
  const policy = {
    invoiceStatus: 'Invoiced',
    roundUpToMinutes: 1,
    minimumMinutes: 0,
    fromBlock: [PRODUCT.id, EMERGENCY.id],
    neverFromBlock: [],
    businessHours: 'off',
    readsContracts: true,
    invoice: 'now',
    chargedStatus: 'Charged',
    asDraft: shared.asDraft,
  } as const;
  const noTimers = { get: () => Promise.resolve(null) };
  const opened = createOpenedForms({ forms, runs, timers: noTimers, clock, ids });
  const lists = createAccountLists(reads, clock);
  const terms = createCustomerTerms(reads, clock);
  const customers = createRecentCustomers(reads, clock);
  const billing = createBilling({
    reads,
    memory,
    customers,
    product: createRecentProducts({ reads, runs, clock }),
    rates: createLaborRates(reads, clock),
    identity,
    opened,
    runs,
    clock,
    lists,
    terms,
    timers: noTimers,
    promised: promises,
    labor: [],
    policy,
  });
  const timeLogging = createTimeLogging({
    ...{ reads, memory, identity, opened, runs, clock, lists, terms, policy, labor: LABOR },
    timers: noTimers,
  });
  const board: LateBoard = {
    tell: async ({ slackUser }, late) => {
      await time.wait(process, others.between(5, 300));
      if (others.chance(0.1)) return { result: 'not_sent' };
      const isUnclear = others.chance(0.15);
      if (isUnclear && others.chance(0.5)) return { result: 'unclear' };
      shared.told.push({ at: time.now(), slackUser, runIds: late.map(({ run }) => run.id) });
      await time.wait(process, others.between(5, 300));
      return isUnclear ? { result: 'unclear' } : { result: 'posted', ts: '1' };
    },
    find: async ({ slackUser }, runId) => {
      await time.wait(process, others.between(5, 300));
      if (others.chance(0.05)) throw new Error('Slack is away');
      const isThere = shared.told.some((one) => one.slackUser === slackUser && one.runIds.includes(runId));
      return isThere ? { result: 'found', ts: '1' } : { result: 'absent' };
    },
  };
  const watch = createLineWatch({
    ...{ promises, runs, reads, terms, board, technicians: [BILLER], clock, log, every, owner: name },
    caller: () => identity.reader(BILLER),
  });
  runner.start();
  if (looksForLines) watch.start();

  const press = async (
    technician: Technician,
    formId: string,
    twice: boolean,
    withinMs = 20_000,
    amend?: (work: Work) => Work,
  ): Promise<void> => {
    await time.wait(process, shared.random.between(500, withinMs));
    const confirming = {
      forms,
      runs,
      timers: noTimers,
      standing,
      clock,
      ids,
      nudge: () => runner.nudge(),
    };
    const once = () => confirmForm(confirming, technician, formId, null, amend);
    await Promise.all(twice ? [once(), once()] : [once()]);
  };
  const more = createMoreWork({
    ...{ others, billing, opened, press, onGoOn: shared.onGoOn, onChange: shared.onChange },
    correcting: createCorrecting({
      ...{ reads, memory, identity, opened, lists, clock, customers, terms, runs, policy },
      ...{ promised: promises, labor: LABOR },
    }),
    deletion: createDeletion({ reads, memory, identity, opened, lists, clock, timersOn: () => Promise.resolve([]) }),
  });

  const creating = createCreating({
    ...{ reads, identity, opened, lists, clock, runs, standing, ids, nudge: () => runner.nudge() },
    ...{ memory: shared.journal.customers, cache: { freshen: () => undefined } },
    ...{ doneStatuses: ['Resolved'], defaultPriority: 'Normal', timers: { get: () => Promise.resolve(null) } },
  });

  return {
    ...more,
    process,
    runner,
    bill: async (technician, number, comment, twice) => {
      const formId = await opened.open(technician, { ticketNumber: number });
      const choice = { workedMinutes: 45, labor: REMOTE, comment, audience: 'email' } as const;
      const { plan } = await billing.preview(technician, formId, choice);
      shared.onGoOn(formId, plan);
      await press(technician, formId, twice);
    },
    log: async (technician, number, notes, twice) => {
      const formId = await opened.open(technician, { ticketNumber: number });
      await timeLogging.preview(technician, formId, { minutes: 42, labor: REMOTE, notes });
      await press(technician, formId, twice);
    },
    invoice: async (technician, number, _words, twice) => {
      const formId = await opened.open(technician, { ticketNumber: number });
      await billing.previewInvoice(technician, formId);
      shared.onPreview(number);
      await press(technician, formId, twice, 120_000);
    },
    create: async (technician, _number, subject, twice) => {
      const formId = await opened.open(technician, { ticketNumber: null });
      const newCustomer = { name: 'Zebra Print 🎉', phone: '602 555 0177', email: null };
      const choice: CreateChoice = {
        ...{ customerId: null, newCustomer, contactId: null, subject, description: '', audience: 'internal' },
        ...{ priority: null, technicianId: null, problemType: null, dueDate: null },
      };
      const once = () => creating.create(technician, formId, choice);
      await Promise.any(twice ? [once(), once()] : [once()]).catch((error: AggregateError) => {
        throw error.errors[0];
      });
    },
    decide: async (technician, runId, decision) => {
      await decideRun({ runs, clock, nudge: () => runner.nudge() }, technician, runId, decision);
    },
  };
};
