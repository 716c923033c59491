import { describe, expect, test } from '@jest/globals';
import { useWorld } from '../../world/use-world.ts';
import { addedSince, countAll, ONE_BILL, statusOf, ticketByNumber, writes } from '../tickets/ticket-effects.ts';
import { bill, previewBill, startBilling } from './bill-steps.ts';

const start = useWorld();

/** `YYYY-MM-DD` of this moment there. */
const dayIn = (timeZone: string): string => new Intl.DateTimeFormat('en-CA', { timeZone }).format(Date.now());

describe('a bill of 45 minutes remote labor', () => {
  test('leaves one emailed comment, one labor line, one invoice and the status in Syncro', async () => {
    const world = await start();
    const before = countAll(world);
    await bill(world.slack.person('U012HOWARD'), 32164);
    const { id } = ticketByNumber(world, 32164);
    const { state } = world.syncro;
    expect(addedSince(world, before)).toEqual(ONE_BILL);
    expect(state.comments.at(-1)).toMatchObject({
      ticket_id: id,
      subject: 'Resolution',
      body: 'Reset the cloud thing.',
      hidden: false,
      user_id: 1750,
    });
    expect(state.outbox.at(-1)).toMatchObject({ to: 'jerry@customer.example', ticketId: id });
    const line = state.lines.at(-1);
    expect(line).toMatchObject({
      ticket_id: id,
      product_id: 1190473,
      name: 'Labor - Remote Business',
      description: 'Reset the cloud thing.',
      quantity: 0.75,
      retail_cents: 15_000,
      taxable: false,
      user_id: 1750,
    });
    const invoice = state.invoices.at(-1);
    expect(invoice).toMatchObject({ ticket_id: id, customer_id: 33401001, user_id: 1750 });
    expect(line?.invoice_id).toBe(invoice?.id);
    expect(state.invoiceLines.filter((row) => row.invoice_id === invoice?.id)).toMatchObject([
      { product_id: 1190473, quantity: 0.75, price: 150, taxable: false },
    ]);
    expect(statusOf(world, 32164)).toBe('Invoiced');
  });

  test('writes comment, line, invoice and status in this order, all under the technician’s own key', async () => {
    const world = await start();
    await bill(world.slack.person('U012HOWARD'), 32164);
    const { id } = ticketByNumber(world, 32164);
    expect(writes(world)).toEqual([
      `POST /tickets/${id}/comment`,
      `POST /tickets/${id}/add_line_item`,
      'POST /invoices',
      `PUT /tickets/${id}`,
    ]);
    expect(new Set(world.syncro.requests.map(({ technician }) => technician))).toEqual(new Set([1750]));
    const bodies = world.syncro.requests.filter(({ method }) => method !== 'GET').map(({ body }) => body);
    expect(bodies).toEqual([
      { subject: 'Resolution', body: 'Reset the cloud thing.', hidden: false, do_not_email: false },
      {
        product_id: 1190473,
        name: 'Labor - Remote Business',
        description: 'Reset the cloud thing.',
        quantity: 0.75,
        price_retail: 150,
        taxable: false,
      },
      { ticket_id: id, customer_id: 33401001, category: 'Standard', date: dayIn('America/Phoenix') },
      { status: 'Invoiced' },
    ]);
  });

  test('is dated by the account’s calendar, not by UTC', async () => {
    const world = await start();
    world.syncro.state.settings.time_zone = 'Auckland';
    await bill(world.slack.person('U012HOWARD'), 32164);
    const invoice = world.syncro.requests.find(({ method, path }) => method === 'POST' && path === '/invoices');
    expect(invoice?.body).toMatchObject({ date: dayIn('Pacific/Auckland') });
  });

  test('ends in a receipt with amount, invoice, name and links to both pages', async () => {
    const world = await start();
    const receipt = await bill(world.slack.person('U012HOWARD'), 32164);
    const lines = receipt.text.split('\n');
    expect(lines[0]).toBe('✓ Billed #32164 Own cloud thing again · Jerry Burger');
    expect(lines[1]).toBe('0.75 h Labor - Remote Business · invoice #70000: $112.50');
    expect(lines[2]).toMatch(/^✉ jerry@customer\.example: ".+" · status Invoiced$/);
    expect(receipt.text).toContain('[Open invoice] [Open ticket]');
    expect(lines.at(-1)).toMatch(/^as Howard Enos · \d+ s · Sent once, confirmed\. · ref [0-9A-Z]{6}$/);
    const invoice = world.syncro.state.invoices.at(-1);
    const urls = Object.fromEntries(receipt.links().map(({ text, url }) => [text, url]));
    const shop = 'https://computerguru.syncromsp.com';
    expect(urls).toMatchObject({
      'Open ticket': `${shop}/tickets/108443837`,
      'invoice #70000': `${shop}/invoices/${invoice?.id}`,
      'Open invoice': `${shop}/invoices/${invoice?.id}`,
    });
    expect(receipt.raw.text).toBe('Billed #32164 · $112.50 · invoice #70000. Sent once, confirmed.');
  });

  test('says of a customer marked "no email" so, and not to whom it was emailed', async () => {
    const world = await start();
    for (const customer of world.syncro.state.customers) customer.no_email = true;
    const receipt = await bill(world.slack.person('U012HOWARD'), 32164);
    expect(receipt.text).toContain('\n✉ customer marked "no email": "Reset the cloud thing." · status Invoiced\n');
    expect(receipt.text).not.toContain('jerry@customer.example');
    expect(world.syncro.state.outbox).toEqual([]);
  });

  test('is one direct message that ticks through the steps and stays as the receipt', async () => {
    const world = await start({ shop: { timeout: 20 } });
    const howard = world.slack.person('U012HOWARD');
    const seen = new Set<string>();
    world.slack.onChange(() => {
      for (const { text } of howard.dm()) seen.add(text);
    });
    const preview = await previewBill(howard, 32164);
    world.syncro.setLatency(4_000);
    await preview.submit(/^Bill /);
    await howard.message(/Billed #32164/);
    expect(howard.dm()).toHaveLength(1);
    expect(world.slack.calls.filter(({ method }) => method === 'chat.postMessage')).toHaveLength(1);
    const ticking = [...seen].filter((text) => text.startsWith('Billing #32164 Own cloud thing again · Jerry Burger'));
    expect(ticking.some((text) => text.includes('▸ Comment …'))).toBe(true);
    expect(ticking.some((text) => /✓ Emailed jerry@customer\.example\n▸ 0\.75 h Labor/.test(text))).toBe(true);
    expect(ticking.some((text) => /✓ 0\.75 h Labor - Remote Business, \$112\.50\n▸ Invoice …/.test(text))).toBe(true);
  });

  test('that is quick says nothing before its receipt', async () => {
    const world = await start();
    const howard = world.slack.person('U012HOWARD');
    await bill(howard, 32164);
    expect(howard.dm().map(({ raw }) => raw.edited)).toEqual([false]);
  });

  test('closes the form when it is confirmed', async () => {
    const world = await start();
    const howard = world.slack.person('U012HOWARD');
    await startBilling(howard, 32164);
    await howard.noModal();
    await howard.message(/Billed #32164/);
  });

  test('sends nothing before Bill is pressed', async () => {
    const world = await start();
    const preview = await previewBill(world.slack.person('U012HOWARD'), 32164);
    expect(writes(world)).toEqual([]);
    await preview.close();
    await world.slack.idle();
    expect(writes(world)).toEqual([]);
  });

  test('costs fifteen requests for a ticket that is new to the app besides the rates to choose from, and eight for the next bill of it', async () => {
    const world = await start();
    const howard = world.slack.person('U012HOWARD');
    const { requests } = world.syncro;
    const shape = (from: number): string[] =>
      requests.slice(from).map(({ method, path }) => `${method} ${path.replace(/\d{5,}/g, '…')}`);
    await bill(howard, 32164);
    const rates = Array.from({ length: 7 }, () => 'GET /products/…');
    expect(shape(0).toSorted()).toEqual(
      [
        ...rates,
        'GET /tickets?number=…',
        'GET /customers/…',
        // For minutes it is known which recurring invoice would take it.
        'GET /schedules?customer_id=…&page=1',
        'GET /me',
        'GET /invoices?ticket_id=…',
        'GET /invoices?ticket_id=…',
        'GET /products/…',
        'GET /settings',
        'GET /contracts?page=1',
        'GET /tickets/settings',
        'GET /tickets/…',
        'POST /tickets/…/comment',
        'POST /tickets/…/add_line_item',
        'POST /invoices',
        'GET /invoices/…',
        'PUT /tickets/…',
      ].toSorted(),
    );
    world.syncro.state.invoices.pop();
    const first = requests.length;
    const receipts = world.slack.calls.length;
    await startBilling(howard, 32164, { comment: 'Reset it once more.' });
    await world.slack.until(() =>
      world.slack.calls.slice(receipts).some(({ args }) => String(args.text).startsWith('Billed #32164')),
    );
    expect(shape(first).toSorted()).toEqual(
      [
        'GET /invoices?ticket_id=…',
        'GET /invoices?ticket_id=…',
        'GET /tickets/…',
        'POST /tickets/…/comment',
        'POST /tickets/…/add_line_item',
        'POST /invoices',
        'GET /invoices/…',
        'PUT /tickets/…',
      ].toSorted(),
    );
  });
});
