import { describe, expect, test } from '@jest/globals';
import { decimal } from '../../../sandbox/syncro/fields.ts';
import { invoiceTotals } from '../../../sandbox/syncro/invoice-json.ts';
import type { LineRow } from '../../../sandbox/syncro/rows.ts';
import type { World } from '../../../sandbox/world.ts';
import { quickConfig, useWorld } from '../../world/use-world.ts';
import { statusOf, ticketByNumber } from '../tickets/ticket-effects.ts';
import { bill, fillIn, openBillForm, previewBill, SAMPLE_COMMENT, startBilling } from './bill-steps.ts';

const start = useWorld();

const customerOf = (world: World, number: number) => {
  const { customer_id: id } = ticketByNumber(world, number);
  const customer = world.syncro.state.customers.find((row) => row.id === id);
  if (!customer) throw new Error(`no customer of #${number}`);
  return customer;
};

const productById = (world: World, id: number) => {
  const product = world.syncro.state.products.find((row) => row.id === id);
  if (!product) throw new Error(`no product ${id}`);
  return product;
};

/** Somebody adds this in Syncro's own pages. */
const addLine = (world: World, number: number, hours: number, at: number, fields: Partial<LineRow> = {}): void => {
  const product = productById(world, 1190473);
  world.syncro.state.next.id += 1;
  world.syncro.state.lines.push({
    id: world.syncro.state.next.id,
    ticket_id: ticketByNumber(world, number).id,
    user_id: 1737,
    product_id: product.id,
    name: product.name,
    description: 'Done in the browser',
    quantity: hours,
    product_category: 'Labor',
    upc_code: null,
    taxable: false,
    cost_cents: 0,
    retail_cents: 15_000,
    created_at: new Date(at).toISOString(),
    updated_at: new Date(at).toISOString(),
    converted: false,
    position: 1,
    invoice_id: null,
    ...fields,
  });
};

test.each(['401', '500-before'] as const)(
  'a zone that Syncro answers with %s is told before the bill',
  async (kind) => {
    const world = await start();
    world.syncro.fault({ kind, method: 'GET', path: '/settings', times: 99 });
    const preview = await previewBill(world.slack.person('U012HOWARD'), 32164);
    expect(preview.text()).toMatch(
      /! The account's time zone is unknown: the invoice will be dated \d{4}-\d\d-\d\d \(UTC\)\./,
    );
  },
);

describe('Check and bill', () => {
  test('shows product, hours, live rate, amount, tax, invoice, comment, recipient and name', async () => {
    const world = await start();
    const preview = await previewBill(world.slack.person('U012HOWARD'), 32164);
    expect(preview.text()).toBe(
      [
        'Check and bill',
        '$112.50 to Jerry Burger',
        '#32164 · 0.75 h × $150.00 = $112.50, Labor - Remote Business · not taxed',
        '✉ Emails jerry@customer.example:',
        '| Reset the cloud thing.',
        'New invoice, 1 line. Status changes to Invoiced.',
        '[⋯ Not billable…]',
        'as Howard Enos',
        '[Back] [Bill $112.50]',
      ].join('\n'),
    );
  });

  test('names an older line that was never invoiced, and the total with it', async () => {
    const world = await start();
    const howard = world.slack.person('U012HOWARD');
    const preview = await previewBill(howard, 32159);
    expect(preview.text()).toMatch(
      /New invoice, 2 lines\. .*\nAlso includes: 1\.0 h Labor - Onsite Business \$175\.00 \(\w+ \d+\) → total \$287\.50/,
    );
    await preview.submit(/^Bill /);
    await howard.message(
      /Billed #32159 .*\n0\.75 h Labor - Remote Business and 1 more line · invoice #70000: \$287\.50\n/,
    );
    const invoice = world.syncro.state.invoices.at(-1);
    expect(invoiceTotals(world.syncro.state, invoice?.id ?? 0).total).toBe('287.5');
  });

  test('of a ticket with a discount says that the total is not known, and takes what Syncro makes of it', async () => {
    const world = await start();
    const onsite = world.syncro.state.lines.find(({ ticket_id: id }) => id === ticketByNumber(world, 32159).id);
    if (onsite) onsite.line_discount_percent = 10;
    const howard = world.slack.person('U012HOWARD');
    const preview = await previewBill(howard, 32159);
    expect(preview.text()).toContain('Labor - Onsite Business $175.00 less a discount (');
    expect(preview.text()).toContain('→ total unknown until Syncro takes off the discount');
    await preview.submit(/^Bill /);
    await howard.message(/Billed #32159 [^$£]*invoice #\d+: \$270\.00/);
    expect(statusOf(world, 32159)).toBe('Invoiced');
  });

  test('of twice 0.75 h × $262.50 is right, whichever way the half cents go', async () => {
    const world = await start();
    productById(world, 1190473).price_retail = 262.5;
    addLine(world, 32164, 0.75, Date.now() - 40 * 86_400_000);
    Object.assign(world.syncro.state.lines.at(-1) ?? {}, { retail_cents: 26_250 });
    const howard = world.slack.person('U012HOWARD');
    const preview = await previewBill(howard, 32164);
    expect(preview.text()).toContain('→ total $393.75');
    await preview.submit(/^Bill /);
    await howard.message(/Billed #32164 [^$£]*\$393\.75/);
  });

  test('adds up the older lines by what they cost, not by what the product costs now', async () => {
    const world = await start();
    productById(world, 26118).price_retail = 999;
    const preview = await previewBill(world.slack.person('U012HOWARD'), 32159);
    expect(preview.text()).toContain('→ total $287.50');
  });

  test('warns of an invoice that the ticket already has, and of no other ticket’s', async () => {
    const world = await start();
    const preview = await previewBill(world.slack.person('U012HOWARD'), 32157);
    const warnings = preview
      .text()
      .split('\n')
      .filter((line) => line.startsWith('! '));
    expect(warnings).toEqual([expect.stringMatching(/^! Already billed \w+ \d+: invoice #69987, \$150\.00$/)]);
  });

  test('says first, and on the button, that the same was billed a moment ago', async () => {
    const world = await start();
    const howard = world.slack.person('U012HOWARD');
    await bill(howard, 32164);
    const again = await previewBill(howard, 32164);
    const shown = again.text().split('\n');
    expect(shown.slice(1, 4)).toEqual([
      expect.stringMatching(/^! The same labor was added \w+ \d+: 0\.75 h/),
      expect.stringMatching(/^! Already billed \w+ \d+: invoice #70000, \$112\.50, same comment$/),
      '$112.50 to Jerry Burger',
    ]);
    expect(shown.at(-1)).toBe('[Back] [Bill again $112.50]');
    const levels = again.raw.source.blocks;
    expect(JSON.stringify(levels).match(/"level":"\w+"/g)).toEqual(['"level":"error"', '"level":"error"']);
  });

  test('warns of an equal comment and an equal line that somebody else added in Syncro itself', async () => {
    const world = await start();
    const { id } = ticketByNumber(world, 32164);
    addLine(world, 32164, 0.75, Date.now() - 3_600_000);
    const comments = world.syncro.state.comments;
    const like = comments.find((comment) => comment.ticket_id === id && comment.user_id !== null);
    if (!like) throw new Error('no comment to copy');
    const at = new Date(Date.now() - 3_600_000).toISOString();
    comments.push({
      ...like,
      id: like.id + 9_000,
      body: SAMPLE_COMMENT,
      tech: 'Winter Hale',
      user_id: 1737,
      created_at: at,
    });
    const preview = await previewBill(world.slack.person('U012HOWARD'), 32164);
    expect(preview.text()).toMatch(/! The same labor was added \w+ \d+: 0\.75 h Labor - Remote Business, \$112\.50\./);
    expect(preview.text()).toMatch(/! The same comment was posted \w+ \d+ by Winter Hale\./);
  });

  test('does not warn of an equal line of long ago', async () => {
    const world = await start();
    addLine(world, 32164, 0.75, Date.now() - 40 * 86_400_000);
    const preview = await previewBill(world.slack.person('U012HOWARD'), 32164);
    expect(preview.text()).not.toContain('An equal line');
    expect(preview.text()).toContain('Also includes: 0.75 h Labor - Remote Business');
  });

  test('warns of more than eight hours', async () => {
    const world = await start();
    const preview = await previewBill(world.slack.person('U012HOWARD'), 32164, { minutes: '9h' });
    expect(preview.text()).toContain('! 540 minutes is more than 8 hours.');
    const usual = await start();
    const eight = await previewBill(usual.slack.person('U012HOWARD'), 32164, { minutes: '8h' });
    expect(eight.text()).not.toContain('more than 8 hours');
  });

  test('warns of a rate of zero', async () => {
    const world = await start();
    const preview = await previewBill(world.slack.person('U012HOWARD'), 32164, { labor: 'internal' });
    expect(preview.text()).toContain('0.75 h × $0.00 = $0.00');
    expect(preview.text()).toContain('! The rate of Labor - Internal Labor is $0.00.');
  });

  test('warns of a rate below zero', async () => {
    const world = await start();
    productById(world, 1190473).price_retail = -50;
    const preview = await previewBill(world.slack.person('U012HOWARD'), 32164);
    expect(preview.text()).toContain('0.75 h × -$50.00 = -$37.50');
    expect(preview.text()).toContain(
      '! The rate of Labor - Remote Business is -$50.00: it takes money off the invoice.',
    );
  });

  test('warns of what is odd about the older lines that the invoice takes along', async () => {
    const world = await start();
    const older = { name: 'Credit', retail_cents: -50_000, quantity: 1 };
    for (const fields of [older, { ...older, name: 'Favor', retail_cents: 0 }])
      addLine(world, 32164, 0.75, Date.now(), fields);
    const preview = await previewBill(world.slack.person('U012HOWARD'), 32164, { labor: 'onsite' });
    // 45 min at $175.00 are $131.25.
    expect(preview.text()).toContain('→ total -$368.75');
    expect(preview.text()).toContain(
      '! On this ticket already: 1.0 h Credit, -$500.00. It takes money off the invoice.',
    );
    expect(preview.text()).toContain('! On this ticket already: 1.0 h Favor, $0.00.');
  });

  test('bills a rate with more than two decimals as it is', async () => {
    const world = await start();
    productById(world, 1190473).price_retail = 149.995;
    const howard = world.slack.person('U012HOWARD');
    const preview = await previewBill(howard, 32164);
    expect(preview.text()).toContain('0.75 h × $149.995 = $112.50');
    await preview.submit(/^Bill /);
    await howard.message(/Billed #32164 [^$£]*\$112\.50/);
    const line = world.syncro.requests.find(({ path }) => path.endsWith('/add_line_item'));
    expect(line?.body).toMatchObject({ price_retail: 149.995 });
  });

  test('warns of labor that is taxable in Syncro, and taxes it where the settings say so', async () => {
    const world = await start();
    productById(world, 1190473).taxable = true;
    const preview = await previewBill(world.slack.person('U012HOWARD'), 32164);
    expect(preview.text()).toContain('= $112.50, Labor - Remote Business · not taxed');
    expect(preview.text()).toContain(
      '! Labor - Remote Business is taxable in Syncro; this bill charges it without tax.',
    );
    const config = quickConfig().replace('product_id: 1190473', 'product_id: 1190473, taxable: follow');
    const taxing = await start({ config });
    productById(taxing, 1190473).taxable = true;
    const howard = taxing.slack.person('U012HOWARD');
    const taxed = await previewBill(howard, 32164);
    expect(taxed.text()).toContain('= $112.50, Labor - Remote Business · taxed');
    expect(taxed.text()).toContain('$112.50 plus tax to Jerry Burger');
    expect(taxed.text()).not.toContain('! ');
    await taxed.submit(/^Bill /);
    await howard.message(/Billed #32164 [^$£]*\$122\.29/);
  });

  test('shows the note of a labor type', async () => {
    const world = await start();
    const preview = await previewBill(world.slack.person('U012HOWARD'), 32165, { labor: 'project' });
    expect(preview.text()).toContain('Prepaid project: does not debit the prepaid block');
    expect(preview.text()).not.toContain('of the block');
    expect(preview.text()).toContain('$112.50');
  });

  test('reads the rate again for every preview', async () => {
    const world = await start();
    const howard = world.slack.person('U012HOWARD');
    const preview = await previewBill(howard, 32164);
    expect(preview.text()).toContain('0.75 h × $150.00 = $112.50');
    const product = productById(world, 1190473);
    product.price_retail = 160;
    product.name = 'Labor - Remote, new price';
    await preview.click('Back');
    const form = await howard.modal('Bill #32164');
    await form.submit('Preview');
    const again = await howard.modal('Check and bill');
    await again.waitFor('0.75 h × $160.00 = $120.00');
    expect(again.text()).toContain('Labor - Remote, new price');
    await again.submit(/^Bill /);
    await howard.message(/Billed #32164 [^$£]*\$120\.00/);
    expect(world.syncro.state.lines.at(-1)).toMatchObject({ retail_cents: 16_000, name: 'Labor - Remote, new price' });
  });

  test('bills what was shown when the rate changes between the preview and Bill', async () => {
    const world = await start();
    const howard = world.slack.person('U012HOWARD');
    const preview = await previewBill(howard, 32164);
    productById(world, 1190473).price_retail = 999;
    await preview.submit(/^Bill /);
    await howard.message(/Billed #32164 [^$£]*\$112\.50/);
    expect(world.syncro.state.lines.at(-1)?.retail_cents).toBe(15_000);
  });

  test('says that the status stays where the account has no Invoiced', async () => {
    const world = await start();
    const { settings } = world.syncro.state;
    settings.ticket_status_list = settings.ticket_status_list.filter((status) => status !== 'Invoiced');
    const howard = world.slack.person('U012HOWARD');
    const preview = await previewBill(howard, 32164);
    expect(preview.text()).toContain('! This Syncro account has no status "Invoiced": the status will stay as it is.');
    await preview.submit(/^Bill /);
    const receipt = await howard.message(/Billed #32164/);
    expect(receipt.text).toContain('The status was left as it is');
    expect(statusOf(world, 32164)).toBe('New');
  });
});

describe('a prepaid block', () => {
  test('is shown before and after, falls by the hours, and makes an invoice of $0.00 right', async () => {
    const world = await start();
    const howard = world.slack.person('U012HOWARD');
    const preview = await previewBill(howard, 32165);
    expect(preview.text()).toContain('6.50 h → 5.75 h of the block. The invoice total is $0.00.');
    await preview.submit(/^Bill /);
    const receipt = await howard.message(/Billed #32165/);
    expect(receipt.text).toMatch(/Billed #32165 .*\n.* from the block, .* h left · invoice #70000: \$0\.00\n/);
    expect(receipt.text).toContain('h left · invoice #70000: $0.00');
    expect(customerOf(world, 32165).prepay_hours).toBe('5.75');
    expect(statusOf(world, 32165)).toBe('Invoiced');
  });

  test('that Syncro did not debit stops the bill before the status', async () => {
    const world = await start();
    const howard = world.slack.person('U012HOWARD');
    world.syncro.onChange(({ kind }) => {
      if (kind === 'invoice') customerOf(world, 32165).prepay_hours = decimal(6.5);
    });
    await startBilling(howard, 32165);
    const message = await howard.message(/The prepaid block is at 6\.5 h instead of 5\.75 h\./, { timeoutMs: 8000 });
    expect(message.text).toContain('the status was left as it is');
    expect(statusOf(world, 32165)).toBe('In Progress');
  });

  test('that is too small is warned of, and the receipt names what Syncro charged', async () => {
    const world = await start();
    customerOf(world, 32165).prepay_hours = decimal(0.5);
    const howard = world.slack.person('U012HOWARD');
    const preview = await previewBill(howard, 32165);
    expect(preview.text()).toContain('! The prepaid block has only 0.5 h: Syncro decides what the rest costs.');
    expect(preview.text()).toContain('0.50 h → 0.00 h of the block. Syncro works out the invoice total.');
    expect(preview.text()).not.toContain('The invoice total is');
    await preview.submit(/^Bill /);
    const receipt = await howard.message(/Billed #32165 [^$£]*\$37\.50/, { timeoutMs: 8000 });
    expect(receipt.text).toContain('from the block as far as it goes');
    expect(statusOf(world, 32165)).toBe('Invoiced');
  });

  test('that is overdrawn pays nothing, which the card, the form and the preview say in words', async () => {
    const world = await start();
    customerOf(world, 32165).prepay_hours = decimal(-2.5);
    const howard = world.slack.person('U012HOWARD');
    await howard.slash('/syncro', 'ticket 32165');
    const card = await howard.message(/Email signatures/);
    expect(card.text).toContain('! Prepaid block overdrawn by 2.5 h');
    const form = await openBillForm(howard, 32165);
    expect(form.text()).toContain('Desert Dental · prepaid overdrawn by 2.5 h\n');
    await fillIn(form, { minutes: '45', labor: 'remote', comment: SAMPLE_COMMENT });
    await form.submit('Preview');
    const preview = await howard.modal('Check and bill');
    await preview.waitFor('[Bill $112.50]');
    expect(preview.text()).toContain("! The prepaid block is overdrawn by 2.5 h, so it doesn't cover any of this.");
  });

  test('that older lines use up leaves this hour to be paid in money, and the preview says so', async () => {
    const world = await start();
    customerOf(world, 32165).prepay_hours = decimal(2);
    addLine(world, 32165, 2, Date.now() - 3 * 86_400_000);
    const howard = world.slack.person('U012HOWARD');
    const preview = await previewBill(howard, 32165, { minutes: '60' });
    expect(preview.text()).toContain(
      "! The prepaid block has nothing left after this ticket's other lines: Syncro decides what the rest costs.",
    );
    expect(preview.text()).toContain('2.00 h → 0.00 h of the block. Syncro works out the invoice total.');
    expect(preview.text()).toContain('New invoice, 2 lines.');
    expect(preview.text()).not.toContain('$0.00');
    await preview.submit('Bill 1.0 h');
    const receipt = await howard.message(/Billed #32165 [^$£]*\$150\.00/);
    expect(receipt.text).toContain('from the block as far as it goes');
    expect(customerOf(world, 32165).prepay_hours).toBe('0.0');
  });

  test('is read live, however recently the customer was shown', async () => {
    const world = await start();
    const howard = world.slack.person('U012HOWARD');
    await (await previewBill(howard, 32165)).closeAll();
    customerOf(world, 32165).prepay_hours = decimal(3);
    const preview = await previewBill(howard, 32165);
    expect(preview.text()).toContain('3.00 h → 2.25 h of the block');
  });

  test('that takes older lines too is said to have paid their hours, and no amount that nobody charged', async () => {
    const world = await start();
    addLine(world, 32165, 1, Date.now() - 40 * 86_400_000);
    const receipt = await bill(world.slack.person('U012HOWARD'), 32165);
    const invoice = world.syncro.state.invoices.at(-1);
    expect(invoiceTotals(world.syncro.state, invoice?.id ?? 0).total).toBe('0.0');
    expect(receipt.text).toContain(
      '\n0.75 h Labor - Remote Business and 1 more line · 1.75 h from the block, 4.75 h left · invoice #70000: $0.00\n',
    );
    expect(receipt.text).not.toContain('$112.50');
    expect(customerOf(world, 32165).prepay_hours).toBe('4.75');
  });

  test('that does not pay an older line is said to have paid only its own hours', async () => {
    const world = await start();
    addLine(world, 32165, 1, Date.now() - 40 * 86_400_000, { product_id: 9_269_129 });
    const receipt = await bill(world.slack.person('U012HOWARD'), 32165);
    expect(receipt.text).toContain(' and 1 more line · 0.75 h from the block, 5.75 h left · invoice #70000: $150.00\n');
    expect(customerOf(world, 32165).prepay_hours).toBe('5.75');
  });
});
