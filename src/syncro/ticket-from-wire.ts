import type { z } from 'zod';
import { customerNames, isByCustomer } from './customer-reply.ts';
import {
  type Comment,
  type Contact,
  type LineItem,
  NO_CUSTOMER,
  type Ticket,
  type TicketSummary,
  type TimerEntry,
  ticketId,
  ticketNumber,
  type Unread,
} from './ticket.ts';
import { type OddRow, optional, sortedList } from './wire.ts';
import {
  commentWire,
  type contactWire,
  type lineWire,
  ticketDetailWire,
  ticketRowWire,
  timerWire,
} from './wire-ticket.ts';

const summaryOf = (row: z.output<typeof ticketRowWire>): TicketSummary => ({
  id: ticketId(row.id),
  number: ticketNumber(row.number),
  subject: row.subject,
  status: row.status,
  priority: row.priority,
  problemType: row.problem_type,
  customerId: row.customer_id ?? NO_CUSTOMER,
  customerName: row.customer_business_then_name || (row.customer_id === null ? 'No customer' : ''),
  technicianId: row.user_id,
  createdAt: row.created_at,
  updatedAt: row.updated_at,
  dueAt: row.due_date,
  customerReplied: row.customer_reply ?? false,
});

const commentOf = (wire: z.output<typeof commentWire>): Comment => ({
  id: wire.id,
  subject: wire.subject,
  body: wire.body,
  authorName: wire.tech ?? wire.user?.full_name ?? null,
  authorId: wire.user_id,
  hidden: wire.hidden,
  createdAt: wire.created_at,
});

const lineItemOf = (wire: z.output<typeof lineWire>): LineItem => ({
  id: wire.id,
  productId: wire.product_id,
  name: wire.name,
  description: wire.description,
  quantityHundredths: wire.quantity,
  rateCents: wire.price_retail ?? wire.retail_cents ?? 0,
  taxable: wire.taxable,
  discounted: wire.line_discount_percent || wire.discount_dollars,
  technicianId: wire.user_id,
  createdAt: wire.created_at,
  invoiced: wire.converted || wire.invoice_id !== null,
});

const timerOf = (wire: z.output<typeof timerWire>): TimerEntry => ({
  id: wire.id,
  startedAt: wire.start_time,
  endedAt: wire.end_time,
  notes: wire.notes,
  recorded: wire.recorded,
  billable: wire.billable,
  activeSeconds: wire.active_duration,
  billableTime: wire.billable_time,
  technicianId: wire.user_id,
  productId: wire.product_id,
  lineItemId: wire.ticket_line_item_id,
});

export const contactOf = (wire: z.output<typeof contactWire>): Contact => ({
  id: wire.id,
  name: wire.name,
  email: wire.email,
  phone: wire.phone ?? wire.mobile,
});

const unread =
  (kind: Unread['kind']) =>
  ({ id, name, description, subject }: OddRow): Unread => ({ kind, id, name: name || description || subject });

const newer = (a: Comment, b: Comment): Comment => {
  const byTime = (a.createdAt ?? 0) - (b.createdAt ?? 0);
  return byTime > 0 || (byTime === 0 && a.id > b.id) ? a : b;
};

/** The detail has no `customer_reply`: the newest comment that the customer can see decides. */
const customerWroteLast = (comments: readonly Comment[], customers: ReadonlySet<string>): boolean => {
  const [first, ...others] = comments.filter(({ hidden }) => !hidden);
  return first !== undefined && isByCustomer(others.reduce(newer, first), customers);
};

export const ticketRow = ticketRowWire.transform(summaryOf);
export const listedTicket = ticketRowWire
  .extend({ comments: optional(sortedList(commentWire)) })
  .transform((row) => ({ ticket: summaryOf(row), comments: (row.comments?.rows ?? []).map(commentOf) }));
export const comment = commentWire.transform(commentOf);
export const timer = timerWire.transform(timerOf);

export const ticketDetail = ticketDetailWire.transform(({ ticket }): Ticket => {
  const summary = summaryOf(ticket);
  const contact = ticket.contact && contactOf(ticket.contact);
  const comments = ticket.comments.rows.map(commentOf);
  const technician = ticket.user?.id === ticket.user_id ? ticket.user : null;
  return {
    ...summary,
    customerReplied: ticket.customer_reply ?? customerWroteLast(comments, customerNames({ ...summary, contact })),
    comments,
    lineItems: ticket.line_items.rows.map(lineItemOf),
    timers: ticket.ticket_timers.rows.map(timerOf),
    unread: [
      ...ticket.comments.odd.map(unread('comment')),
      ...ticket.line_items.odd.map(unread('line')),
      ...ticket.ticket_timers.odd.map(unread('time_entry')),
    ],
    contact,
    technicianName: technician?.full_name ?? null,
    customerEmail: ticket.customer?.email ?? null,
    customerNoEmail: ticket.customer?.no_email ?? false,
    customerPhone: ticket.customer?.phone ?? ticket.customer?.mobile ?? null,
  };
});
