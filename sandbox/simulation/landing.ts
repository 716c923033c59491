import { AppError } from '../../src/shared/errors.ts';
import { toHundredths } from '../../src/shared/minutes.ts';
import { roundCents, sumCents } from '../../src/shared/money.ts';
import { ticketId, ticketNumber } from '../../src/syncro/ticket.ts';
import type { Write } from '../../src/syncro/write.ts';
import type { Account } from './account.ts';
import {
  CUSTOMER,
  entryValue,
  isoOf,
  lineValue,
  type ModelTicket,
  type NewCustomer,
  type NewTicket,
  ownerAt,
  PRODUCT,
} from './model-rows.ts';
import type { Random } from './random.ts';
import type { VirtualTime } from './virtual-time.ts';

type Landing = {
  readonly time: VirtualTime;
  readonly random: Random;
  readonly tickets: readonly ModelTicket[];
  readonly recurring: ModelTicket['invoices'];
  readonly made: { readonly customers: NewCustomer[]; readonly tickets: NewTicket[] };
  readonly account: Account;
  readonly nextId: () => number;
  readonly there: (id: number) => ModelTicket;
  readonly kept: (text: string) => string;
  readonly visibleAt: () => number;
};

type Lines = ModelTicket['lines'];
type Row = Lines[number] | ModelTicket['timers'][number];

/** What Syncro makes of a write that reaches it, and of a recurring invoice's day. */
export const createLanding = (deps: Landing) => {
  const { time, random, tickets, recurring, made, account, nextId, there, kept, visibleAt } = deps;

  const became = (ticket: ModelTicket, id: number, by: string | null, value: string): void =>
    void ticket.history.push({ at: time.now(), id, by, value });

  const take = (ticket: ModelTicket, rows: readonly Row[], id: number, removedBy: string | null): void => {
    const row = rows.find((one) => one.id === id);
    // Somebody else may have been faster.
    if (!row) throw new AppError('not_found', 'no such line or time entry');
    ticket.removed.push({ id, of: 'rateCents' in row ? 'line' : 'time_entry', madeBy: row.madeBy, removedBy });
    became(ticket, id, removedBy, 'gone');
  };

  /** The block pays what it can, the oldest line first. */
  const paid = (lines: Lines): Lines =>
    lines.map((line) => {
      const block = account.prepaidHundredths;
      if (block === null || line.quantityHundredths <= 0) return line;
      const hundredths = Math.min(block, line.quantityHundredths);
      account.prepaidHundredths = block - hundredths;
      const rateCents = line.rateCents * (1 - hundredths / line.quantityHundredths);
      return { ...line, rateCents, labor: true };
    });

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
        there(write.ticketId).comments.push({
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
        there(write.ticketId).lines.push({
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
        there(write.ticketId).timers.push({
          ...base,
          id,
          startedAt: isoOf(write.timer.startedAt),
          endedAt: isoOf(write.timer.endedAt),
          notes: kept(write.timer.notes),
          ...(write.timer.billable === undefined
            ? {}
            : { billable: account.notBillable === 'new' ? write.timer.billable : true }),
          recorded: false,
          recordedAt: Number.POSITIVE_INFINITY,
          technicianId: user.id,
          lineItemId: null,
        });
        return { id, number: null };
      }
      case 'timer_charge': {
        const ticket = there(write.ticketId);
        const entry = ticket.timers.find(({ id }) => id === write.timerId);
        if (!entry) throw new AppError('not_found', 'no such time entry');
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
        became(ticket, entry.id, runId, 'charged');
        return { id: entry.id, number: null };
      }
      case 'timer_delete': {
        const ticket = there(write.ticketId);
        take(ticket, ticket.timers, write.timerId, runId);
        ticket.timers = ticket.timers.filter(({ id }) => id !== write.timerId);
        return { id: null, number: null };
      }
      case 'line_item_remove': {
        const ticket = there(write.ticketId);
        take(ticket, ticket.lines, write.lineItemId, runId);
        ticket.lines = ticket.lines.filter(({ id }) => id !== write.lineItemId);
        return { id: null, number: null };
      }
      case 'invoice_delete': {
        if (!tickets.some(({ invoices }) => invoices.some(({ id }) => id === write.invoiceId)))
          throw new AppError('not_found', 'no such invoice');
        for (const ticket of tickets) ticket.invoices = ticket.invoices.filter(({ id }) => id !== write.invoiceId);
        return { id: null, number: null };
      }
      case 'invoice': {
        const id = nextId();
        const ticket = there(write.ticketId);
        const open = ticket.lines.filter(({ invoiced }) => !invoiced);
        for (const { id: taken } of open) became(ticket, taken, runId, 'invoiced');
        ticket.lines = ticket.lines.map((line) => ({ ...line, invoiced: true }));
        const lines = paid(open).map((line) => ({ ...line, id: nextId() }));
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
      case 'line_item_update': {
        const ticket = there(write.ticketId);
        const line = ticket.lines.find(({ id }) => id === write.lineItemId);
        if (!line) throw new AppError('not_found', 'no such line');
        const { description = null, ...item } = write.item;
        const next = { ...line, ...item, ...(description === null ? {} : { description: kept(description) }) };
        ticket.lines = ticket.lines.map((one) => (one === line ? next : one));
        became(ticket, line.id, runId, lineValue(next));
        return { id: line.id, number: null };
      }
      case 'timer_update': {
        const ticket = there(write.ticketId);
        const entry = ticket.timers.find(({ id }) => id === write.timerId);
        if (!entry) throw new AppError('not_found', 'no such time entry');
        const { notes = null, startedAt = null } = write.timer;
        const next = {
          ...entry,
          ...(notes === null ? {} : { notes: kept(notes) }),
          ...(startedAt === null ? {} : { startedAt: isoOf(startedAt) }),
        };
        ticket.timers = ticket.timers.map((one) => (one === entry ? next : one));
        became(ticket, entry.id, runId, entryValue(next));
        return { id: entry.id, number: null };
      }
      case 'timer_billable': {
        const ticket = there(write.ticketId);
        const { timerId, billable } = write;
        if (!ticket.timers.some(({ id }) => id === timerId)) throw new AppError('not_found', 'no such time entry');
        if (account.notBillable !== 'never')
          ticket.timers = ticket.timers.map((entry) => (entry.id === timerId ? { ...entry, billable } : entry));
        return { id: timerId, number: null };
      }
      case 'invoice_draft': {
        const ticket = tickets.find(({ invoices }) => invoices.some(({ id }) => id === write.invoiceId));
        // Where an account has no drafts there is no such address either.
        if (!ticket || account.drafts !== 'on') throw new AppError('not_found', 'no drafts');
        ticket.drafts.add(write.invoiceId);
        return { id: write.invoiceId, number: null };
      }
      case 'customer': {
        const { businessName = '', phone = null, email = null } = write;
        // Of a phone number Syncro keeps the digits alone.
        const digits = phone?.replace(/\D/g, '') ?? null;
        const id = nextId();
        made.customers.push({
          ...base,
          id,
          name: kept(businessName),
          personName: null,
          phone: digits,
          email,
          city: null,
        });
        return { id, number: null };
      }
      case 'ticket': {
        const id = ticketId(nextId());
        const number = ticketNumber(40_000 + made.tickets.length);
        const { customerId, fields } = write;
        made.tickets.push({ ...base, id, number, customerId, subject: kept(fields.subject ?? '') });
        return { id, number: String(number) };
      }
      case 'ticket_delete': {
        there(write.ticketId).deletedAt = time.now();
        return { id: null, number: null };
      }
      case 'ticket_update': {
        there(write.ticketId).status = write.fields.status ?? there(write.ticketId).status;
        return { id: write.ticketId, number: null };
      }
    }
  };

  /** Everything of this customer's that waits goes onto one invoice, which names no ticket. */
  const invoiceAll = (customerId: number, flags: boolean): number => {
    const rows = tickets.flatMap((ticket) => {
      if (ticket.deletedAt !== null || ownerAt(ticket, time.now()).customer.id !== customerId) return [];
      const open = ticket.lines.filter(({ invoiced }) => !invoiced);
      for (const { id } of open) became(ticket, id, null, 'invoiced');
      if (flags) ticket.lines = ticket.lines.map((line) => ({ ...line, invoiced: true }));
      return open;
    });
    const id = nextId();
    if (rows.length > 0)
      recurring.push({
        ...{ id, number: String(90_000 + recurring.length), ticketId: null, customerId, taxCents: 0, paid: false },
        ...{ createdAt: isoOf(time.now()), visibleAt: time.now(), madeBy: null, technicianId: null },
        totalCents: roundCents(sumCents(rows)),
        lines: paid(rows).map((line) => ({ ...line, id: nextId() })),
      });
    return rows.length;
  };

  return { land, invoiceAll };
};
