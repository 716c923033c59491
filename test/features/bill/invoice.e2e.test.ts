import { describe, expect, test } from '@jest/globals';
import type { World } from '../../../sandbox/world.ts';
import { howardOf, winterOf } from '../../world/people.ts';
import { quickConfig, useWorld } from '../../world/use-world.ts';
import { addedSince, countAll, NOTHING, statusOf, ticketByNumber, writes } from '../tickets/ticket-effects.ts';
import { ask } from '../tickets/ticket-steps.ts';
import { sent, startBilling } from './bill-steps.ts';
import {
  FORGOTTEN,
  forgottenLine,
  INVOICE_POST,
  invoiceByHand,
  ONE_INVOICE,
  previewInvoice,
  startInvoice,
} from './invoice-steps.ts';

const start = useWorld();

type Counts = ReturnType<typeof countAll>;

const expectInvoicedOnce = (world: World, before: Counts): void => {
  expect(addedSince(world, before)).toEqual(ONE_INVOICE);
  expect(statusOf(world, FORGOTTEN)).toBe('Invoiced');
  const { line } = forgottenLine(world);
  expect(line.invoice_id).toBe(world.syncro.state.invoices.at(-1)?.id);
};

const customerOf = (world: World) => {
  const { ticket } = forgottenLine(world);
  const customer = world.syncro.state.customers.find(({ id }) => id === ticket.customer_id);
  if (!customer) throw new Error('no customer');
  return customer;
};

describe('what is charged on a ticket and on no invoice', () => {
  test('is shown line by line before it is invoiced, and nothing is sent by that', async () => {
    const world = await start();
    const preview = await previewInvoice(howardOf(world));
    expect(preview.text().replace(/added \w+ \d+/, 'added …')).toBe(
      [
        'Check and invoice',
        '$175.00 to Acme West',
        '#32160 Switch replaced',
        '1.0 h × $175.00 = $175.00, Labor - Onsite Business · not taxed · added …',
        'New invoice, 1 line. Status changes to Invoiced.',
        'Nobody is emailed.',
        'as Howard Enos',
        '[Cancel] [Invoice $175.00]',
      ].join('\n'),
    );
    expect(writes(world)).toEqual([]);
  });

  test('gets one invoice, a check and the status, with no comment, no line and no mail', async () => {
    const world = await start();
    const before = countAll(world);
    await startInvoice(howardOf(world));
    const receipt = await howardOf(world).message(/Invoiced #32160/);
    expectInvoicedOnce(world, before);
    expect(writes(world)).toEqual(['POST /invoices', `PUT /tickets/${ticketByNumber(world, FORGOTTEN).id}`]);
    expect(world.syncro.requests.every(({ technician }) => technician === 1750)).toBe(true);
    expect(receipt.raw.text).toBe('Invoiced #32160 · $175.00 · invoice #70000. Sent once, confirmed.');
    expect(receipt.text).toMatch(
      /^✓ Invoiced #32160 .* · Acme West\n1\.0 h Labor - Onsite Business · invoice #70000: \$175\.00\nnobody was emailed · status Invoiced\n/,
    );
    expect(receipt.text).toContain('[Open invoice] [Open ticket]');
    expect(howardOf(world).dm()).toHaveLength(1);
  });

  test('costs seven requests where ticket, customer and lists are known', async () => {
    const world = await start();
    const preview = await previewInvoice(howardOf(world));
    await preview.close();
    const card = await ask(howardOf(world), `ticket ${FORGOTTEN}`, /#32160/);
    const before = world.syncro.requests.length;
    await card.click('Invoice $175.00');
    const again = await howardOf(world).modal('Check and invoice');
    await again.waitFor('as Howard Enos');
    await again.submit('Invoice $175.00');
    await howardOf(world).message(/Invoiced #32160/);
    const asked = world.syncro.requests.slice(before).map(({ method, path }) => `${method} ${path}`);
    expect(asked.map((each) => each.replace(/\d{4,}/g, '…')).toSorted()).toEqual(
      [
        'GET /tickets/…',
        'GET /invoices?ticket_id=…',
        'GET /tickets/…',
        'GET /invoices?ticket_id=…',
        'POST /invoices',
        'GET /invoices/…',
        'PUT /tickets/…',
      ].toSorted(),
    );
  });

  test('leads there from the list of what is resolved and not invoiced', async () => {
    const world = await start();
    const before = countAll(world);
    const summary = await ask(howardOf(world), '', /Your open tickets/);
    await summary.click('Show');
    const list = await howardOf(world).message(/^2 resolved, never invoiced/);
    await list.choose('Invoice a ticket', '$175.00');
    const preview = await howardOf(world).modal('Check and invoice');
    await preview.waitFor('#32160');
    await preview.submit('Invoice $175.00');
    await howardOf(world).message(/Invoiced #32160/);
    expectInvoicedOnce(world, before);
  });

  test('counts as money of the day, without hours that were worked another day', async () => {
    const world = await start();
    await startInvoice(howardOf(world));
    await howardOf(world).message(/Invoiced #32160/);
    const home = await howardOf(world).openHome();
    await home.waitFor(/1 bill · 0 h · \$175\.00/);
  });

  test('is what the ticket’s other lines on an invoice are not', async () => {
    const world = await start();
    const { line } = forgottenLine(world);
    const { state } = world.syncro;
    const { ticket } = forgottenLine(world);
    const [made] = state.invoices;
    if (!made) throw new Error('the sample has no invoice');
    state.invoices.push({ ...made, id: 1_649, number: '90001', customer_id: ticket.customer_id, ticket_id: ticket.id });
    state.lines.push({ ...line, id: 1_648, quantity: 2, converted: true, invoice_id: 1_649 });
    const preview = await previewInvoice(howardOf(world));
    expect(preview.text()).toContain('invoice #90001');
    expect(preview.text()).toContain('New invoice, 1 line.');
    await preview.submit('Invoice $175.00');
    await howardOf(world).message(/Invoiced #32160 [^$£]*invoice #70000: \$175\.00/);
  });
});

describe('its preview says', () => {
  test('what a prepaid block has left before and after, and that the total is $0.00', async () => {
    const world = await start();
    customerOf(world).prepay_hours = '6.5';
    const preview = await previewInvoice(howardOf(world));
    expect(preview.text()).toContain('6.50 h → 5.50 h of the block. The invoice total is $0.00.');
    expect(preview.text()).toContain('$0.00 to Acme West');
    await preview.submit('Invoice $0.00');
    const receipt = await howardOf(world).message(/Invoiced #32160 [^$£]*\$0\.00/);
    expect(receipt.text).toContain('Sent once, confirmed.');
    expect(Number(customerOf(world).prepay_hours)).toBe(5.5);
    expect(statusOf(world, FORGOTTEN)).toBe('Invoiced');
  });

  test('that the total is unknown where the block is too small', async () => {
    const world = await start();
    customerOf(world).prepay_hours = '0.25';
    const preview = await previewInvoice(howardOf(world));
    expect(preview.text()).toContain('! The prepaid block has only 0.25 h');
    expect(preview.text()).toContain('1 line to Acme West');
    expect(preview.text()).toContain('Total unknown: the prepaid block may cover part of it.');
    await preview.submit('Invoice 1 line');
    await howardOf(world).message(/Invoiced #32160 [^$£]*\$131\.25/);
  });

  test('that the total is unknown where Syncro takes off a discount', async () => {
    const world = await start();
    forgottenLine(world).line.line_discount_percent = 10;
    const preview = await previewInvoice(howardOf(world));
    expect(preview.text()).toContain('less a discount');
    expect(preview.text()).toContain('Total unknown until Syncro takes off the discount.');
    expect(preview.text()).toMatch(/! On this ticket already: 1\.0 h [^,]*, \$175\.00, less a discount in Syncro\./);
    await preview.submit('Invoice 1 line');
    await howardOf(world).message(/Invoiced #32160 [^$£]*\$157\.50/);
  });

  test('that tax comes on top', async () => {
    const world = await start();
    forgottenLine(world).line.taxable = true;
    const preview = await previewInvoice(howardOf(world));
    expect(preview.text()).toContain('$175.00 plus tax to Acme West');
    await preview.submit('Invoice $175.00');
    await howardOf(world).message(/Invoiced #32160 [^$£]*\$190\.23/);
  });

  test('that a line costs nothing', async () => {
    const world = await start();
    const { line } = forgottenLine(world);
    world.syncro.state.lines.push({ ...line, id: 1_648, name: 'Labor - Free', retail_cents: 0 });
    const preview = await previewInvoice(howardOf(world));
    expect(preview.text()).toContain('! On this ticket already: 1.0 h Labor - Free, $0.00.');
    expect(preview.text()).toContain('New invoice, 2 lines.');
  });

  test('who is billing the ticket at this moment, and the press says it, too', async () => {
    const world = await start({ config: quickConfig({ settle: 30 }) });
    world.syncro.fault({ kind: 'cut-before', method: 'POST', path: /\/comment$/ });
    await startBilling(winterOf(world), FORGOTTEN);
    await winterOf(world).message(/didn't answer the comment request/);
    const preview = await previewInvoice(howardOf(world));
    expect(preview.text()).toContain('! #32160 is being billed right now by Winter Hale.');
    await preview.submit('Invoice $175.00');
    await preview.waitFor('#32160 is being billed right now by Winter Hale');
    expect(preview.text()).toContain('Nothing was sent.');
    expect(sent(world, INVOICE_POST)).toBe(0);
  });

  test('nothing of money where a line can’t be read', async () => {
    const world = await start();
    const card = await ask(howardOf(world), `ticket ${FORGOTTEN}`, /#32160/);
    Object.assign(forgottenLine(world).line, { quantity: 'much' });
    await card.click('Invoice $175.00');
    const preview = await howardOf(world).modal('Check and invoice');
    await preview.waitFor(/can't be read: its price is unknown/);
    expect(preview.text()).not.toContain('[Invoice');
    expect(writes(world)).toEqual([]);
  });

  test('that nothing waits any more, and Back looks again', async () => {
    const world = await start();
    const card = await ask(howardOf(world), `ticket ${FORGOTTEN}`, /#32160/);
    const { line } = forgottenLine(world);
    line.converted = true;
    await card.click('Invoice $175.00');
    const preview = await howardOf(world).modal('Check and invoice');
    await preview.waitFor('Nothing on #32160 is waiting to be invoiced.');
    expect(preview.text()).toContain('Nothing was sent.');
    line.converted = false;
    await preview.click('Back');
    await preview.waitFor('[Invoice $175.00]');
  });
});

describe('one preview is one invoice', () => {
  test('when its button is pressed twice, and when Slack delivers that twice', async () => {
    const world = await start({ syncro: { latencyMs: 30 } });
    const before = countAll(world);
    const preview = await previewInvoice(howardOf(world));
    world.slack.tamperNext({ duplicate: true });
    await preview.submitTwice('Invoice $175.00');
    await howardOf(world).message(/Invoiced #32160/, { timeoutMs: 8_000 });
    await world.slack.idle();
    expectInvoicedOnce(world, before);
    expect(sent(world, INVOICE_POST)).toBe(1);
    expect(howardOf(world).dm()).toHaveLength(1);
  });

  test.each(['cut-after', '500-after', 'html'] as const)(
    'when the answer to it is lost (%s): it is found',
    async (kind) => {
      const world = await start();
      const before = countAll(world);
      world.syncro.fault({ kind, method: 'POST', path: INVOICE_POST });
      await startInvoice(howardOf(world));
      await howardOf(world).message(/Invoiced #32160 [^$£]*invoice #70000: \$175\.00/, { timeoutMs: 8_000 });
      expectInvoicedOnce(world, before);
      expect(sent(world, INVOICE_POST)).toBe(1);
    },
  );

  test('when the request is lost: it is sent again after settling', async () => {
    const world = await start();
    const before = countAll(world);
    world.syncro.fault({ kind: 'cut-before', method: 'POST', path: INVOICE_POST });
    await startInvoice(howardOf(world));
    await howardOf(world).message(/Invoiced #32160/, { timeoutMs: 8_000 });
    expectInvoicedOnce(world, before);
    expect(sent(world, INVOICE_POST)).toBe(2);
  });

  test('when the request is lost and a colleague makes the invoice meanwhile: it is asked about', async () => {
    const world = await start();
    world.syncro.fault({ kind: 'cut-before', method: 'POST', path: INVOICE_POST });
    const preview = await previewInvoice(howardOf(world));
    await preview.submit('Invoice $175.00');
    await world.slack.until(() => world.syncro.pendingFaults().length === 0);
    invoiceByHand(world, 'this ticket');
    const before = countAll(world);
    const question = await howardOf(world).message(/! #32160 changed since you looked at it/, { timeoutMs: 8_000 });
    expect(question.text).toContain('It was invoiced: #90001');
    await question.click('Stop');
    await howardOf(world).message(/Stopped invoicing #32160/);
    expect(addedSince(world, before)).toEqual(NOTHING);
  });

  test('and no status before the check agrees', async () => {
    const world = await start();
    const stop = world.syncro.onChange(({ kind }) => {
      if (kind !== 'invoice') return;
      stop();
      const row = world.syncro.state.invoiceLines.at(-1);
      if (row) row.price = 100;
    });
    await startInvoice(howardOf(world));
    const question = await howardOf(world).message(/The invoice is not what was previewed/, { timeoutMs: 8_000 });
    expect(question.text).toContain('is at $100.00 an hour instead of $175.00');
    expect(question.text).toMatch(/Done: invoice\. +Not done: check, status\./);
    expect(statusOf(world, FORGOTTEN)).toBe('Resolved');
    await question.click("Accept Syncro's $100.00");
    const receipt = await howardOf(world).message(/Invoiced #32160 [^$£]*\$100\.00/, { timeoutMs: 8_000 });
    expect(receipt.text).toContain("Not as previewed: Howard Enos accepted Syncro's total.");
    expect(statusOf(world, FORGOTTEN)).toBe('Invoiced');
  });
});

describe('lines that are no longer what was previewed stop it before anything is sent, because', () => {
  test.each(['this ticket', 'several tickets'] as const)('an invoice over %s took them', async (over) => {
    const world = await start();
    const preview = await previewInvoice(howardOf(world));
    invoiceByHand(world, over);
    const before = countAll(world);
    await preview.submit('Invoice $175.00');
    const stopped = await howardOf(world).message(/Stopped invoicing #32160/);
    expect(stopped.text).toContain('Labor - Onsite Business, 1.0 × $175.00, is no longer waiting to be invoiced.');
    if (over === 'this ticket') expect(stopped.text).toContain('It was invoiced: #90001');
    expect(stopped.text).toContain('Nothing was sent.');
    await stopped.click('Preview again');
    const again = await howardOf(world).modal('Check and invoice');
    await again.waitFor('Nothing on #32160 is waiting to be invoiced.');
    expect(addedSince(world, before)).toEqual(NOTHING);
    expect(statusOf(world, FORGOTTEN)).toBe('Resolved');
  });

  test.each([
    ['got more hours', (world: World) => Object.assign(forgottenLine(world).line, { quantity: 2 }), '$350.00'],
    [
      'got another rate',
      (world: World) => Object.assign(forgottenLine(world).line, { retail_cents: 10_000 }),
      '$100.00',
    ],
    [
      'was joined by another',
      (world: World) => world.syncro.state.lines.push({ ...forgottenLine(world).line, id: 1_648, quantity: 3 }),
      '$700.00',
    ],
  ])('one %s; the fresh preview shows what is true now', async (_what, change, amount) => {
    const world = await start();
    const preview = await previewInvoice(howardOf(world));
    change(world);
    const before = countAll(world);
    await preview.submit('Invoice $175.00');
    const stopped = await howardOf(world).message(/Stopped invoicing #32160/);
    expect(addedSince(world, before)).toEqual(NOTHING);
    await stopped.click('Preview again');
    const again = await howardOf(world).modal('Check and invoice');
    await again.waitFor(`[Invoice ${amount}]`);
    await again.submit(`Invoice ${amount}`);
    await howardOf(world).message(new RegExp(`Invoiced #32160 [^$]*\\${amount}`));
    expectInvoicedOnce(world, before);
  });
});
