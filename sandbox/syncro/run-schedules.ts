import { iso } from './fields.ts';
import { openLines, putOnInvoice } from './make-invoice.ts';
import type { Scene } from './perform.ts';
import type { InvoiceRow, LineRow, ScheduleRow } from './rows.ts';
import { nextId, type SyncroState } from './state.ts';

/** Recurring invoices are made at 6:00 by the account's clock, or hours later on a busy day. */
const dueAt = ({ settings }: SyncroState, { next_run: day }: ScheduleRow): number =>
  Date.parse(`${day.slice(0, 10)}T06:00:00${settings.time_offset}`);

const MONTHS = { Monthly: 1, Quarterly: 3, Annually: 12 } as const;

const following = ({ next_run: day, frequency }: ScheduleRow): string => {
  const date = new Date(day);
  if (frequency === 'Daily' || frequency === 'Weekly')
    date.setUTCDate(date.getUTCDate() + (frequency === 'Daily' ? 1 : 7));
  else {
    const wanted = date.getUTCDate();
    date.setUTCMonth(date.getUTCMonth() + MONTHS[frequency]);
    // The 31st of a month that has none is its last day.
    if (date.getUTCDate() !== wanted) date.setUTCDate(0);
  }
  return date.toISOString();
};

/** What is charged on the customer's tickets and on no invoice yet. */
const pendingLines = ({ state, behaviour }: Scene, { customer_id: customer }: ScheduleRow): LineRow[] => {
  const own = state.tickets.filter(
    (ticket) => ticket.customer_id === customer && (behaviour.recurringStatuses?.includes(ticket.status) ?? true),
  );
  const ids = new Set(own.map(({ id }) => id));
  // What an earlier one took without a flag is not taken again.
  return openLines(state, ids).filter((line) => line.invoice_id === null);
};

const emptyInvoice = (state: SyncroState, schedule: ScheduleRow, at: number): InvoiceRow => {
  const day = schedule.next_run;
  const number = String(state.next.invoiceNumber);
  state.next.invoiceNumber += 1;
  return {
    ...{ id: nextId(state), number, customer_id: schedule.customer_id },
    // Made over several tickets it leads back to none.
    ...{ ticket_id: null, contact_id: null, user_id: null },
    ...{ date: day, due_date: day, created_at: iso(at), updated_at: iso(at) },
    ...{ is_paid: false, note: null, po_number: null, prepaid_hours: 0 },
  };
};

const runOne = (scene: Scene, schedule: ScheduleRow, at: number): void => {
  const { state, behaviour, changed } = scene;
  const customer = state.customers.find(({ id }) => id === schedule.customer_id);
  const takes = schedule.invoice_unbilled_ticket_charges && behaviour.recurringTakes !== 'nothing';
  const pending = takes ? pendingLines(scene, schedule) : [];
  if (!customer || schedule.lines.length + pending.length === 0) return;
  const invoice = emptyInvoice(state, schedule, at);
  state.invoices.push(invoice);
  for (const [index, { product_id, name, quantity, price }] of schedule.lines.entries()) {
    state.invoiceLines.push({
      ...{ id: nextId(state), invoice_id: invoice.id, item: name, name, cost: 0, price, quantity, product_id },
      ...{ product_category: null, taxable: false, position: index + 1, created_at: iso(at), updated_at: iso(at) },
    });
  }
  putOnInvoice(state, invoice, customer, pending, at);
  if (behaviour.recurringTakes === 'unflagged') for (const line of pending) line.converted = false;
  changed({ kind: 'invoice', action: 'created', id: invoice.id, ticketId: null });
};

/** Makes every recurring invoice whose time has come since the last look; one that is paused stays where it is. */
export const runSchedules = (scene: Scene): void => {
  for (const schedule of scene.state.schedules) {
    while (!schedule.paused && dueAt(scene.state, schedule) <= scene.now) {
      runOne(scene, schedule, dueAt(scene.state, schedule));
      schedule.next_run = following(schedule);
    }
  }
};
