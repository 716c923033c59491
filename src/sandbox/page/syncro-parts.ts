import { htmlToText } from 'html-to-text';
import { businessThenName } from '../syncro/customer-json.ts';
import { invoiceTotals } from '../syncro/invoice-json.ts';
import type { LoggedRequest } from '../syncro/request-log.ts';
import type { TicketRow } from '../syncro/rows.ts';
import type { SyncroSandbox } from '../syncro/start-syncro.ts';
import type { SyncroState } from '../syncro/state.ts';
import type { RequestPart, TicketName, TicketPart } from './shapes.ts';

const SHOWN_REQUESTS = 40;

const dollars = (amount: number): string => `$${amount.toFixed(2)}`;

const nameOf = (state: SyncroState, id: number | null): string =>
  state.users.find((user) => user.id === id)?.full_name ?? 'nobody';

const PLAIN = { wordwrap: false } as const;

const comments = (state: SyncroState, ticket: TicketRow): TicketPart['comments'] =>
  state.comments
    .filter(({ ticket_id }) => ticket_id === ticket.id)
    .map((row) => {
      const to = state.outbox.filter(({ commentId }) => commentId === row.id).map((mail) => mail.to);
      const open = to.length > 0 ? `e-mailed to ${to.join(', ')}` : 'customer portal';
      return {
        id: row.id,
        at: Date.parse(row.created_at),
        by: row.tech ?? 'the customer',
        audience: row.hidden ? 'internal only' : row.tech === null ? 'from the customer' : open,
        subject: row.subject,
        text: row.is_rich_text || /<[a-z][^>]*>/i.test(row.body) ? htmlToText(row.body, PLAIN) : row.body,
      };
    })
    .toSorted((a, b) => b.at - a.at || b.id - a.id);

const ticketPart = (state: SyncroState, ticket: TicketRow): TicketPart => {
  const of = <Row extends { ticket_id: number | null }>(rows: readonly Row[]): readonly Row[] =>
    rows.filter(({ ticket_id }) => ticket_id === ticket.id);
  const customer = state.customers.find(({ id }) => id === ticket.customer_id);
  return {
    id: ticket.id,
    number: ticket.number,
    subject: ticket.subject,
    status: ticket.status,
    priority: ticket.priority ?? '',
    customer: customer ? businessThenName(customer) : 'no customer',
    technician: ticket.user_id === null ? 'nobody yet' : nameOf(state, ticket.user_id),
    updatedAt: Date.parse(ticket.updated_at),
    prepaidHours: customer?.prepay_hours ?? null,
    comments: comments(state, ticket),
    lines: of(state.lines).map((line) => ({
      id: line.id,
      at: Date.parse(line.created_at),
      quantity: line.quantity,
      name: line.name,
      amount: dollars((line.quantity * line.retail_cents) / 100),
      by: nameOf(state, line.user_id),
      invoiced: line.invoice_id !== null,
    })),
    timers: of(state.timers).map((timer) => ({
      id: timer.id,
      at: Date.parse(timer.start_time),
      minutes: timer.end_time ? Math.round((Date.parse(timer.end_time) - Date.parse(timer.start_time)) / 60_000) : null,
      by: nameOf(state, timer.user_id),
      charged: timer.ticket_line_item_id !== null,
    })),
    invoices: of(state.invoices).map((invoice) => ({
      id: invoice.id,
      at: Date.parse(invoice.created_at),
      number: invoice.number,
      total: dollars(Number(invoiceTotals(state, invoice.id).total)),
      by: nameOf(state, invoice.user_id),
      paid: invoice.is_paid,
    })),
  };
};

const WORDS: readonly (readonly [method: string, path: RegExp, words: string])[] = [
  ['POST', /\/comment$/, 'comment'],
  ['POST', /\/add_line_item$/, 'labor line'],
  ['POST', /\/remove_line_item$/, 'remove a line'],
  ['POST', /\/timer_entry$/, 'timer entry'],
  ['POST', /\/charge_timer_entry$/, 'charge the timer'],
  ['POST', /^\/invoices$/, 'invoice'],
  ['POST', /^\/tickets$/, 'new ticket'],
  ['PUT', /^\/tickets\/\d+$/, 'change the ticket'],
  ['GET', /^\/invoices\/\d+/, 'read the invoice'],
  ['GET', /^\/tickets\/\d+/, 'read the ticket'],
  ['GET', /^\/tickets/, 'look for tickets'],
  ['GET', /^\/customers/, 'look for customers'],
  ['GET', /^\/me\b/, 'whose key is it'],
];

const wordsFor = ({ method, path, body }: LoggedRequest): string => {
  const bare = path.replace(/\?.*/, '');
  if (method === 'PUT' && typeof body.status === 'string') return `status ${body.status}`;
  return WORDS.find(([verb, pattern]) => verb === method && pattern.test(bare))?.[2] ?? `${method} ${bare}`;
};

const ticketOf = (state: SyncroState, { path, body }: LoggedRequest): number | null => {
  const id = Number(/^\/tickets\/(\d+)/.exec(path)?.[1] ?? body.ticket_id);
  return state.tickets.find((ticket) => ticket.id === id)?.number ?? null;
};

const requestPart = (state: SyncroState, request: LoggedRequest): RequestPart => ({
  id: `${request.at} ${request.method} ${request.path}`,
  at: request.at,
  method: request.method,
  path: request.path,
  what: wordsFor(request),
  writes: request.method !== 'GET',
  technician: nameOf(state, request.technician),
  ticket: ticketOf(state, request),
  status: request.status === 0 && request.ms === 0 ? null : request.status,
});

/** What Syncro holds now, with the ticket that the page looks at. */
export const syncroParts = ({ state, requests }: SyncroSandbox, number: number): Readonly<Record<string, unknown>> => {
  const ticket = state.tickets.find((row) => row.number === number);
  return {
    ticket: ticket ? ticketPart(state, ticket) : null,
    tickets: state.tickets
      .map(({ id, number: own, subject }): TicketName => ({ id, number: own, subject }))
      .toSorted((a, b) => b.number - a.number),
    requests: requests
      .slice(-SHOWN_REQUESTS)
      .map((request) => requestPart(state, request))
      .toReversed(),
  };
};
