import { mailAddress } from '../syncro/add-comment.ts';
import type { LoggedRequest } from '../syncro/request-log.ts';
import type { TicketRow } from '../syncro/rows.ts';
import type { SyncroSandbox } from '../syncro/start-syncro.ts';
import type { SyncroState } from '../syncro/state.ts';
import { customerName, dollars, invoicePart, mailParts, moneyPart, plainText } from './customer-parts.ts';
import { requestPart, technicianName } from './request-part.ts';
import type { TicketName, TicketPart } from './shapes.ts';

/** Of each kind: the app reads on in the background, and what it wrote shall stay. */
const SHOWN_REQUESTS = 40;

const comments = (state: SyncroState, ticket: TicketRow): TicketPart['comments'] =>
  state.comments
    .filter(({ ticket_id }) => ticket_id === ticket.id)
    .map((row) => {
      const to = state.outbox.filter(({ commentId }) => commentId === row.id).map((mail) => mail.to);
      const open = to.length > 0 ? `emailed to ${to.join(', ')}` : 'customer portal';
      return {
        id: row.id,
        at: Date.parse(row.created_at),
        by: row.tech ?? 'the customer',
        audience: row.hidden ? 'internal only' : row.tech === null ? 'from the customer' : open,
        subject: row.subject,
        text: plainText(row),
      };
    })
    .toSorted((a, b) => b.at - a.at || b.id - a.id);

const ticketPart = (state: SyncroState, ticket: TicketRow): TicketPart => {
  const of = <Row extends { ticket_id: number | null }>(rows: readonly Row[]): readonly Row[] =>
    rows.filter(({ ticket_id }) => ticket_id === ticket.id);
  const customer = state.customers.find(({ id }) => id === ticket.customer_id);
  const mails = mailParts(state, ticket);
  return {
    id: ticket.id,
    number: ticket.number,
    subject: ticket.subject,
    status: ticket.status,
    priority: ticket.priority ?? '',
    customer: customerName(state, ticket.customer_id),
    technician: ticket.user_id === null ? 'nobody yet' : technicianName(state, ticket.user_id),
    updatedAt: Date.parse(ticket.updated_at),
    prepaidHours: customer?.prepay_hours ?? null,
    comments: comments(state, ticket),
    lines: of(state.lines).map((line) => ({
      id: line.id,
      at: Date.parse(line.created_at),
      quantity: line.quantity,
      name: line.name,
      amount: dollars((line.quantity * line.retail_cents) / 100),
      by: technicianName(state, line.user_id),
      invoiced: line.invoice_id !== null,
    })),
    timers: of(state.timers).map((timer) => ({
      id: timer.id,
      at: Date.parse(timer.start_time),
      minutes: timer.end_time ? Math.round((Date.parse(timer.end_time) - Date.parse(timer.start_time)) / 60_000) : null,
      by: technicianName(state, timer.user_id),
      charged: timer.ticket_line_item_id !== null,
    })),
    invoices: of(state.invoices).map((invoice) => invoicePart(state, invoice)),
    address: mailAddress(state, ticket),
    mails,
  };
};

/** Newest first. */
const lastOf = (requests: readonly LoggedRequest[]): readonly LoggedRequest[] => {
  const last = (reads: boolean) => requests.filter(({ method }) => (method === 'GET') === reads).slice(-SHOWN_REQUESTS);
  const kept = new Set([...last(true), ...last(false)]);
  return requests.filter((request) => kept.has(request)).toReversed();
};

/** What Syncro holds now, with the ticket that the page looks at. */
export const syncroParts = ({ state, requests }: SyncroSandbox, number: number): Readonly<Record<string, unknown>> => {
  const ticket = state.tickets.find((row) => row.number === number);
  return {
    ticket: ticket ? ticketPart(state, ticket) : null,
    tickets: state.tickets
      .map(({ id, number: own, subject }): TicketName => ({ id, number: own, subject }))
      .toSorted((a, b) => b.number - a.number),
    money: moneyPart(state),
    requests: lastOf(requests).map((request) => requestPart(state, request)),
  };
};
