import { termsOf } from './contract-terms.ts';
import { cents, finerCents, flagOr, iso, keptOr, numberOr, timeOrNull } from './fields.ts';
import { nextPosition } from './line-items.ts';
import { notFound, ok, unprocessable } from './reply.ts';
import { byParam, type Call, type Route, route } from './route.ts';
import type { ProductRow, TimerRow } from './rows.ts';
import { nextId } from './state.ts';
import { billableSeconds, timerJson } from './timer-json.ts';

/** Asked with `start_at`, answered with `start_time`. */
const create = (call: Call) => {
  const { state, body } = call;
  const ticket = byParam(state.tickets, call);
  if (!ticket) return notFound;
  const start = timeOrNull(body.start_at);
  // Syncro lets Ruby's own message through.
  if (start === null) return unprocessable({ error: 'no implicit conversion of nil into String' });
  const minutes = numberOr(body, 'duration_minutes', null);
  const at = iso(call.now);
  const productId = numberOr(body, 'product_id', state.settings.default_labor_product_id);
  const byDefault = !state.settings.time_not_billable && !termsOf(state, ticket.id, productId, call.now).isFree;
  const row: TimerRow = {
    id: nextId(state),
    ticket_id: ticket.id,
    user_id: numberOr(body, 'user_id', call.user.id),
    start_time: start,
    end_time: timeOrNull(body.end_at) ?? (minutes === null ? null : iso(Date.parse(start) + minutes * 60_000)),
    recorded: false,
    created_at: at,
    updated_at: at,
    billable: call.behaviour.entryTakesBillable ? flagOr(body, 'billable', byDefault) : byDefault,
    notes: keptOr(call, 'notes', null),
    product_id: productId,
    ticket_line_item_id: null,
  };
  state.timers.push(row);
  call.changed({ kind: 'timer', action: 'created', id: row.id, ticketId: ticket.id });
  return ok(timerJson(call, row));
};

const wanted = (call: Call): TimerRow | undefined => {
  const id = numberOr(call.body, 'timer_entry_id', null);
  return call.state.timers.find((timer) => timer.id === id && String(timer.ticket_id) === call.params[0]);
};

/** What an hour costs when its entry is charged; what a charge makes of time that is not billable is written nowhere. */
const rateCents = ({ state, behaviour, now }: Call, row: TimerRow, product: ProductRow | undefined): number => {
  if (!row.billable) return 0;
  const { rateCents: agreed } = termsOf(state, row.ticket_id, product?.id ?? null, now);
  return (behaviour.chargeAppliesContract ? agreed : null) ?? finerCents(product?.price_retail ?? 0);
};

/** Charging twice makes a second line: nothing here looks at `recorded`. `product_id` in the body is ignored. */
const charge = (call: Call) => {
  const { state } = call;
  const row = wanted(call);
  if (!row) return notFound;
  const productId = call.behaviour.chargeIgnoresProduct ? state.settings.default_labor_product_id : row.product_id;
  const product = state.products.find((one) => one.id === productId);
  const at = iso(call.now);
  const line = {
    id: nextId(state),
    ticket_id: row.ticket_id,
    user_id: call.user.id,
    product_id: productId,
    name: product?.name ?? 'Labor',
    description: row.notes ?? '',
    quantity: Math.round((billableSeconds(state, row) / 3600) * 10_000) / 10_000,
    product_category: product?.product_category ?? null,
    upc_code: null,
    taxable: product?.taxable ?? true,
    cost_cents: cents(product?.price_cost ?? 0),
    retail_cents: rateCents(call, row, product),
    created_at: at,
    updated_at: at,
    converted: false,
    position: nextPosition(state, row.ticket_id),
    invoice_id: null,
  };
  state.lines.push(line);
  row.recorded = true;
  row.updated_at = at;
  // The example answers null here although the line exists; later reads show the link.
  const answer = ok({ ...timerJson(call, row), ticket_line_item_id: null });
  row.ticket_line_item_id = line.id;
  call.changed({ kind: 'timer', action: 'updated', id: row.id, ticketId: row.ticket_id });
  call.changed({ kind: 'line', action: 'created', id: line.id, ticketId: row.ticket_id });
  return answer;
};

/** `duration_minutes` is taken and has no effect. */
const update = (call: Call) => {
  const { body } = call;
  const row = wanted(call);
  if (!row) return notFound;
  row.start_time = timeOrNull(body.start_at) ?? row.start_time;
  row.user_id = numberOr(body, 'user_id', row.user_id);
  row.notes = keptOr(call, 'notes', row.notes);
  row.product_id = numberOr(body, 'product_id', row.product_id);
  row.updated_at = iso(call.now);
  call.changed({ kind: 'timer', action: 'updated', id: row.id, ticketId: row.ticket_id });
  return ok(timerJson(call, row));
};

const remove = (call: Call) => {
  const row = wanted(call);
  if (!row) return notFound;
  call.state.timers.splice(call.state.timers.indexOf(row), 1);
  call.changed({ kind: 'timer', action: 'deleted', id: row.id, ticketId: row.ticket_id });
  return ok({ success: true });
};

export const timerRoutes: readonly Route[] = [
  route('POST', '/tickets/{id}/timer_entry', ['ticket', 'write'], create),
  route('POST', '/tickets/{id}/charge_timer_entry', ['ticket', 'write'], charge),
  route('PUT', '/tickets/{id}/update_timer_entry', ['ticket', 'write'], update),
  route('POST', '/tickets/{id}/delete_timer_entry', ['ticket', 'write'], remove),
];
