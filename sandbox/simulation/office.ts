import { createLaborRates } from '../../src/features/bill/labor-rates.ts';
import { createBilling } from '../../src/features/bill/prepare.ts';
import { createRecentProducts } from '../../src/features/bill/recent-products.ts';
import { createIdentity } from '../../src/features/keys/identity.ts';
import { createRecentCustomers } from '../../src/features/tickets/recent-customers.ts';
import { createTimeLogging } from '../../src/features/time/prepare.ts';
import { decideRun } from '../../src/runs/decide-run.ts';
import { createOpenedForms } from '../../src/runs/opened-forms.ts';
import type { Audit, Forms, Runs, Shown, TicketMemory } from '../../src/runs/ports.ts';
import type { Decision, Run } from '../../src/runs/rules/run.ts';
import { createRunner, type Runner } from '../../src/runs/runner.ts';
import type { Standing } from '../../src/runs/standing.ts';
import { confirmForm } from '../../src/runs/start-run.ts';
import type { Ids, Log } from '../../src/shared/system.ts';
import type { Technician } from '../../src/shared/technician.ts';
import { createAccountLists } from '../../src/syncro/account-lists.ts';
import { createCustomerTerms } from '../../src/syncro/customer-terms.ts';
import type { SyncroWrites } from '../../src/syncro/ports.ts';
import type { TicketNumber } from '../../src/syncro/ticket.ts';
import type { Write } from '../../src/syncro/write.ts';
import type { Random } from './random.ts';
import type { Model } from './syncro-model.ts';
import type { SimulatedProcess, VirtualTime } from './virtual-time.ts';

export const SETTLE_MS = 150_000;
const POLL_MS = 10_000;

export type Office = {
  /** Prepares and confirms a bill as its technician does, twice at once now and then. */
  readonly bill: (technician: Technician, number: TicketNumber, comment: string, twice: boolean) => Promise<void>;
  /** Prepares and confirms logged time, twice at once now and then. */
  readonly log: (technician: Technician, number: TicketNumber, notes: string, twice: boolean) => Promise<void>;
  /** Prepares and confirms an invoice of what is charged on the ticket, twice at once now and then. */
  readonly invoice: (technician: Technician, number: TicketNumber, _words: string, twice: boolean) => Promise<void>;
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
  };
  readonly ids: Ids;
  readonly keys: Readonly<Record<string, string>>;
  /** Everything that was shown to people, by run. */
  readonly shown: Map<string, Run[]>;
  readonly trace: (line: string) => void;
  readonly resendEmailComment: 'ask' | 'auto';
  /** Called when somebody begins to look at what an invoice would be. */
  readonly onPreview: (number: number) => void;
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
  if (write.kind === 'invoice_delete')
    return model.tickets.find(({ invoices }) => invoices.some(({ id }) => id === write.invoiceId))?.id ?? null;
  return 'ticketId' in write ? write.ticketId : null;
};

/** One process of the app, with the real use cases and the real journal. */
export const openOffice = (shared: Shared, name: string, isGone: (owner: string) => boolean): Office => {
  const { time, model, ids, trace } = shared;
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
    // Polling is slowed down: idle polls are most of a simulated hour and decide nothing.
    every: (ms, task) => time.every(process, Math.max(ms, POLL_MS), task),
    owner: name,
    isGone,
    notifier: {
      show: async ({ run, notice }): Promise<Shown> => {
        await time.wait(process, shared.random.between(5, 300));
        if (shared.random.chance(0.03)) throw new Error('Slack is away');
        shared.shown.set(run.id, [...(shared.shown.get(run.id) ?? []), run]);
        return { result: 'shown', notice: notice ?? { channel: 'D1', ts: run.id } };
      },
    },
  });
  const policy = {
    invoiceStatus: 'Invoiced',
    roundUpToMinutes: 1,
    minimumMinutes: 0,
    fromBlock: [],
    neverFromBlock: [],
    businessHours: 'off',
    readsContracts: true,
    invoice: 'now',
    chargedStatus: null,
  } as const;
  const opened = createOpenedForms({ forms, runs, clock, ids });
  const lists = createAccountLists(reads, clock);
  const billing = createBilling({
    reads,
    memory,
    customers: createRecentCustomers(reads, clock),
    product: createRecentProducts({ reads, runs, clock }),
    rates: createLaborRates(reads, clock),
    identity,
    opened,
    runs,
    clock,
    lists,
    terms: createCustomerTerms(reads, clock),
    timers: { get: () => Promise.resolve(null) },
    labor: [],
    policy,
  });
  const timeLogging = createTimeLogging({
    ...{ reads, memory, identity, opened, runs, clock, policy },
    timers: { get: () => Promise.resolve(null) },
  });
  runner.start();

  const confirm = (technician: Technician, formId: string) =>
    confirmForm({ forms, runs, standing, clock, ids, nudge: () => runner.nudge() }, technician, formId);

  const press = async (technician: Technician, formId: string, twice: boolean, withinMs = 20_000): Promise<void> => {
    await time.wait(process, shared.random.between(500, withinMs));
    const once = () => confirm(technician, formId);
    await Promise.all(twice ? [once(), once()] : [once()]);
  };

  return {
    process,
    runner,
    bill: async (technician, number, comment, twice) => {
      const labor = { word: 'remote', productId: 1190473, note: null, debitsPrepaid: true };
      const formId = await opened.open(technician, { ticketNumber: number });
      await billing.preview(technician, formId, { workedMinutes: 45, labor, comment, audience: 'email' });
      await press(technician, formId, twice);
    },
    log: async (technician, number, notes, twice) => {
      const labor = { word: 'remote', productId: 1190473, note: null, debitsPrepaid: true };
      const formId = await opened.open(technician, { ticketNumber: number });
      await timeLogging.preview(technician, formId, { minutes: 42, labor, notes });
      await press(technician, formId, twice);
    },
    invoice: async (technician, number, _words, twice) => {
      const formId = await opened.open(technician, { ticketNumber: number });
      await billing.previewInvoice(technician, formId);
      shared.onPreview(number);
      await press(technician, formId, twice, 120_000);
    },
    decide: async (technician, runId, decision) => {
      await decideRun({ runs, clock, nudge: () => runner.nudge() }, technician, runId, decision);
    },
  };
};
