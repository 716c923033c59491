import { describe, expect, test } from '@jest/globals';
import { useWorld } from '../../world/use-world.ts';
import { addMonthly, charge, previewCharge } from '../later/later-steps.ts';
import { addedSince, countAll, statusOf, writes } from '../tickets/ticket-effects.ts';
import { ask } from '../tickets/ticket-steps.ts';
import { openBillForm } from './bill-steps.ts';

const start = useWorld();

const ONE_CHARGE = { comments: 1, lines: 1, invoices: 0, mails: 1 };
const LINE = 'bill 32164 45m remote fixed the printer';

describe('a bill for a customer with a recurring invoice', () => {
  test('is preset to it, names it and its day, and leaves the line to it', async () => {
    const world = await start({ shop: { more: 'billing: { charged_status: Resolved }' } });
    addMonthly(world, '2026-04-01');
    const before = countAll(world);
    const howard = world.slack.person('U012HOWARD');
    const preview = await previewCharge(howard);
    expect(preview.text()).toContain('[Charge $112.50]');
    expect(preview.text()).toContain(
      'No invoice now. It goes on "Monthly managed", Apr 1. Status changes to Resolved.',
    );
    await preview.submitTwice(/^Charge /);
    const receipt = await howard.message(/Charged #32164/);
    expect(receipt.text).toContain('$112.50 · goes on "Monthly managed", Apr 1');
    expect(receipt.text).not.toMatch(/Invoice|Billed/);
    expect(addedSince(world, before)).toEqual(ONE_CHARGE);
    expect(statusOf(world, 32164)).toBe('Resolved');
  });

  test('keeps the status where none is set for it', async () => {
    const world = await start();
    addMonthly(world, '2026-04-01');
    await charge(world.slack.person('U012HOWARD'));
    expect(statusOf(world, 32164)).toBe('New');
    expect(writes(world).map((write) => write.replace(/\d+/, '…'))).toEqual([
      'POST /tickets/…/comment',
      'POST /tickets/…/add_line_item',
    ]);
  });

  test('is invoiced at once where that is chosen', async () => {
    const world = await start();
    addMonthly(world, '2026-04-01');
    const before = countAll(world);
    const howard = world.slack.person('U012HOWARD');
    const form = await openBillForm(howard, 32164);
    expect(form.value('Invoice')).toBe('Later: Apr 1');
    await form.type('Minutes', '45');
    await form.choose('Labor type', 'remote');
    await form.type('Comment', 'Done.');
    await form.choose('Invoice', 'Now');
    await form.submit('Preview');
    const preview = await howard.modal('Check and bill');
    await preview.waitFor('[Bill $112.50]');
    await preview.submit(/^Bill /);
    await howard.message(/Billed #32164/);
    expect(addedSince(world, before)).toEqual({ ...ONE_CHARGE, invoices: 1 });
  });

  test('in one line lets it be chosen in the preview, and charges what was seen', async () => {
    const world = await start();
    addMonthly(world, '2026-04-01');
    const before = countAll(world);
    const howard = world.slack.person('U012HOWARD');
    await howard.slash('/syncro', LINE);
    const preview = await howard.modal('Check and bill');
    await preview.waitFor('[Charge $112.50]');
    expect(preview.value('Invoice')).toBe('Later: Apr 1');
    await preview.choose('Invoice', 'Now');
    await preview.waitFor('[Bill $112.50]');
    await preview.choose('Invoice', 'Later: Apr 1');
    await preview.waitFor('[Charge $112.50]');
    await preview.submit(/^Charge /);
    await howard.message(/Charged #32164/);
    expect(addedSince(world, before)).toEqual(ONE_CHARGE);
  });

  test('in one line charges by one press what it is preset to', async () => {
    const world = await start();
    addMonthly(world, '2026-04-01');
    const before = countAll(world);
    const howard = world.slack.person('U012HOWARD');
    await howard.slash('/syncro', LINE);
    const preview = await howard.modal('Check and bill');
    await preview.waitFor('[Charge $112.50]');
    await preview.submit(/^Charge /);
    await howard.message(/Charged #32164/);
    expect(addedSince(world, before)).toEqual(ONE_CHARGE);
  });
});

test('what was charged for a recurring invoice and is invoiced now is told as that before it is', async () => {
  const world = await start();
  addMonthly(world, '2026-04-01');
  const howard = world.slack.person('U012HOWARD');
  await charge(howard);
  await howard.slash('/syncro', 'bill 32164 30m remote moved the printer');
  const preview = await howard.modal('Check and bill');
  await preview.waitFor('[Charge $75.00]');
  expect(preview.text()).not.toContain('Also includes');
  await preview.choose('Invoice', 'Now');
  await preview.waitFor('[Bill $75.00]');
  expect(preview.text()).toMatch(
    /Also includes: 0\.75 h Labor - Remote Business \$112\.50 \(.*, was to go on a recurring invoice, Apr 1\) → total \$187\.50/,
  );
  await preview.closeAll();
  const card = await ask(howard, 'ticket 32164', /#32164 Own/);
  await card.click('Invoice $112.50');
  const invoice = await howard.modal('Check and invoice');
  await invoice.waitFor('[Invoice $112.50]');
  expect(invoice.text()).toMatch(/not taxed · added .* · was to go on a recurring invoice, Apr 1/);
});

test('what was charged for a recurring invoice is shown as that, and counted on its day', async () => {
  const world = await start({ shop: { more: 'billing: { charged_status: Resolved }' } });
  addMonthly(world, '2026-04-01');
  const howard = world.slack.person('U012HOWARD');
  await charge(howard);
  const card = await ask(howard, 'ticket 32164', /#32164 Own/);
  expect(card.text).toContain('$112.50 waiting for a recurring invoice, Apr 1');
  const list = await ask(howard, '', /Your open tickets/);
  expect(list.text).toContain('! 2 resolved, never invoiced: $262.50');
  await list.click('Show');
  const forgotten = await howard.message(/2 resolved, never invoiced/, { after: list.ts });
  expect(forgotten.text).toContain('$112.50 more is waiting for recurring invoices, on 1 ticket.');
  const home = await howard.openHome();
  await home.waitFor('Today 1 bill · 0.75 h · $112.50, $112.50 of it later');
  await howard.slash('/syncro', 'close 32164');
  const form = await howard.modal('Close #32164');
  await form.waitFor('goes on a recurring invoice, Apr 1.');
});

test('a charge costs six requests once its ticket is known, two less than a bill with an invoice', async () => {
  const world = await start({ shop: { more: 'billing: { charged_status: Resolved }' } });
  addMonthly(world, '2026-04-01');
  const howard = world.slack.person('U012HOWARD');
  const receipt = await charge(howard);
  const first = world.syncro.requests.length;
  const preview = await previewCharge(howard, 32164, 'Reset it once more.');
  await preview.submit(/^Charge /);
  await howard.message(/Charged #32164/, { after: receipt.ts });
  const shape = world.syncro.requests
    .slice(first)
    .map(({ method, path }) => `${method} ${path.replace(/\d{5,}/g, '…')}`);
  expect(shape.toSorted()).toEqual(
    [
      'GET /invoices?ticket_id=…',
      'GET /tickets/…',
      'POST /tickets/…/comment',
      'POST /tickets/…/add_line_item',
      'GET /tickets/…',
      'PUT /tickets/…',
    ].toSorted(),
  );
});

describe('a bill for a customer without one', () => {
  test('is preset to an invoice now; charged all the same, it warns and offers the invoice', async () => {
    const world = await start();
    addMonthly(world, '2026-04-01', { paused: true });
    const howard = world.slack.person('U012HOWARD');
    await howard.slash('/syncro', LINE);
    const preview = await howard.modal('Check and bill');
    await preview.waitFor('[Bill $112.50]');
    expect(preview.value('Invoice')).toBe('Now');
    await preview.choose('Invoice', 'Later');
    await preview.waitFor('[Charge $112.50]');
    expect(preview.text()).toContain('"Monthly managed" is paused: nothing will invoice this by itself.');
    await preview.submit(/^Charge /);
    const receipt = await howard.message(/Charged #32164/);
    await receipt.click('Invoice $112.50');
    const invoice = await howard.modal('Check and invoice');
    await invoice.waitFor('[Invoice $112.50]');
  });
});
