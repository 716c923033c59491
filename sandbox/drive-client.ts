import { createSyncro } from '../src/syncro/create-syncro.ts';
import type { Caller } from '../src/syncro/ports.ts';
import { ticketId, ticketNumber } from '../src/syncro/ticket.ts';
import type { Write } from '../src/syncro/write.ts';

const JERRY = 33401001;
const TICKET = ticketId(108443837);

const labor = {
  productId: 1190473,
  name: 'Labor - Remote Business',
  description: 'Reset the cloud thing.',
  quantityHundredths: 75,
  rateCents: 15_000,
  taxable: false,
};

/** Sends every request that the real client can make, so that each can be held against Syncro's own description. */
export const driveClient = async (baseUrl: string, key: string, auth: 'query' | 'header'): Promise<void> => {
  const clock = { now: Date.now, sleep: (ms: number) => new Promise<void>((done) => setTimeout(done, ms)) };
  const budget = { take: () => 0, pauseUntil: () => undefined };
  const syncro = createSyncro({ baseUrl, auth, timeoutMs: 5_000, budget, requestsPerMinute: 10_000, clock });
  const { reads, writes } = syncro;
  const caller: Caller = { key: { reveal: () => key }, lane: 'run' };
  const write = async (change: Write): Promise<number> => {
    const outcome = await (await writes.prepare(caller, change)).send();
    if (outcome.outcome !== 'landed') throw new Error(`${change.kind}: ${JSON.stringify(outcome)}`);
    return outcome.id ?? 0;
  };

  await reads.me(caller);
  await reads.settings(caller);
  await reads.ticketSettings(caller);
  await reads.users(caller);
  await reads.findTicket(caller, ticketNumber(32164));
  await reads.findTicket(caller, ticketNumber(99999999));
  await reads.ticket(caller, TICKET);
  await reads.tickets(caller, { status: 'Not Closed', page: 2 });
  await reads.tickets(caller, { query: 'cloud', customerId: JERRY, technicianId: 1750, mine: true, updatedSince: 0 });
  await reads.comments(caller, TICKET, { perPage: 5 });
  await reads.timers(caller, {});
  await reads.customers(caller, { query: 'burger' });
  await reads.autocompleteCustomers(caller, 'burger');
  await reads.customer(caller, JERRY);
  await reads.contacts(caller, { customerId: JERRY });
  await reads.products(caller, { query: 'labor' });
  await reads.contracts(caller, { page: 1 });
  await reads.schedules(caller, { customerId: JERRY, page: 1 });
  await reads.product(caller, labor.productId);

  const ticket = ticketId(
    await write({
      kind: 'ticket',
      customerId: JERRY,
      fields: {
        subject: 'Printer offline',
        status: 'New',
        priority: '2 Normal',
        problemType: 'Hardware',
        technicianId: 1750,
      },
      firstComment: { subject: 'Initial Issue', body: 'It is off.', audience: 'internal' },
    }),
  );
  await write({ kind: 'comment', ticketId: ticket, subject: 'Update', body: 'On it.', audience: 'portal' });
  const line = await write({ kind: 'line_item', ticketId: ticket, item: labor });
  await write({ kind: 'line_item_update', ticketId: ticket, lineItemId: line, item: { description: 'Set it up.' } });
  const other = await write({ kind: 'line_item', ticketId: ticket, item: labor });
  await write({ kind: 'line_item_remove', ticketId: ticket, lineItemId: other });
  const span = {
    startedAt: Date.now() - 600_000,
    endedAt: Date.now(),
    notes: 'on the phone',
    productId: labor.productId,
  };
  const timer = await write({ kind: 'timer', ticketId: ticket, timer: span });
  await write({ kind: 'timer_update', ticketId: ticket, timerId: timer, timer: { notes: 'on site' } });
  await write({ kind: 'timer_charge', ticketId: ticket, timerId: timer });
  const unused = await write({ kind: 'timer', ticketId: ticket, timer: { ...span, billable: false } });
  await write({ kind: 'timer_billable', ticketId: ticket, timerId: unused, billable: false });
  await write({ kind: 'timer_delete', ticketId: ticket, timerId: unused });
  const invoice = await write({ kind: 'invoice', ticketId: ticket, customerId: JERRY, date: '2026-12-01' });
  await reads.invoices(caller, { ticketId: ticket });
  await reads.invoice(caller, invoice);
  await write({ kind: 'invoice_draft', invoiceId: invoice });
  const fields = { status: 'Invoiced', dueDate: '2026-12-01', timeZone: 'Arizona' };
  await write({ kind: 'ticket_update', ticketId: ticket, fields });
  await write({ kind: 'invoice_delete', invoiceId: invoice });
  await write({ kind: 'ticket_delete', ticketId: ticket });
  await write({ kind: 'customer', businessName: 'New Shop', email: 'new@shop.example', phone: '520-555-0123' });
  syncro.close();
};
