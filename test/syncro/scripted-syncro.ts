import type { Keys } from '../../src/features/keys/ports.ts';
import type { AdvanceDeps } from '../../src/runs/advance-run.ts';
import type { Notice, Notifier } from '../../src/runs/ports.ts';
import type { Run } from '../../src/runs/rules/run.ts';
import type { Standing } from '../../src/runs/standing.ts';
import { AppError } from '../../src/shared/errors.ts';
import { roundCents, sumCents } from '../../src/shared/money.ts';
import type { Clock, Log } from '../../src/shared/system.ts';
import type { Technician } from '../../src/shared/technician.ts';
import type { CustomerSummary } from '../../src/syncro/customer.ts';
import type { Invoice } from '../../src/syncro/invoice.ts';
import type { ApiKey, Caller, Me, Page, SyncroWrites } from '../../src/syncro/ports.ts';
import type { Comment, Contact, LineItem, Ticket, TicketSummary } from '../../src/syncro/ticket.ts';
import type { Write, WriteKind, WriteOutcome } from '../../src/syncro/write.ts';
import {
  aComment,
  aCustomer,
  aLineItem,
  anInvoice,
  anInvoiceLine,
  aTicket,
  howard,
  mike,
  noon,
} from '../runs/rules/a-ticket.ts';

export type ManualClock = Clock & { at: number };

/** Stands at noon until a test moves it; sleeping moves it too. */
export const aManualClock = (): ManualClock => {
  const clock: ManualClock = {
    at: noon,
    now: () => clock.at,
    sleep: (ms) => {
      clock.at += ms;
      return Promise.resolve();
    },
  };
  return clock;
};

export const aKey = (secret: string): ApiKey => ({ reveal: () => secret });

/** Whose key is whose, by Slack user; `shared` under that word. */
export const someKeys = (secrets: Readonly<Record<string, string>>): Keys => {
  const keyOf = (name: string) => Promise.resolve(secrets[name] === undefined ? null : aKey(secrets[name]));
  return {
    own: (technician: Technician) => keyOf(technician.slackUser),
    shared: () => keyOf('shared'),
    sharedProblem: () => Promise.resolve(null),
    status: ({ slackUser }) =>
      Promise.resolve({
        origin: secrets[slackUser] === undefined ? null : 'environment',
        connectedAt: null,
        verifiedAt: null,
        problems: [],
      }),
    verified: () => Promise.resolve(),
  };
};

/** Nobody has left. */
export const everybodyMay: Standing = { of: () => Promise.resolve({ may: 'yes' }) };

export const aQuietLog: Log = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

export type RecordingNotifier = Notifier & {
  readonly shown: Array<{ readonly run: Run; readonly notice: Notice | null }>;
};

/** Takes every message; `failing` makes it throw as Slack does when it is away. */
export const aNotifier = (failing: () => boolean = () => false): RecordingNotifier => {
  const shown: RecordingNotifier['shown'] = [];
  return {
    shown,
    show: ({ run, notice }) => {
      if (failing()) return Promise.reject(new Error('Slack is away'));
      shown.push({ run, notice });
      return Promise.resolve({ result: 'shown', notice: notice ?? { channel: 'D1', ts: `1.${shown.length}` } });
    },
  };
};

/** What a send does: `lands`; `lands` without an answer, now or later; or nothing happens and this is the answer. */
type Behaviour = 'lands' | 'lands unanswered' | { readonly landsAfterMs: number } | WriteOutcome;

export type ScriptedSyncro = {
  readonly reads: AdvanceDeps['reads'] & { me(caller: Caller): Promise<Me> };
  readonly writes: SyncroWrites;
  /** Every request that left, in order. */
  readonly sent: Write[];
  /** The kinds of what left. */
  readonly kinds: () => WriteKind[];
  /** What the next sends of this kind do; after that they land. */
  script(kind: WriteKind, ...behaviours: Behaviour[]): void;
  /** Looks into the world while a request leaves. */
  onSend: (write: Write) => Promise<void> | void;
  /** Looks into the world, or throws, when a place at the limiter is taken. */
  onPrepare: (write: Write) => Promise<void> | void;
  /** Thrown by every read, when set. */
  failing: Error | null;
  abandoned: number;
  readsOf: Record<string, number>;
  comments: Comment[];
  lineItems: LineItem[];
  invoices: Invoice[];
  /** The customer's tickets. */
  tickets: TicketSummary[];
  /** Everybody. */
  customers: CustomerSummary[];
  status: string;
  /** What else of the ticket is not as it was at first. */
  changed: Partial<Ticket>;
  prepaidHundredths: number | null;
  /** Changes what Syncro makes of an invoice. */
  bill: (invoice: Invoice) => Invoice;
  /** By the secret of the key. */
  users: Record<string, Me>;
};

const meOf = ({ syncroUserId, name }: Technician): Me => ({
  userId: syncroUserId,
  name,
  email: null,
  subdomain: 'computerguru',
});

const pageOf = <T>(rows: readonly T[]): Page<T> => ({ rows, page: 1, totalPages: 1 });

/** One ticket in a Syncro that does as it is told. Records carry the clock's time and Howard's name. */
export const aScriptedSyncro = (clock: Clock): ScriptedSyncro => {
  const scripts = new Map<WriteKind, Behaviour[]>();
  let lastId = 1_000;
  let onTheirWay: ReadonlyArray<{ readonly at: number; readonly write: Write }> = [];

  /** Lands what was under way for long enough. */
  const arrive = (): void => {
    const due = onTheirWay.filter(({ at }) => at <= clock.now());
    onTheirWay = onTheirWay.filter(({ at }) => at > clock.now());
    for (const { at, write } of due) land(write, at);
  };

  const read = <T>(what: string, value: () => T): Promise<T> => {
    arrive();
    syncro.readsOf[what] = (syncro.readsOf[what] ?? 0) + 1;
    return syncro.failing ? Promise.reject(syncro.failing) : Promise.resolve(value());
  };

  const ticket = (): Ticket =>
    aTicket({ comments: syncro.comments, lineItems: syncro.lineItems, status: syncro.status, ...syncro.changed });

  const invoiceOf = (id: number, createdAt: number): Invoice => {
    const lines = syncro.lineItems.map((line) => anInvoiceLine({ ...line, id: line.id + 10_000 }));
    const totalCents = roundCents(sumCents(syncro.lineItems));
    return syncro.bill(anInvoice({ id, number: `N${id}`, createdAt, lines, totalCents }));
  };

  const land = (write: Write, createdAt = clock.now()): { id: number | null; number: string | null } => {
    lastId += 1;
    const id = lastId;
    if (write.kind === 'comment')
      syncro.comments = [
        aComment({ id, body: write.body, hidden: write.audience === 'internal', createdAt }),
        ...syncro.comments,
      ];
    else if (write.kind === 'line_item')
      syncro.lineItems = [...syncro.lineItems, aLineItem({ id, ...write.item, createdAt })];
    else if (write.kind === 'line_item_remove')
      syncro.lineItems = syncro.lineItems.filter((line) => line.id !== write.lineItemId);
    else if (write.kind === 'invoice') syncro.invoices = [...syncro.invoices, invoiceOf(id, createdAt)];
    else if (write.kind === 'invoice_delete')
      syncro.invoices = syncro.invoices.filter((invoice) => invoice.id !== write.invoiceId);
    else if (write.kind === 'ticket_update') syncro.status = write.fields.status ?? syncro.status;
    else throw new Error(`This Syncro takes no ${write.kind}`);
    return { id, number: write.kind === 'invoice' ? `N${id}` : null };
  };

  const unanswered: WriteOutcome = { outcome: 'unclear', why: 'no answer within 20 s' };

  const send = async (write: Write): Promise<WriteOutcome> => {
    syncro.sent.push(write);
    await syncro.onSend(write);
    const behaviour = scripts.get(write.kind)?.shift() ?? 'lands';
    arrive();
    if (behaviour === 'lands') return { outcome: 'landed', ...land(write) };
    if (behaviour === 'lands unanswered') land(write);
    else if ('outcome' in behaviour) return behaviour;
    else onTheirWay = [...onTheirWay, { at: clock.now() + behaviour.landsAfterMs, write }];
    return unanswered;
  };

  const syncro: ScriptedSyncro = {
    reads: {
      ticket: () => read('ticket', ticket),
      tickets: () => read('tickets', () => pageOf(syncro.tickets)),
      customers: () => read('customers', () => pageOf(syncro.customers)),
      comments: () => read('comments', () => pageOf(syncro.comments)),
      invoices: () => read('invoices', () => pageOf(syncro.invoices)),
      invoice: (_caller, id) =>
        read('invoice', () => {
          const found = syncro.invoices.find((invoice) => invoice.id === id);
          if (!found) throw new AppError('not_found', 'No such invoice.');
          return found;
        }),
      customer: () => read('customer', () => aCustomer({ prepaidHundredths: syncro.prepaidHundredths })),
      contacts: () => read('contacts', () => pageOf<Contact>([])),
      me: (caller) =>
        read('me', () => {
          const me = syncro.users[caller.key.reveal()];
          if (!me) throw new AppError('key_refused', 'Syncro refused your key.');
          return me;
        }),
    },
    writes: {
      prepare: async (_caller, write) => {
        await syncro.onPrepare(write);
        return {
          send: () => send(write),
          abandon: () => {
            syncro.abandoned += 1;
          },
        };
      },
    },
    sent: [],
    kinds: () => syncro.sent.map(({ kind }) => kind),
    script: (kind, ...behaviours) => void scripts.set(kind, behaviours),
    onSend: () => {},
    onPrepare: () => {},
    failing: null,
    abandoned: 0,
    readsOf: {},
    comments: [],
    lineItems: [],
    invoices: [],
    tickets: [],
    customers: [],
    status: 'In Progress',
    changed: {},
    prepaidHundredths: null,
    bill: (invoice) => invoice,
    users: { 'howards-key': meOf(howard), 'mikes-key': meOf(mike) },
  };
  return syncro;
};
