import { AppError } from '../../src/shared/errors.ts';
import { type Ticket, ticketId, ticketNumber } from '../../src/syncro/ticket.ts';
import { type KeptText, keptText } from '../kept-text.ts';
import type { Account } from './account.ts';
import { createLanding } from './landing.ts';
import { CUSTOMER, type ModelTicket, type NewCustomer, type NewTicket, ownerAt } from './model-rows.ts';
import type { Random } from './random.ts';
import type { VirtualTime } from './virtual-time.ts';

const MOST_LAG_MS = 2_000;

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
  const made = { customers: [] as NewCustomer[], tickets: [] as NewTicket[] };

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

  const landing = createLanding({ time, random, tickets, recurring, made, account, nextId, there, kept, visibleAt });

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
  return { tickets, recurring, made, add, nextId, ticketOf, there, seen, whole, ...landing };
};
