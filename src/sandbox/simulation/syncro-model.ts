import type { Caller, SyncroReads } from '../../app/ports.ts';
import type { Customer } from '../../domain/customer.ts';
import type { Invoice } from '../../domain/invoice.ts';
import type { Product } from '../../domain/labor.ts';
import { toHundredths } from '../../domain/minutes.ts';
import { lineAmountCents } from '../../domain/money.ts';
import {
  type Comment,
  type LineItem,
  type Ticket,
  type TicketId,
  type TimerEntry,
  ticketId,
  ticketNumber,
} from '../../domain/ticket.ts';
import type { Write, WriteOutcome } from '../../domain/write.ts';
import { AppError } from '../../errors.ts';
import type { Random } from './random.ts';
import type { SimulatedProcess, VirtualTime } from './virtual-time.ts';

export const PRODUCT: Product = {
  id: 1190473,
  name: 'Labor - Remote Business',
  rateCents: 15_000,
  taxable: false,
  disabled: false,
};
const CUSTOMER: Customer = {
  id: 33_401_001,
  name: 'Jerry Burger',
  personName: null,
  email: 'jerry@customer.example',
  phone: null,
  city: null,
  prepaidHundredths: null,
  noEmail: false,
  contacts: [],
};

/** Read replicas may lag: a record is seen from `visibleAt` on. */
type Seen<T> = T & {
  readonly visibleAt: number;
  /** The run whose request made it; the app never sees this. */
  readonly madeBy: string | null;
};

export type ModelTicket = {
  readonly id: TicketId;
  readonly number: number;
  status: string;
  comments: Array<Seen<Comment>>;
  lines: Array<Seen<LineItem>>;
  invoices: Array<Seen<Invoice>>;
  /** Their `recorded` is seen from `recordedAt` on. */
  timers: Array<Seen<TimerEntry> & { recordedAt: number }>;
};

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

export type Model = {
  readonly tickets: readonly ModelTicket[];
  readonly sent: SentWrite[];
  /** What was read of a ticket and when it was asked for, for the judge. */
  readonly reads: Array<{
    readonly at: number;
    readonly what: 'comments' | 'ticket' | 'invoices';
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
};

export type Faults = {
  /** Of each write: the probability of each fate but `answered`. */
  readonly fates: ReadonlyArray<readonly [Fate, number]>;
  readonly failedRead: number;
  readonly settleMs: number;
};

const TIMEOUT_MS = 20_000;
const MOST_LAG_MS = 2_000;

const isoOf = (at: number): number => Math.floor(at / 1000) * 1000;

/** A Syncro reduced to what billing touches, with its silences; on virtual time. */
export const createModel = (
  time: VirtualTime,
  random: Random,
  faults: Faults,
  users: Readonly<Record<string, { readonly id: number; readonly name: string }>>,
  numbers: readonly number[],
): Model => {
  let lastId = 5_000;
  let isDown = false;
  const nextId = (): number => {
    lastId += 1;
    return lastId;
  };
  const tickets: ModelTicket[] = numbers.map((number, i) => ({
    id: ticketId(108_443_837 + i),
    number,
    status: 'New',
    comments: [],
    lines: [],
    invoices: [],
    timers: [],
  }));
  const sent: SentWrite[] = [];
  const reads: Model['reads'] = [];

  const ticketOf = (id: number): ModelTicket => {
    const ticket = tickets.find((one) => one.id === id);
    if (!ticket) throw new AppError('not_found', 'no such ticket');
    return ticket;
  };
  const visibleAt = (): number => time.now() + (random.chance(0.2) ? random.between(0, MOST_LAG_MS) : 0);
  const seen = <T extends { visibleAt: number }>(rows: readonly T[]): readonly T[] =>
    rows.filter((row) => row.visibleAt <= time.now());

  const land = (
    { write, runId }: SentWrite,
    user: { id: number; name: string },
  ): { id: number | null; number: string | null } => {
    const base = { createdAt: isoOf(time.now()), visibleAt: visibleAt(), madeBy: runId };
    switch (write.kind) {
      case 'comment': {
        const id = nextId();
        const { subject, body, audience } = write;
        ticketOf(write.ticketId).comments.push({
          ...base,
          id,
          subject,
          // Syncro keeps white space its own way.
          body: random.chance(0.5) ? `<p>${body}</p>` : `${body}\n`,
          authorName: user.name,
          authorId: random.chance(0.8) ? user.id : null,
          hidden: audience === 'internal',
        });
        return { id, number: null };
      }
      case 'line_item': {
        const id = nextId();
        ticketOf(write.ticketId).lines.push({ ...base, ...write.item, id, technicianId: user.id, invoiced: false });
        return { id, number: null };
      }
      case 'timer': {
        const id = nextId();
        ticketOf(write.ticketId).timers.push({
          ...base,
          id,
          startedAt: isoOf(write.timer.startedAt),
          endedAt: isoOf(write.timer.endedAt),
          notes: write.timer.notes,
          recorded: false,
          recordedAt: Number.POSITIVE_INFINITY,
          technicianId: user.id,
          lineItemId: null,
        });
        return { id, number: null };
      }
      case 'timer_charge': {
        const ticket = ticketOf(write.ticketId);
        const entry = ticket.timers.find(({ id }) => id === write.timerId);
        if (!entry) throw new Error('charged a time entry that is not there');
        const minutes = ((entry.endedAt ?? 0) - (entry.startedAt ?? 0)) / 60_000;
        ticket.lines.push({
          ...base,
          id: nextId(),
          productId: PRODUCT.id,
          name: PRODUCT.name,
          description: entry.notes,
          quantityHundredths: toHundredths(minutes),
          rateCents: PRODUCT.rateCents,
          taxable: false,
          technicianId: user.id,
          invoiced: false,
        });
        entry.recordedAt = Math.min(entry.recordedAt, base.visibleAt);
        return { id: entry.id, number: null };
      }
      case 'timer_delete': {
        const ticket = ticketOf(write.ticketId);
        ticket.timers = ticket.timers.filter(({ id }) => id !== write.timerId);
        return { id: null, number: null };
      }
      case 'line_item_remove': {
        const ticket = ticketOf(write.ticketId);
        ticket.lines = ticket.lines.filter(({ id }) => id !== write.lineItemId);
        return { id: null, number: null };
      }
      case 'invoice_delete': {
        for (const ticket of tickets) ticket.invoices = ticket.invoices.filter(({ id }) => id !== write.invoiceId);
        return { id: null, number: null };
      }
      case 'invoice': {
        const id = nextId();
        const ticket = ticketOf(write.ticketId);
        const open = ticket.lines.filter(({ invoiced }) => !invoiced);
        ticket.lines = ticket.lines.map((line) => ({ ...line, invoiced: true }));
        const lines = open.map((line) => ({ ...line, id: nextId() }));
        const totalCents = lines.reduce((sum, l) => sum + lineAmountCents(l.quantityHundredths, l.rateCents), 0);
        const number = String(70_000 + ticket.invoices.length);
        ticket.invoices.push({
          ...base,
          id,
          number,
          ticketId: ticket.id,
          totalCents,
          taxCents: 0,
          paid: false,
          technicianId: user.id,
          lines,
        });
        return { id, number };
      }
      case 'ticket_update': {
        ticketOf(write.ticketId).status = write.fields.status ?? ticketOf(write.ticketId).status;
        return { id: write.ticketId, number: null };
      }
      default:
        throw new Error(`the model knows no ${write.kind}`);
    }
  };

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
        const { id, number } = land(entry, user);
        entry.landedAt = time.now();
        resolve({ outcome: 'landed', id, number });
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
    const read = async <T>(what: 'comments' | 'ticket' | 'invoices' | null, id: number, value: () => T): Promise<T> => {
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
    const whole = (id: number): Ticket => {
      const ticket = ticketOf(id);
      return {
        id: ticket.id,
        number: ticketNumber(ticket.number),
        subject: 'Own cloud thing again',
        status: ticket.status,
        priority: null,
        problemType: null,
        customerId: CUSTOMER.id,
        customerName: CUSTOMER.name,
        technicianId: null,
        createdAt: null,
        updatedAt: null,
        dueAt: null,
        customerReplied: false,
        comments: seen(ticket.comments),
        lineItems: seen(ticket.lines),
        timers: seen(ticket.timers).map((entry) => ({ ...entry, recorded: entry.recordedAt <= time.now() })),
        contact: null,
        technicianName: null,
        customerEmail: CUSTOMER.email,
        customerNoEmail: false,
        customerPhone: null,
      };
    };
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
          const ticket = tickets.find((one) => one.number === number);
          return ticket ? whole(ticket.id) : null;
        }),
      ticket: (_caller, id) => read('ticket', id, () => whole(id)),
      comments: (_caller, id) => read('comments', id, () => page([...seen(ticketOf(id).comments)].reverse())),
      invoices: (_caller, { ticketId: id }) => read('invoices', id ?? 0, () => page(seen(ticketOf(id ?? 0).invoices))),
      invoice: (_caller, id) =>
        read(null, 0, () => {
          const invoice = tickets.flatMap(({ invoices }) => invoices).find((one) => one.id === id);
          if (!invoice) throw new AppError('not_found', 'no such invoice');
          return invoice;
        }),
      customer: () => read(null, 0, () => CUSTOMER),
      product: () => read(null, 0, () => PRODUCT),
      ticketSettings: () =>
        read(null, 0, () => ({ statuses: ['New', 'Invoiced'], technicians: [], defaultLaborProductId: null })),
      tickets: no,
      listedTickets: no,
      timers: no,
      customers: no,
      autocompleteCustomers: no,
      contacts: no,
      products: no,
      users: no,
      settings: no,
    };
  };

  return {
    tickets,
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
  };
};
