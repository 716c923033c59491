import { paginate } from './page.ts';
import { ok } from './reply.ts';
import { type Call, type Route, route } from './route.ts';
import type { ScheduleRow } from './rows.ts';

const scheduleJson = (row: ScheduleRow): object => ({
  ...row,
  account_id: 1,
  email_customer: false,
  snail_mail: false,
  charge_mop: false,
  subtotal: row.lines.reduce((sum, { quantity, price }) => sum + quantity * price, 0),
  last_invoice_paid: null,
});

const list = (call: Call) => {
  const customer = call.behaviour.schedulesIgnoreCustomer ? null : call.query.get('customer_id');
  const found = call.state.schedules.filter((row) => customer === null || String(row.customer_id) === customer);
  // No meta here: the client has to ask on until a page is short.
  return ok({ schedules: paginate(found, call, 25).rows.map(scheduleJson) });
};

export const scheduleRoutes: readonly Route[] = [route('GET', '/schedules', ['invoice', 'read'], list)];
