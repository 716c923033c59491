import { AppError } from '../../src/shared/errors.ts';
import type { Product } from '../../src/shared/labor.ts';
import { toHundredths } from '../../src/shared/minutes.ts';
import { roundCents, sumCents } from '../../src/shared/money.ts';
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
import type { Write } from '../../src/syncro/write.ts';
import { type KeptText, keptText } from '../kept-text.ts';
import type { Random } from './random.ts';
import type { VirtualTime } from './virtual-time.ts';

export const PRODUCT: Product = {
  id: 1190473,
  name: 'Labor - Remote Business',
  rateCents: 15_000,
  taxable: false,
  disabled: false,
};
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
type Seen<T> = T & {
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
  invoices: Array<Seen<Invoice> & { readonly lines: ReadonlyArray<InvoiceLine & Pick<Seen<object>, 'madeBy'>> }>;
  /** Their `recorded` is seen from `recordedAt` on. */
  timers: Array<Seen<TimerEntry> & { recordedAt: number }>;
};

const MOST_LAG_MS = 2_000;

const isoOf = (at: number): number => Math.floor(at / 1000) * 1000;

/** What the model has of its tickets, what a write makes of them, and what of that can be seen. */
export const createModelTickets = (
  time: VirtualTime,
  random: Random,
  numbers: readonly number[],
  keepsText: KeptText,
) => {
  const kept = (text: string): string => keptText(keepsText, text);
  let lastId = 5_000;
  const nextId = (): number => {
    lastId += 1;
    return lastId;
  };
  const tickets: ModelTicket[] = numbers.map((number, i) => ({
    id: ticketId(108_443_837 + i),
    number,
    status: 'New',
    owners: [{ at: 0, customer: CUSTOMER }],
    comments: [],
    lines: [],
    invoices: [],
    timers: [],
  }));

  const ticketOf = (id: number): ModelTicket => {
    const ticket = tickets.find((one) => one.id === id);
    if (!ticket) throw new AppError('not_found', 'no such ticket');
    return ticket;
  };
  const visibleAt = (): number => time.now() + (random.chance(0.2) ? random.between(0, MOST_LAG_MS) : 0);
  const seen = <T extends { visibleAt: number }>(rows: readonly T[]): readonly T[] =>
    rows.filter((row) => row.visibleAt <= time.now());

  const land = (
    write: Write,
    runId: string | null,
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
          body: random.chance(0.5) ? `<p>${kept(body)}</p>` : `${kept(body)}\n`,
          authorName: user.name,
          authorId: random.chance(0.8) ? user.id : null,
          hidden: audience === 'internal',
        });
        return { id, number: null };
      }
      case 'line_item': {
        const id = nextId();
        const description = kept(write.item.description);
        ticketOf(write.ticketId).lines.push({
          ...base,
          ...write.item,
          description,
          id,
          technicianId: user.id,
          invoiced: false,
        });
        return { id, number: null };
      }
      case 'timer': {
        const id = nextId();
        ticketOf(write.ticketId).timers.push({
          ...base,
          id,
          startedAt: isoOf(write.timer.startedAt),
          endedAt: isoOf(write.timer.endedAt),
          notes: kept(write.timer.notes),
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
        const totalCents = roundCents(sumCents(lines));
        const number = String(70_000 + ticket.invoices.length);
        ticket.invoices.push({
          ...base,
          id,
          number,
          ticketId: ticket.id,
          customerId: CUSTOMER.id,
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

  const whole = (id: number): Ticket => {
    const ticket = ticketOf(id);
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
  return { tickets, nextId, ticketOf, seen, land, whole };
};
