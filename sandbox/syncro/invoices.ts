import { iso, numberOr, textOr, timeOrNull } from './fields.ts';
import { invoiceDetailJson, invoiceJson, invoiceLineJson } from './invoice-json.ts';
import { openLines, putOnInvoice, undoInvoice } from './make-invoice.ts';
import { longMeta, paginate, shortMeta } from './page.ts';
import { notFound, ok, unprocessable } from './reply.ts';
import { type Call, type Route, route } from './route.ts';
import type { InvoiceRow } from './rows.ts';
import { nextId } from './state.ts';
import { ticketJson } from './ticket-json.ts';

/** By id, else by number: a small number may open another invoice. */
export const wantedInvoice = (call: Call): InvoiceRow | undefined => {
  const { invoices } = call.state;
  return (
    invoices.find((row) => String(row.id) === call.params[0]) ?? invoices.find((row) => row.number === call.params[0])
  );
};

const list = (call: Call) => {
  const { state, query, behaviour } = call;
  const since = Date.parse(query.get('since_updated_at') ?? '');
  const found = state.invoices.filter(
    (row) =>
      (query.get('paid') !== 'true' || row.is_paid) &&
      (query.get('unpaid') !== 'true' || !row.is_paid) &&
      (behaviour.invoicesIgnoreTicket || !query.has('ticket_id') || String(row.ticket_id) === query.get('ticket_id')) &&
      !(Date.parse(row.updated_at) < since),
  );
  const page = paginate(
    found.toSorted((a, b) => b.created_at.localeCompare(a.created_at) || b.id - a.id),
    call,
    25,
  );
  const shown = page.rows.map((row) => {
    const { ticket_id: ticketId, ...rest } = invoiceJson(state, row);
    return behaviour.invoiceListCarriesTicketId ? { ...rest, ticket_id: ticketId } : rest;
  });
  return ok({ invoices: shown, meta: shortMeta(page) });
};

const get = (call: Call) => {
  const row = wantedInvoice(call);
  return row ? ok({ invoice: invoiceDetailJson(call.state, row) }) : notFound;
};

/**
 * Takes every line of the ticket that no invoice took yet; `line_items` in the body are ignored. Nothing stops a
 * second invoice for the same ticket.
 */
const create = (call: Call) => {
  const { state, body } = call;
  const customer = state.customers.find((one) => one.id === numberOr(body, 'customer_id', null));
  if (!customer) return unprocessable({ success: false, message: ["Customer can't be blank"] });
  const ticketId = numberOr(body, 'ticket_id', null);
  const ticket = state.tickets.find((one) => one.id === ticketId);
  if (ticketId !== null && !ticket) return unprocessable({ success: false, message: ['Ticket not found'] });
  const at = iso(call.now);
  const row: InvoiceRow = {
    id: nextId(state),
    number: textOr(body, 'number', String(state.next.invoiceNumber)),
    customer_id: customer.id,
    ticket_id: ticketId,
    contact_id: numberOr(body, 'contact_id', ticket?.contact_id ?? null),
    user_id: call.user.id,
    // A day at midnight UTC, whichever moment was sent.
    date: `${(timeOrNull(body.date) ?? at).slice(0, 10)}T00:00:00.000Z`,
    due_date: timeOrNull(body.due_date) ?? at,
    created_at: at,
    updated_at: at,
    is_paid: false,
    note: textOr(body, 'note', null),
    po_number: textOr(body, 'po_number', null),
    prepaid_hours: 0,
  };
  if (body.number === undefined) state.next.invoiceNumber += 1;
  state.invoices.push(row);
  if (ticket) {
    putOnInvoice(state, row, customer, openLines(state, new Set([ticket.id])), call.now);
    ticket.updated_at = at;
    if (call.behaviour.invoiceSetsStatus) ticket.status = 'Invoiced';
  }
  call.changed({ kind: 'invoice', action: 'created', id: row.id, ticketId });
  return ok({ invoice: invoiceJson(state, row) });
};

/** 200 whether or not anything was deleted. */
const remove = (call: Call) => {
  const row = wantedInvoice(call);
  if (row && !call.behaviour.invoiceDeleteFails) {
    undoInvoice(call.state, row);
    call.changed({ kind: 'invoice', action: 'deleted', id: row.id, ticketId: row.ticket_id });
  }
  return ok({ message: 'Invoice deleted' });
};

const ticket = (call: Call) => {
  const row = call.state.tickets.find((one) => one.id === wantedInvoice(call)?.ticket_id);
  return row ? ok({ ticket: ticketJson(call, row) }) : notFound;
};

const lineItems = (call: Call) => {
  const invoiceId = call.query.get('invoice_id');
  const found = call.state.invoiceLines.filter((row) => invoiceId === null || String(row.invoice_id) === invoiceId);
  // No estimates in this account.
  const page = paginate(call.query.has('estimate_id') ? [] : found, call, 100);
  return ok({ line_items: page.rows.map(invoiceLineJson), meta: longMeta(page) });
};

export const invoiceRoutes: readonly Route[] = [
  route('GET', '/invoices', ['invoice', 'read'], list),
  route('POST', '/invoices', ['invoice', 'write'], create),
  route('GET', '/invoices/{id}', ['invoice', 'read'], get),
  route('DELETE', '/invoices/{id}', ['invoice', 'delete'], remove),
  route('GET', '/invoices/{id}/ticket', ['invoice', 'read'], ticket),
  route('GET', '/line_items', ['invoice', 'read'], lineItems),
];
