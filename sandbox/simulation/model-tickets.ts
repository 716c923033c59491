import { AppError } from '../../src/shared/errors.ts';
import type { Product } from '../../src/shared/labor.ts';
import type { Customer } from '../../src/syncro/customer.ts';
import type { Invoice, InvoiceLine } from '../../src/syncro/invoice.ts';
import {
  type Comment,
  type LineItem,
  type Ticket,
  type TicketId,
  type TimerEntry,
  ticketId,
  ticketNumber,
} from '../../src/syncro/ticket.ts';
import { type KeptText, keptText } from '../kept-text.ts';
import type { Account } from './account.ts';
import { createLanding } from './landing.ts';
import type { Random } from './random.ts';
import type { VirtualTime } from './virtual-time.ts';

export const PRODUCT: Product = {
  id: 1190473,
  name: 'Labor - Remote Business',
  rateCents: 15_000,
  taxable: false,
  disabled: false,
};
/** Its rate has the premium in it. */
export const EMERGENCY: Product = { ...PRODUCT, id: 26184, name: 'Labor - Emergency', rateCents: 22_500 };

export const CUSTOMER: Customer = {
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

export const OTHER_CUSTOMER: Customer = {
  ...CUSTOMER,
  id: 33_401_004,
  name: 'Acme West',
  email: 'ann@acme.example',
};

/** Whose the ticket was at that time. */
export const ownerAt = ({ owners }: ModelTicket, at: number): ModelTicket['owners'][number] => {
  const owner = owners.findLast((one) => one.at <= at);
  if (!owner) throw new Error('a ticket has always been somebody’s');
  return owner;
};

/** Read replicas may lag: a record is seen from `visibleAt` on. */
export type Seen<T> = T & {
  readonly visibleAt: number;
  /** The run whose request made it; the app never sees this. */
  readonly madeBy: string | null;
};

export type ModelTicket = {
  readonly id: TicketId;
  readonly number: number;
  status: string;
  /** Whose it is, and since when; the last one counts. */
  readonly owners: Array<{ readonly at: number; readonly customer: Customer }>;
  comments: Array<Seen<Comment>>;
  lines: Array<Seen<LineItem>>;
  invoices: Array<
    Seen<Omit<Invoice, 'lines'>> & { readonly lines: ReadonlyArray<InvoiceLine & Pick<Seen<object>, 'madeBy'>> }
  >;
  /** Their `recorded` is seen from `recordedAt` on. */
  timers: Array<Seen<TimerEntry> & { recordedAt: number }>;
  /** Lines and time entries that were taken out again, and by which run. */
  readonly removed: Array<{ readonly id: number; readonly madeBy: string | null; readonly removedBy: string | null }>;
  /** What became of lines and time entries. */
  readonly history: Change[];
  /** Invoices that no customer sees yet. */
  readonly drafts: Set<number>;
  deletedAt: number | null;
};

/** A line or a time entry became this, by this run; `null`: by hand. */
export type Change = {
  readonly at: number;
  readonly id: number;
  readonly by: string | null;
  readonly value: string;
};

/** What a line is, to compare it with what somebody saw of it. */
export const lineValue = (line: Pick<LineItem, 'productId' | 'quantityHundredths' | 'rateCents' | 'description'>) =>
  [line.productId, line.quantityHundredths, line.rateCents, line.description].join(' ');

export const entryValue = ({ startedAt, notes }: Pick<TimerEntry, 'startedAt' | 'notes'>) => `${startedAt} ${notes}`;

const MOST_LAG_MS = 2_000;

export const isoOf = (at: number): number => Math.floor(at / 1000) * 1000;

/** What the model has of its tickets, what a write makes of them, and what of that can be seen. */
export const createModelTickets = (
  time: VirtualTime,
  random: Random,
  numbers: readonly number[],
  keepsText: KeptText,
  account: Account,
) => {
  const kept = (text: string): string => keptText(keepsText, text);
  let lastId = 5_000;
  const nextId = (): number => {
    lastId += 1;
    return lastId;
  };
  const tickets: ModelTicket[] = [];
  const add = (number: number): ModelTicket => {
    const ticket: ModelTicket = {
      id: ticketId(108_443_837 + tickets.length),
      number,
      status: 'New',
      owners: [{ at: 0, customer: CUSTOMER }],
      comments: [],
      lines: [],
      invoices: [],
      timers: [],
      removed: [],
      history: [],
      drafts: new Set(),
      deletedAt: null,
    };
    tickets.push(ticket);
    return ticket;
  };
  for (const number of numbers) add(number);
  /** Made by a recurring invoice: they name no ticket. */
  const recurring: ModelTicket['invoices'] = [];

  const ticketOf = (id: number): ModelTicket => {
    const ticket = tickets.find((one) => one.id === id);
    if (!ticket) throw new AppError('not_found', 'no such ticket');
    return ticket;
  };
  /** What nobody deleted. */
  const there = (id: number): ModelTicket => {
    const ticket = ticketOf(id);
    if (ticket.deletedAt !== null) throw new AppError('not_found', 'no such ticket');
    return ticket;
  };
  const visibleAt = (): number => time.now() + (random.chance(0.2) ? random.between(0, MOST_LAG_MS) : 0);
  const seen = <T extends { visibleAt: number }>(rows: readonly T[]): readonly T[] =>
    rows.filter((row) => row.visibleAt <= time.now());

  const landing = createLanding({ time, random, tickets, recurring, account, nextId, there, kept, visibleAt });

  const whole = (id: number): Ticket => {
    const ticket = there(id);
    const { customer } = ownerAt(ticket, time.now());
    return {
      id: ticket.id,
      number: ticketNumber(ticket.number),
      subject: 'Own cloud thing again',
      status: ticket.status,
      priority: null,
      problemType: null,
      customerId: customer.id,
      customerName: customer.name,
      technicianId: null,
      createdAt: null,
      updatedAt: null,
      dueAt: null,
      customerReplied: false,
      comments: seen(ticket.comments),
      lineItems: seen(ticket.lines),
      timers: seen(ticket.timers).map((entry) => ({ ...entry, recorded: entry.recordedAt <= time.now() })),
      unread: [],
      contact: null,
      technicianName: null,
      customerEmail: customer.email,
      customerNoEmail: false,
      customerPhone: null,
    };
  };
  return { tickets, recurring, add, nextId, ticketOf, there, seen, whole, ...landing };
};
