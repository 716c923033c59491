import { addComment } from './add-comment.ts';
import { dayOrNull, isBlank, iso, keptOr, numberOr, textOr, timeOrNull } from './fields.ts';
import { notFound, notFoundMessage, ok, unprocessable } from './reply.ts';
import { byParam, type Call, type Route, route } from './route.ts';
import type { TicketRow } from './rows.ts';
import { ticketJson } from './ticket-json.ts';
import { isResolved } from './ticket-list.ts';

const get = (call: Call) => {
  const row = byParam(call.state.tickets, call);
  return row ? ok({ ticket: ticketJson(call, row) }) : notFound;
};

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const tags = (value: unknown, otherwise: string[]): string[] => (Array.isArray(value) ? value.map(String) : otherwise);

/** Any text is taken as status or priority, known to the account or not. */
const write = (call: Call, row: TicketRow): void => {
  const { body } = call;
  const has = (name: string): boolean => body[name] !== undefined;
  row.subject = keptOr(call, 'subject', row.subject);
  row.problem_type = textOr(body, 'problem_type', row.problem_type);
  row.priority = textOr(body, 'priority', row.priority);
  row.ticket_type_id = numberOr(body, 'ticket_type_id', row.ticket_type_id);
  if (has('user_id')) row.user_id = numberOr(body, 'user_id', null);
  if (has('contact_id')) row.contact_id = numberOr(body, 'contact_id', null);
  if (has('due_date')) row.due_date = dayOrNull(body.due_date, call.state.settings.time_offset);
  if (has('start_at')) row.start_at = timeOrNull(body.start_at);
  if (has('end_at')) row.end_at = timeOrNull(body.end_at);
  if (isObject(body.properties)) row.properties = body.properties;
  row.tag_list = tags(body.tag_list, row.tag_list);
  const status = textOr(body, 'status', row.status);
  if (isResolved(status) !== isResolved(row.status)) row.resolved_at = isResolved(status) ? iso(call.now) : null;
  row.status = status;
  row.updated_at = iso(call.now);
};

/** `description` and `line_items` are ignored; without `user_id` nobody is assigned. */
const create = (call: Call) => {
  const { state, body } = call;
  const customer = state.customers.find((one) => one.id === numberOr(body, 'customer_id', null));
  if (!customer) return unprocessable({ error: 'Customer required field' });
  if (isBlank(body.subject)) return unprocessable({ success: false, message: ["Subject can't be blank"] });
  const at = iso(call.now);
  const { next } = state;
  const number = numberOr(body, 'number', next.ticketNumber);
  const row: TicketRow = {
    id: next.ticketId,
    number,
    subject: '',
    created_at: at,
    updated_at: at,
    customer_id: customer.id,
    contact_id: null,
    due_date: at,
    resolved_at: null,
    start_at: null,
    end_at: null,
    problem_type: null,
    status: 'New',
    ticket_type_id: state.settings.ticket_types[0]?.id ?? null,
    properties: {},
    user_id: null,
    priority: null,
    tag_list: [],
    customer_reply: false,
  };
  next.ticketId += 1;
  next.ticketNumber = Math.max(next.ticketNumber, number) + 1;
  write(call, row);
  state.tickets.push(row);
  const comments: unknown = body.comments_attributes;
  for (const comment of Array.isArray(comments) ? comments.filter(isObject) : []) addComment(call, row, comment);
  call.changed({ kind: 'ticket', action: 'created', id: row.id, ticketId: row.id });
  return ok({ ticket: ticketJson(call, row) });
};

const update = (call: Call) => {
  const row = byParam(call.state.tickets, call);
  if (!row) return notFound;
  if (call.body.subject !== undefined && isBlank(call.body.subject)) {
    return unprocessable({ success: false, message: ["Subject can't be blank"] });
  }
  write(call, row);
  call.changed({ kind: 'ticket', action: 'updated', id: row.id, ticketId: row.id });
  return ok({ ticket: ticketJson(call, row) });
};

/** What was on it goes with it, but for what an invoice holds. */
const remove = (call: Call) => {
  const { state } = call;
  const row = byParam(state.tickets, call);
  if (!row) return notFoundMessage;
  const isElsewhere = (part: { readonly ticket_id: number }): boolean => part.ticket_id !== row.id;
  state.tickets.splice(state.tickets.indexOf(row), 1);
  state.comments = state.comments.filter(isElsewhere);
  state.timers = state.timers.filter(isElsewhere);
  state.lines = state.lines.filter((line) => isElsewhere(line) || line.converted);
  call.changed({ kind: 'ticket', action: 'deleted', id: row.id, ticketId: row.id });
  return ok({ message: 'Ticket was successfully deleted. ' });
};

export const ticketRoutes: readonly Route[] = [
  route('POST', '/tickets', ['ticket', 'write'], create),
  route('GET', '/tickets/{id}', ['ticket', 'read'], get),
  route('PUT', '/tickets/{id}', ['ticket', 'write'], update),
  route('DELETE', '/tickets/{id}', ['ticket', 'delete'], remove),
];
