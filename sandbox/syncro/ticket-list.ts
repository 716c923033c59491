import { businessThenName } from './customer-json.ts';
import { paginate, shortMeta } from './page.ts';
import { ok } from './reply.ts';
import { type Call, type Route, route } from './route.ts';
import type { TicketRow } from './rows.ts';
import { ticketRowJson } from './ticket-json.ts';

/** Any status whose name begins with "Resolved" ends a ticket. */
export const isResolved = (status: string): boolean => status.startsWith('Resolved');

const hasStatus = (call: Call, row: TicketRow): boolean => {
  const wanted = call.query.get('status');
  if (wanted === null) return true;
  if (wanted !== 'Not Closed') return row.status === wanted;
  return !isResolved(row.status) && !(call.behaviour.notClosedHidesInvoiced && row.status === 'Invoiced');
};

const hasText = (call: Call, row: TicketRow): boolean => {
  const text = (call.query.get('query') ?? '').trim().toLowerCase();
  if (text === '') return true;
  const has = (value: string): boolean => value.toLowerCase().includes(text);
  const customer = call.state.customers.find((one) => one.id === row.customer_id);
  return (
    has(row.subject) ||
    has(String(row.number)) ||
    (customer !== undefined && has(businessThenName(customer))) ||
    call.state.comments.some((one) => one.ticket_id === row.id && has(one.body))
  );
};

const hasNumber = (call: Call, row: TicketRow): boolean => {
  const wanted = call.query.get('number');
  if (wanted === null || call.behaviour.numberIgnored) return true;
  return String(row.number) === wanted && !(call.behaviour.numberHidesClosed && isResolved(row.status));
};

/** An unreadable date filters nothing. */
const isAfter = (at: string | null, bound: string | null): boolean =>
  bound === null || (at === null ? false : !(Date.parse(at) < Date.parse(bound)));

/** Unknown parameters are ignored; `ticket_search_id` too, as this account has no saved searches. */
const list = (call: Call) => {
  const { query } = call;
  const same = (name: string, value: number | null): boolean =>
    !query.has(name) || String(value ?? '') === query.get(name);
  const found = call.state.tickets.filter(
    (row) =>
      hasNumber(call, row) &&
      hasStatus(call, row) &&
      same('customer_id', row.customer_id) &&
      same('contact_id', row.contact_id) &&
      same('user_id', row.user_id) &&
      (query.get('mine') !== 'true' || row.user_id === call.user.id) &&
      isAfter(row.created_at, query.get('created_after')) &&
      isAfter(row.updated_at, query.get('since_updated_at')) &&
      isAfter(row.resolved_at, query.get('resolved_after')) &&
      hasText(call, row),
  );
  const page = paginate(
    found.toSorted((a, b) => b.number - a.number),
    call,
    50,
  );
  return ok({ tickets: page.rows.map((row) => ticketRowJson(call, row)), meta: shortMeta(page) });
};

export const ticketListRoutes: readonly Route[] = [route('GET', '/tickets', ['ticket', 'read'], list)];
