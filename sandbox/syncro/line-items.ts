import { cents, finerCents, flagOr, isBlank, iso, keptOr, numberOr, textOr } from './fields.ts';
import { lineJson } from './line-json.ts';
import { notFound, ok, unprocessable } from './reply.ts';
import { byParam, type Call, type Route, route } from './route.ts';
import type { LineRow } from './rows.ts';
import { nextId, type SyncroState } from './state.ts';

export const nextPosition = (state: SyncroState, ticketId: number): number =>
  state.lines.filter((line) => line.ticket_id === ticketId).length + 1;

/**
 * The price is `price_retail` or $0.00, whatever the product costs, and the line is taxed unless `taxable` says no.
 * `price`, `retail_price`, `rate` and `price_cents` are ignored.
 */
const add = (call: Call) => {
  const { state, body } = call;
  const ticket = byParam(state.tickets, call);
  if (!ticket) return notFound;
  const wrong = [
    ...(isBlank(body.name) ? ["Name can't be blank"] : []),
    ...(isBlank(body.description) ? ["Description can't be blank"] : []),
  ];
  if (wrong.length > 0) return unprocessable({ errors: wrong.join(', '), params: body });
  const product = state.products.find((row) => row.id === numberOr(body, 'product_id', null));
  const at = iso(call.now);
  const row: LineRow = {
    id: nextId(state),
    ticket_id: ticket.id,
    user_id: call.user.id,
    product_id: numberOr(body, 'product_id', null),
    name: textOr(body, 'name', ''),
    description: keptOr(call, 'description', ''),
    quantity: numberOr(body, 'quantity', 1),
    product_category: product?.product_category ?? null,
    upc_code: textOr(body, 'upc_code', null),
    taxable: flagOr(body, 'taxable', true),
    cost_cents: cents(numberOr(body, 'price_cost', 0)),
    retail_cents: finerCents(numberOr(body, 'price_retail', 0)),
    created_at: at,
    updated_at: at,
    converted: false,
    position: nextPosition(state, ticket.id),
    invoice_id: null,
  };
  state.lines.push(row);
  ticket.updated_at = at;
  call.changed({ kind: 'line', action: 'created', id: row.id, ticketId: ticket.id });
  return ok(lineJson(row));
};

const wanted = (call: Call): LineRow | undefined => {
  const id = numberOr(call.body, 'ticket_line_item_id', null);
  return call.state.lines.find((line) => line.id === id && String(line.ticket_id) === call.params[0]);
};

const update = (call: Call) => {
  const { body } = call;
  const row = wanted(call);
  if (!row) return notFound;
  row.name = textOr(body, 'name', row.name);
  row.description = keptOr(call, 'description', row.description);
  row.product_id = numberOr(body, 'product_id', row.product_id);
  row.upc_code = textOr(body, 'upc_code', row.upc_code);
  row.quantity = numberOr(body, 'quantity', row.quantity);
  row.taxable = flagOr(body, 'taxable', row.taxable);
  row.cost_cents = cents(numberOr(body, 'price_cost', row.cost_cents / 100));
  row.retail_cents = finerCents(numberOr(body, 'price_retail', row.retail_cents / 100));
  row.updated_at = iso(call.now);
  call.changed({ kind: 'line', action: 'updated', id: row.id, ticketId: row.ticket_id });
  // Wrapped, though adding a line answers unwrapped.
  return ok({ ticket_line_item: lineJson(row) });
};

const remove = (call: Call) => {
  const row = wanted(call);
  if (!row) return notFound;
  call.state.lines.splice(call.state.lines.indexOf(row), 1);
  call.changed({ kind: 'line', action: 'deleted', id: row.id, ticketId: row.ticket_id });
  return ok({ success: true, message: '' });
};

export const lineItemRoutes: readonly Route[] = [
  route('POST', '/tickets/{id}/add_line_item', ['ticket', 'write'], add),
  route('PUT', '/tickets/{id}/update_line_item', ['ticket', 'write'], update),
  route('POST', '/tickets/{id}/remove_line_item', ['ticket', 'write'], remove),
];
