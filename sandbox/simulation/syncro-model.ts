import { AppError, isAppError } from '../../src/shared/errors.ts';
import type { Caller, SyncroReads } from '../../src/syncro/ports.ts';
import type { Write, WriteOutcome } from '../../src/syncro/write.ts';
import type { KeptText } from '../kept-text.ts';
import type { Account } from './account.ts';
import {
  CUSTOMER,
  EMERGENCY,
  type ModelTicket,
  type NewCustomer,
  type NewTicket,
  OTHER_CUSTOMER,
  PRODUCT,
} from './model-rows.ts';
import { createModelTickets } from './model-tickets.ts';
import type { Random } from './random.ts';
import type { SimulatedProcess, VirtualTime } from './virtual-time.ts';

/** How a request is treated: what of it happens, and what is answered. */
export type Fate =
  | 'answered'
  | 'lost' // never arrives, no answer
  | 'unanswered' // arrives, no answer
  | 'late' // no answer; arrives before settling
  | 'too_late' // no answer; arrives after settling
  | 'limited'
  | 'refused'
  | 'not_sent';

/** One request on its way, for the judge of the invariants. */
export type SentWrite = {
  readonly at: number;
  readonly write: Write;
  readonly runId: string | null;
  readonly key: string;
  readonly fate: Fate;
  landedAt: number | null;
};

/** What is read again before something may be sent once more. */
type Read = 'comments' | 'ticket' | 'invoices' | 'customers' | 'tickets';

export type Model = {
  readonly tickets: readonly ModelTicket[];
  readonly sent: SentWrite[];
  /** What was read of a ticket and when it was asked for, for the judge. */
  readonly reads: Array<{
    readonly at: number;
    readonly what: Read;
    /** 0: of the whole account. */
    readonly ticketId: number;
  }>;
  readonly readsFor: (process: SimulatedProcess) => SyncroReads;
  readonly send: (
    process: SimulatedProcess,
    caller: Caller,
    write: Write,
    runId: string | null,
  ) => Promise<WriteOutcome>;
  /** @throws AppError unreachable */
  readonly connect: (process: SimulatedProcess) => Promise<void>;
  readonly down: (isDown: boolean) => void;
  readonly ticketOf: (id: number) => ModelTicket;
  readonly nextId: () => number;
  /** A ticket more. */
  readonly add: (number: number) => ModelTicket;
  /** What was made for people whom Syncro did not know. */
  readonly made: { readonly customers: readonly NewCustomer[]; readonly tickets: readonly NewTicket[] };
  /** What recurring invoices were made. */
  readonly recurring: ModelTicket['invoices'];
  /** A recurring invoice's day. @returns how many lines it took */
  readonly invoiceAll: (customerId: number, flags: boolean) => number;
  /** Somebody does it in Syncro itself. */
  readonly byHand: (write: Write, user: { readonly id: number; readonly name: string }) => void;
};

export type Faults = {
  /** Of each write: the probability of each fate but `answered`. */
  readonly fates: ReadonlyArray<readonly [Fate, number]>;
  readonly failedRead: number;
  readonly settleMs: number;
  readonly keepsText: KeptText;
};

const TIMEOUT_MS = 20_000;

/** What of a row in a list nobody here asks for. */
const UNTOLD = {
  ...{ status: 'New', priority: null, problemType: null, technicianId: null, updatedAt: null, dueAt: null },
  customerReplied: false,
} as const;

/** A Syncro reduced to what billing touches, with its silences; on virtual time. */
export const createModel = (
  time: VirtualTime,
  random: Random,
  faults: Faults,
  users: Readonly<Record<string, { readonly id: number; readonly name: string }>>,
  numbers: readonly number[],
  account: Account,
): Model => {
  const tables = createModelTickets(time, random, numbers, faults.keepsText, account);
  const { tickets, recurring, made, add, nextId, ticketOf, there, seen, land, invoiceAll, whole } = tables;
  let isDown = false;
  const sent: SentWrite[] = [];
  const reads: Model['reads'] = [];

  const fateOf = (): Fate => {
    let roll = random.next();
    for (const [fate, probability] of faults.fates) {
      if (roll < probability) return fate;
      roll -= probability;
    }
    return 'answered';
  };

  const landLater = (ms: number, entry: SentWrite, user: { id: number; name: string }) =>
    new Promise<WriteOutcome>((resolve) =>
      time.after(ms, () => {
        try {
          const { id, number } = land(entry.write, entry.runId, user);
          entry.landedAt = time.now();
          resolve({ outcome: 'landed', id, number });
        } catch (error) {
          if (!isAppError(error)) throw error;
          resolve({ outcome: 'refused', status: 404, message: 'Not found' });
        }
      }),
    );

  const send: Model['send'] = async (process, caller, write, runId) => {
    const key = caller.key.reveal();
    const user = users[key];
    if (!user) return { outcome: 'refused', status: 401, message: 'Not authorized' };
    if (isDown) {
      await time.wait(process, 50);
      return { outcome: 'unclear', why: 'connection reset' };
    }
    const entry: SentWrite = { at: time.now(), write, runId, key, fate: fateOf(), landedAt: null };
    sent.push(entry);
    const slow = random.between(30, random.chance(0.1) ? 15_000 : 600);
    const unclear: WriteOutcome = { outcome: 'unclear', why: 'no answer' };
    switch (entry.fate) {
      case 'answered': {
        const landed = landLater(slow / 2, entry, user);
        await time.wait(process, slow);
        return landed;
      }
      case 'unanswered':
        void landLater(slow / 2, entry, user);
        await time.wait(process, slow);
        return unclear;
      case 'late':
        void landLater(random.between(100, faults.settleMs - 5_000), entry, user);
        await time.wait(process, TIMEOUT_MS);
        return unclear;
      case 'too_late':
        void landLater(random.between(faults.settleMs + 1_000, faults.settleMs * 1.9), entry, user);
        await time.wait(process, TIMEOUT_MS);
        return unclear;
      case 'lost':
        await time.wait(process, random.chance(0.5) ? slow : TIMEOUT_MS);
        return unclear;
      case 'limited':
        await time.wait(process, slow);
        return { outcome: 'limited', retryAfterMs: random.between(1_000, 60_000) };
      case 'refused':
        await time.wait(process, slow);
        return { outcome: 'refused', status: 422, message: 'Try that again' };
      case 'not_sent':
        await time.wait(process, slow);
        return { outcome: 'not_sent', why: 'closed before sending' };
    }
  };

  const readsFor = (process: SimulatedProcess): SyncroReads => {
    const read = async <T>(what: Read | null, id: number, value: () => T): Promise<T> => {
      const asked = time.now();
      await time.wait(process, random.between(20, 500));
      if (isDown || random.chance(faults.failedRead))
        throw new AppError('unreachable', 'no answer', { retryable: true });
      const answer = value();
      if (what) reads.push({ at: asked, what, ticketId: id });
      await time.wait(process, random.between(1, 50));
      return answer;
    };
    const page = <T>(rows: readonly T[]) => ({ rows, page: 1, totalPages: 1 });
    const no = () => Promise.reject(new Error('the model does not answer that'));
    return {
      me: ({ key }) =>
        read(null, 0, () => {
          const user = users[key.reveal()];
          if (!user) throw new AppError('key_refused', 'refused');
          return { userId: user.id, name: user.name, email: null, subdomain: null };
        }),
      findTicket: (_caller, number) =>
        read(null, 0, () => {
          const ticket = tickets.find((one) => one.number === number && one.deletedAt === null);
          return ticket ? whole(ticket.id) : null;
        }),
      ticket: (_caller, id) => read('ticket', id, () => whole(id)),
      comments: (_caller, id) => read('comments', id, () => page([...seen(there(id).comments)].reverse())),
      invoices: (_caller, { ticketId: id }) =>
        id === undefined
          ? read(null, 0, () => page([...tickets.flatMap(({ invoices }) => invoices), ...recurring].reverse()))
          : read('invoices', id, () => page(seen(there(id).invoices))),
      invoice: (_caller, id) =>
        read(null, 0, () => {
          const all = [...tickets.flatMap(({ invoices }) => invoices), ...recurring];
          const invoice = all.find((one) => one.id === id);
          if (!invoice) throw new AppError('not_found', 'no such invoice');
          return invoice;
        }),
      // At once, and without chance: a life of a seed stays the one that it was.
      settings: () =>
        Promise.resolve({
          priorities: [],
          problemTypes: [],
          timeZone: null,
          currencySymbol: null,
          businessHours: null,
        }),
      contracts: () => Promise.resolve(page(account.contracts)),
      schedules: () => Promise.resolve(page(account.schedules)),
      customer: (_caller, id) =>
        read(null, 0, () =>
          id === CUSTOMER.id ? { ...CUSTOMER, prepaidHundredths: account.prepaidHundredths } : OTHER_CUSTOMER,
        ),
      product: (_caller, id) => read(null, 0, () => (id === EMERGENCY.id ? EMERGENCY : PRODUCT)),
      ticketSettings: () =>
        read(null, 0, () => ({
          statuses: ['New', 'Invoiced', 'Charged'],
          technicians: [],
          defaultLaborProductId: null,
        })),
      tickets: (_caller, { customerId }) =>
        read('tickets', 0, () => {
          const theirs = seen(made.tickets).filter((row) => row.customerId === customerId);
          return page(theirs.map((row) => ({ ...UNTOLD, ...row, customerName: '' })));
        }),
      customers: (_caller, { query = '' }) =>
        read('customers', 0, () =>
          page(seen(made.customers).filter(({ name, phone }) => name.includes(query) || phone === query)),
        ),
      listedTickets: no,
      timers: no,
      autocompleteCustomers: no,
      contacts: no,
      products: no,
      users: no,
    };
  };

  return {
    tickets,
    made,
    sent,
    reads,
    readsFor,
    send,
    connect: async (process) => {
      await time.wait(process, random.between(5, 200));
      if (isDown) throw new AppError('unreachable', 'connection refused', { retryable: true });
    },
    down: (value) => {
      isDown = value;
    },
    ticketOf,
    nextId,
    add,
    recurring,
    invoiceAll,
    byHand: (write, user) => void land(write, null, user),
  };
};
