import { iso } from './fields.ts';
import { paginate, shortMeta } from './page.ts';
import { notFoundMessage, ok, unprocessable } from './reply.ts';
import { byParam, type Call, type Route, route } from './route.ts';
import { timerJson } from './timer-json.ts';

/** `ticket_id` is no parameter here: everybody's timers come back. */
const list = (call: Call) => {
  const before = Date.parse(call.query.get('created_at_lt') ?? '');
  const after = Date.parse(call.query.get('created_at_gt') ?? '');
  const found = call.state.timers.filter((row) => {
    const at = Date.parse(row.created_at);
    return !(at >= before) && !(at <= after);
  });
  const page = paginate(found, call, 100);
  return ok({ ticket_timers: page.rows.map((row) => timerJson(call, row)), meta: shortMeta(page) });
};

const patch = (call: Call) => {
  const row = byParam(call.state.timers, call);
  if (!row) return notFoundMessage;
  const billable = call.query.get('billable');
  if (billable !== 'true' && billable !== 'false') {
    return unprocessable({ errors: ['billable must be true or false'] });
  }
  if (!call.behaviour.entryKeepsBillable) row.billable = billable === 'true';
  row.updated_at = iso(call.now);
  call.changed({ kind: 'timer', action: 'updated', id: row.id, ticketId: row.ticket_id });
  return ok({ ticket_timer: { ...timerJson(call, row), since_updated_at: row.updated_at } });
};

export const timerListRoutes: readonly Route[] = [
  route('GET', '/ticket_timers', ['ticket', 'read'], list),
  route('PATCH', '/ticket_timers/{id}', ['ticket', 'write'], patch),
];
