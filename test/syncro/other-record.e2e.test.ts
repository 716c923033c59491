import { afterEach, describe, expect, test } from '@jest/globals';
import { ticketId } from '../../src/syncro/ticket.ts';
import type { Write } from '../../src/syncro/write.ts';
import { aComment, as, connect, failureOf } from './harness.ts';
import { json, serve } from './local-server.ts';

const ending: (() => Promise<void> | void)[] = [];

afterEach(async () => {
  for (const end of ending.splice(0).reverse()) await end();
});

/** A Syncro that answers everything with this. */
const answering = async (body: unknown) => {
  const server = await serve((response) => json(response, 200, body));
  const syncro = connect(server.baseUrl);
  ending.push(server.close, syncro.close);
  return syncro;
};

const outcomeOf = async (write: Write, body: unknown): Promise<string> => {
  const { writes } = await answering(body);
  return (await (await writes.prepare(as('run'), write)).send()).outcome;
};

const id = ticketId(77);
const item = {
  productId: 1_190_473,
  name: 'Labor',
  description: 'Done',
  quantityHundredths: 75,
  rateCents: 15_000,
  taxable: false,
};
const line: Write = { kind: 'line_item', ticketId: id, item };
const lineUpdate: Write = { kind: 'line_item_update', ticketId: id, lineItemId: 9, item: { quantityHundredths: 50 } };
const invoice: Write = { kind: 'invoice', ticketId: id, customerId: 5, date: '2026-11-30', timeZone: 'Sydney' };
const ticket: Write = {
  kind: 'ticket',
  customerId: 5,
  fields: { subject: 'Cloud', priority: '2 Normal' },
  firstComment: null,
};
const fields = { status: 'Invoiced', technicianId: 1750, dueDate: '2026-11-30', timeZone: 'Arizona' };
const update: Write = { kind: 'ticket_update', ticketId: id, fields };
const sydneys: Write = { ...update, fields: { ...fields, timeZone: 'Sydney' } };
const timer: Write = {
  kind: 'timer',
  ticketId: id,
  timer: { startedAt: Date.UTC(2026, 10, 30, 10), endedAt: Date.UTC(2026, 10, 30, 11), notes: 'Done', productId: 3 },
};
const customer: Write = {
  kind: 'customer',
  businessName: 'Moe’s Diner',
  firstName: 'Moe',
  email: 'Moe@diner.example',
  phone: '(520) 555-0123',
};
const charge: Write = { kind: 'timer_charge', ticketId: id, timerId: 40 };

const answered = { id: 9, number: '1', ticket_id: 77, customer_id: 5 };
const comment = { ...answered, subject: 'Resolution', body: 'Done', hidden: false };
const sentLine = { ...answered, product_id: 1_190_473, quantity: '0.75', price_retail: 150, taxable: false };
const sentTicket = { id: 77, status: 'Invoiced', user_id: 1750, due_date: '2026-11-30T00:00:00.000-07:00' };
const sentTimer = {
  ...answered,
  start_time: '2026-11-30T03:00:00.000-07:00',
  end_time: '2026-11-30T11:00:00Z',
  product_id: 3,
};

describe('what Syncro answers to a write', () => {
  test.each<[string, Write, unknown]>([
    ['a comment', aComment, { comment }],
    ['a comment whose text it keeps its own way', aComment, { comment: { ...comment, body: 'Do', subject: '' } }],
    ['a comment, of which it says nothing more', aComment, { comment: { id: 9 } }],
    ['a line', line, sentLine],
    ['a line at four decimals', line, { ...sentLine, quantity: '0.7501', price_retail: '150.0' }],
    ['a line’s change', lineUpdate, { ticket_line_item: { ...sentLine, quantity: '0.5' } }],
    ['an invoice', invoice, { invoice: answered }],
    ['an invoice without a ticket', invoice, { invoice: { id: 9, ticket_id: null, date: '2026-11-30T00:00:00Z' } }],
    ['an invoice dated there', invoice, { invoice: { ...answered, date: '2026-11-30T00:00:00+11:00' } }],
    ['a ticket', ticket, { ticket: { ...answered, priority: '2 Normal' } }],
    ['a ticket’s change', update, { ticket: sentTicket }],
    ['a ticket’s day', sydneys, { ticket: { ...sentTicket, due_date: '2026-11-29T13:00:00.000Z' } }],
    ['a time entry', timer, sentTimer],
    ['a customer', customer, { customer: { id: 9, email: 'moe@diner.example', phone: '5205550123' } }],
    ['a customer of another country', customer, { customer: { id: 9, business_name: "Moe's", phone: '15205550123' } }],
    ['a charge', charge, { ...answered, id: 40, recorded: true }],
  ])('is taken for %s', async (_what, write, body) => {
    expect(await outcomeOf(write, body)).toBe('landed');
  });

  test.each<[string, Write, unknown]>([
    ['a comment on another ticket', aComment, { comment: { ...comment, ticket_id: 78 } }],
    ['a comment for other eyes', aComment, { comment: { ...comment, hidden: true } }],
    ['a line of another ticket', line, { ...sentLine, ticket_id: '78' }],
    ['another product', line, { ...sentLine, product_id: 26_184 }],
    ['other hours', line, { ...sentLine, quantity: '1.0' }],
    ['another rate', line, { ...sentLine, price_retail: 0 }],
    ['a taxed line', line, { ...sentLine, taxable: true }],
    ['another line’s change', lineUpdate, { ticket_line_item: { ...sentLine, id: 8, quantity: '0.5' } }],
    ['a line’s hours as they were', lineUpdate, { ticket_line_item: sentLine }],
    ['another ticket’s invoice', invoice, { invoice: { ...answered, ticket_id: 78 } }],
    ['another customer’s invoice', invoice, { invoice: { ...answered, customer_id: 6 } }],
    ['an invoice of the next day', invoice, { invoice: { ...answered, date: '2026-12-01' } }],
    ['an invoice of the next day there', invoice, { invoice: { ...answered, date: '2026-11-30T13:00:00Z' } }],
    ['another customer’s ticket', ticket, { ticket: { ...answered, customer_id: 6 } }],
    ['another ticket’s change', update, { ticket: { ...sentTicket, id: 78 } }],
    ['a status as it was', update, { ticket: { ...sentTicket, status: 'New' } }],
    ['nobody’s ticket', update, { ticket: { ...sentTicket, user_id: null } }],
    ['the day before', update, { ticket: { ...sentTicket, due_date: '2026-11-29' } }],
    ['the day after there', sydneys, { ticket: { ...sentTicket, due_date: '2026-11-30T13:00:00.000Z' } }],
    ['an hour later', timer, { ...sentTimer, start_time: '2026-11-30T11:00:00Z' }],
    ['another address', customer, { customer: { id: 9, email: 'joe@diner.example', phone: '5205550123' } }],
    ['another phone', customer, { customer: { id: 9, email: 'moe@diner.example', phone: '5205550124' } }],
    ['another entry', charge, { ...answered, id: 41, recorded: true }],
    ['an entry that is not charged', charge, { ...answered, id: 40, recorded: false }],
  ])('is unclear when it is about %s', async (_what, write, body) => {
    expect(await outcomeOf(write, body)).toBe('unclear');
  });
});

describe('a read that is answered with another record', () => {
  test('is unreadable: a product, a customer, a ticket’s comments', async () => {
    const { reads } = await answering({
      product: { id: 26_184, name: 'Emergency', price_retail: 262.5 },
      customer: { id: 6, business_name: 'Acme' },
      comments: [{ id: 1, ticket_id: 78, body: 'Done' }],
    });
    const codes = [
      failureOf(reads.product(as('run'), 1_190_473)),
      failureOf(reads.customer(as('run'), 5)),
      failureOf(reads.comments(as('run'), id, { perPage: 5 })),
    ].map(async (failure) => (await failure).code);
    expect(await Promise.all(codes)).toEqual(['unreadable', 'unreadable', 'unreadable']);
  });

  test('is read when it is the right one, or does not say', async () => {
    const rows = [
      { id: 1, ticket_id: '77', body: 'Done' },
      { id: 2, body: 'Done' },
    ];
    const { reads } = await answering({ comments: rows });
    expect((await reads.comments(as('run'), id, { perPage: 5 })).rows.map((row) => row.id)).toEqual([1, 2]);
  });
});
