import { afterEach, describe, expect, test } from '@jest/globals';
import type { SyncroSandbox } from '../../../sandbox/syncro/start-syncro.ts';
import { ask, get, inside, jerrys, lens, post, rows, start, stopAll, ticketId } from './ask.ts';

afterEach(stopAll);

const jerry = 33401001;
const dental = 33401006;

const addLine = (syncro: SyncroSandbox, ticket: number, more: object = {}) =>
  post(syncro, `/tickets/${ticket}/add_line_item`, {
    product_id: 1190473,
    name: 'Labor - Remote Business',
    description: 'Work',
    quantity: 0.75,
    price_retail: 150,
    taxable: false,
    ...more,
  });

const bill = async (syncro: SyncroSandbox, ticket: number, customer: number): Promise<Record<string, unknown>> => {
  const answer = await post(syncro, '/invoices', { ticket_id: ticket, customer_id: customer, category: 'Standard' });
  return inside(answer.body.invoice);
};

const detail = async (syncro: SyncroSandbox, id: unknown): Promise<Record<string, unknown>> =>
  inside((await get(syncro, `/invoices/${id}`)).body.invoice);

describe('making an invoice', () => {
  test('takes the lines of the ticket, but answers without them; money comes as strings', async () => {
    const syncro = await start();
    await addLine(syncro, jerrys);
    const invoice = await bill(syncro, jerrys, jerry);
    expect(invoice).toMatchObject({
      number: '70000',
      total: '112.5',
      subtotal: '112.5',
      tax: '0.0',
      ticket_id: jerrys,
    });
    expect(invoice).not.toHaveProperty('line_items');
    const [line] = rows((await detail(syncro, invoice.id)).line_items);
    expect(line).toMatchObject({
      item: 'Labor - Remote Business',
      name: 'Work',
      price: '150.0',
      quantity: '0.75',
      cost: '0.0',
    });
  });

  test('an older line that was never invoiced comes along', async () => {
    const syncro = await start();
    const router = ticketId(syncro, 32159);
    await addLine(syncro, router);
    expect((await bill(syncro, router, jerry)).total).toBe('287.5');
  });

  test('a second invoice is made without complaint and takes only what is new', async () => {
    const syncro = await start();
    await addLine(syncro, jerrys);
    await bill(syncro, jerrys, jerry);
    const second = await bill(syncro, jerrys, jerry);
    expect(second).toMatchObject({ number: '70001', total: '0.0' });
    const lines = rows(inside((await get(syncro, `/tickets/${jerrys}`)).body.ticket).line_items);
    expect(lines.map((line) => line.converted)).toEqual([true]);
    expect(rows((await get(syncro, `/invoices?ticket_id=${jerrys}`)).body.invoices)).toHaveLength(2);
  });

  test('lines in the body are ignored', async () => {
    const syncro = await start();
    const body = { customer_id: jerry, line_items: [{ item: 'x', price: 10, quantity: 1 }] };
    const invoice = inside((await post(syncro, '/invoices', body)).body.invoice);
    expect((await detail(syncro, invoice.id)).line_items).toEqual([]);
  });

  test('a taxed line is taxed', async () => {
    const syncro = await start();
    await addLine(syncro, jerrys, { taxable: undefined });
    expect(await bill(syncro, jerrys, jerry)).toMatchObject({ subtotal: '112.5', tax: '9.79', total: '122.29' });
  });

  test('the status of the ticket stays, unless the account flips it', async () => {
    const syncro = await start();
    const status = async (): Promise<unknown> => inside((await get(syncro, `/tickets/${jerrys}`)).body.ticket).status;
    await bill(syncro, jerrys, jerry);
    expect(await status()).toBe('New');
    syncro.behaviour.invoiceSetsStatus = true;
    await bill(syncro, jerrys, jerry);
    expect(await status()).toBe('Invoiced');
  });

  test('a number that is sent is kept, and the count goes on where it was', async () => {
    const syncro = await start();
    const own = await post(syncro, '/invoices', { customer_id: jerry, number: '5' });
    expect(inside(own.body.invoice).number).toBe('5');
    expect((await bill(syncro, jerrys, jerry)).number).toBe('70000');
  });

  test('without a customer it is refused', async () => {
    const syncro = await start();
    expect((await post(syncro, '/invoices', { ticket_id: jerrys })).status).toBe(422);
    expect(syncro.state.invoices).toHaveLength(2);
  });
});

describe('a prepaid customer', () => {
  const hours = async (syncro: SyncroSandbox): Promise<unknown> =>
    inside((await get(syncro, `/customers/${dental}`)).body.customer).prepay_hours;

  test('pays with hours: the invoice reads 0.0 and the block falls by the quantity', async () => {
    const syncro = await start();
    const ticket = ticketId(syncro, 32165);
    expect(await hours(syncro)).toBe('6.5');
    await addLine(syncro, ticket);
    expect((await bill(syncro, ticket, dental)).total).toBe('0.0');
    expect(await hours(syncro)).toBe('5.75');
  });

  test('project labor does not debit the block and is charged', async () => {
    const syncro = await start();
    const ticket = ticketId(syncro, 32165);
    await addLine(syncro, ticket, { product_id: 9269129, name: 'Labor - Prepaid Project Labor', quantity: 2 });
    expect((await bill(syncro, ticket, dental)).total).toBe('300.0');
    expect(await hours(syncro)).toBe('6.5');
  });

  test('a part is charged: hours pay for labor only', async () => {
    const syncro = await start();
    const ticket = ticketId(syncro, 32165);
    await addLine(syncro, ticket, { product_id: undefined, name: 'Cable', price_retail: 20, quantity: 1 });
    expect((await bill(syncro, ticket, dental)).total).toBe('20.0');
    expect(await hours(syncro)).toBe('6.5');
  });

  test('a block that is too small pays what it has', async () => {
    const syncro = await start();
    const ticket = ticketId(syncro, 32165);
    await addLine(syncro, ticket, { quantity: 8 });
    expect((await bill(syncro, ticket, dental)).total).toBe('225.0');
    expect(await hours(syncro)).toBe('0.0');
  });

  test('everybody else has null', async () => {
    const { body } = await get(await start(), `/customers/${jerry}`);
    expect(inside(body.customer).prepay_hours).toBeNull();
  });
});

describe('reading invoices', () => {
  test('the path takes an id or a number, and the id wins', async () => {
    const syncro = await start();
    const backup = syncro.state.invoices.find((invoice) => invoice.number === '69987');
    expect((await detail(syncro, '69988')).ticket_id).toBe(lens);
    expect((await detail(syncro, backup?.id)).number).toBe('69987');
    expect((await detail(syncro, '69987')).number).toBe('69988');
  });

  test('the list has no lines, filters by ticket and payment, and may lack ticket_id', async () => {
    const syncro = await start();
    const list = async (query: string) => rows((await get(syncro, `/invoices?${query}`)).body.invoices);
    const [row] = await list(`ticket_id=${lens}`);
    expect(row).toMatchObject({ number: '69988', total: '575.0', ticket_id: lens });
    expect(row).not.toHaveProperty('line_items');
    expect((await list('paid=true')).map((one) => one.number)).toEqual(['69987']);
    expect(await list('unpaid=true')).toHaveLength(1);
    syncro.behaviour.invoiceListCarriesTicketId = false;
    expect((await list(`ticket_id=${lens}`))[0]).not.toHaveProperty('ticket_id');
  });

  test('since_updated_at leaves out older ones, and a paid one has nothing due', async () => {
    const syncro = await start();
    const list = async (query: string) => rows((await get(syncro, `/invoices?${query}`)).body.invoices);
    expect((await list('since_updated_at=2026-11-10')).map((one) => one.number)).toEqual(['69988']);
    const paid = (await list('paid=true'))[0];
    const due = (await list('unpaid=true'))[0];
    expect(await detail(syncro, paid?.id)).toMatchObject({ balance_due: '0.0' });
    expect(await detail(syncro, due?.id)).toMatchObject({ balance_due: due?.total });
  });

  test('25 stand on a page', async () => {
    const syncro = await start({ data: 'full' });
    for (let count = syncro.state.invoices.length; count < 30; count += 1) await bill(syncro, jerrys, jerry);
    const { body } = await get(syncro, '/invoices?per_page=100');
    expect(rows(body.invoices)).toHaveLength(25);
    expect(body.meta).toEqual({ total_pages: Math.ceil(syncro.state.invoices.length / 25), page: 1 });
  });

  test('the ticket of an invoice and the lines of an invoice have their own paths', async () => {
    const syncro = await start();
    expect(inside((await get(syncro, '/invoices/69988/ticket')).body.ticket).number).toBe(32162);
    const { body } = await get(syncro, '/line_items?invoice_id=69987');
    expect(rows(body.line_items).map((line) => line.price)).toEqual(['175.0', '50.0']);
    expect(body.meta).toEqual({ total_pages: 1, total_entries: 2, per_page: 100, page: 1 });
  });
});

describe('deleting an invoice', () => {
  test('frees its lines and gives the hours back', async () => {
    const syncro = await start();
    const ticket = ticketId(syncro, 32165);
    await addLine(syncro, ticket);
    const { id } = await bill(syncro, ticket, dental);
    expect((await ask(syncro, 'DELETE', `/invoices/${id}`)).status).toBe(200);
    expect((await get(syncro, `/invoices/${id}`)).status).toBe(404);
    expect(syncro.state.customers.find((one) => one.id === dental)?.prepay_hours).toBe('6.5');
    expect(syncro.state.lines.find((one) => one.ticket_id === ticket)?.converted).toBe(false);
  });

  test('answers 200 even when it fails or there is none', async () => {
    const syncro = await start({ behaviour: { invoiceDeleteFails: true } });
    expect((await ask(syncro, 'DELETE', '/invoices/69988')).status).toBe(200);
    expect((await get(syncro, '/invoices/69988')).status).toBe(200);
    expect((await ask(syncro, 'DELETE', '/invoices/1')).status).toBe(200);
  });
});
