import { describe, expect, test } from '@jest/globals';
import { bill, previewBill, startBilling } from '../features/bill/bill-steps.ts';
import { fillCache, openCreate, receiptOf, sentTicket } from '../features/create/create-steps.ts';
import { statusOf, ticketByNumber, writes } from '../features/tickets/ticket-effects.ts';
import { ask, sentBy } from '../features/tickets/ticket-steps.ts';
import { howardOf } from '../world/people.ts';
import { quickConfig, useWorld } from '../world/use-world.ts';

const start = useWorld();

/** What the command-line skill promised, line by line, where no other test shows it. */
describe('each labor word of the skill', () => {
  test.each([
    ['remote', 1190473, 'Labor - Remote Business', 150],
    ['onsite', 26118, 'Labor - Onsite Business', 175],
    ['emergency', 26184, 'Labor - Emergency or After Hours Business', 262.5],
    ['project', 9269129, 'Labor - Prepaid Project Labor', 150],
    ['internal', 9269124, 'Labor - Internal Labor', 0],
    ['travel', 26117, 'Fee - Travel Time', 50],
    ['website', 68055, 'Labor - Website Labor', 125],
  ])('%s bills product %i by its own name and rate', async (labor, productId, name, rate) => {
    const world = await start();
    const preview = await previewBill(howardOf(world), 32164, { minutes: '30', labor });
    expect(preview.text()).toContain(name);
    await preview.submit(/^Bill /);
    await howardOf(world).message(/Billed #32164/, { timeoutMs: 8000 });
    const sent = world.syncro.requests.find(({ path }) => path.endsWith('/add_line_item'));
    expect(sent?.body).toMatchObject({
      product_id: productId,
      name,
      quantity: 0.5,
      price_retail: rate,
      taxable: false,
    });
  });
});

describe('each status of the skill', () => {
  const statuses = [
    'New',
    'In Progress',
    'Waiting on Customer',
    'Waiting on Vendor',
    'Scheduled',
    'Resolved',
    'Invoiced',
    'Closed',
  ];

  test('can be set where the account has it, in its own spelling', async () => {
    const world = await start();
    world.syncro.state.settings.ticket_status_list = statuses;
    // It has an invoice, or Invoiced would be refused.
    for (const status of statuses) {
      await ask(howardOf(world), `update 32157 ${status.toUpperCase()}`, new RegExp(`Updated #32157: .* → ${status}`));
      expect(statusOf(world, 32157)).toBe(status);
    }
  });
});

describe('priority and technician of a new ticket', () => {
  test('Urgent is what the account calls so, and somebody else’s ticket is theirs', async () => {
    const world = await start({ shop: { more: 'tickets: { default_priority: Urgent }' } });
    const form = await openCreate(howardOf(world), 'Jerry Burger server down');
    expect(form.value('Priority')).toBe('0 Urgent');
    await form.choose('Technician', 'Rob Keane');
    await form.submit('Create');
    await receiptOf(howardOf(world));
    expect(sentTicket(world)).toMatchObject({ priority: '0 Urgent', user_id: 1760 });
  });

  test('are asked for where nobody can know them', async () => {
    const world = await start();
    world.syncro.state.settings.priorities = ['P1', 'P2'];
    const form = await openCreate(howardOf(world), 'Jerry Burger server down');
    expect(form.value('Priority')).toBe('');
    expect((await form.submit('Create')).errors).toEqual({ Priority: 'Please complete this required field.' });
    expect(writes(world)).toEqual([]);
    await form.choose('Priority', 'P1');
    await form.submit('Create');
    await receiptOf(howardOf(world));
    expect(sentTicket(world)).toMatchObject({ priority: 'P1', user_id: 1750 });
  });

  test('are asked for also when the form was sent before its menus were there', async () => {
    const world = await start({ shop: { timeout: 10 } });
    world.syncro.state.settings.priorities = ['P1', 'P2'];
    await fillCache(world);
    await world.stopApp();
    await world.startApp();
    world.syncro.setLatency(1_000);
    await howardOf(world).slash('/syncro', 'create Jerry Burger server down');
    const form = await howardOf(world).modal('New ticket');
    expect(form.text()).not.toContain('Priority');
    world.syncro.setLatency(0);
    await form.submit('Create');
    await form.waitFor('Choose a priority');
    expect(form.text()).toContain('Nothing was sent');
    expect(writes(world)).toEqual([]);
    await form.click('Back');
    await form.waitFor('Priority');
    expect(form.value('Subject')).toBe('server down');
    await form.choose('Priority', 'P2');
    await form.submit('Create');
    await receiptOf(howardOf(world));
    expect(sentTicket(world)).toMatchObject({ priority: 'P2', user_id: 1750 });
  });
});

test('a closed ticket is found by its number, also where Syncro lists open ones only', async () => {
  const world = await start({ syncro: { behaviour: { numberHidesClosed: true } } });
  ticketByNumber(world, 32164).status = 'Resolved';
  const card = await ask(howardOf(world), 'ticket 32164', /#32164 Own cloud thing again/);
  expect(card.text).toContain('Resolved · 2 Normal · Howard Enos');
});

test('a card has contact, due date, and how long ago it was created and changed', async () => {
  const world = await start();
  const row = ticketByNumber(world, 32163);
  row.due_date = '2026-12-01T17:00:00.000Z';
  row.updated_at = '2026-11-20T16:00:00.000Z';
  const card = await ask(howardOf(world), 'ticket 32163', /Remote - Jim cant access his email/);
  expect(card.text).toMatch(/LeeAnn Parkinson · Jim .* · \d/);
  expect(card.text).toMatch(/due Dec 1 · updated .*\ncreated \d+ d ago/);
});

describe('what is not there', () => {
  test('a customer who is gone is said so', async () => {
    const world = await start();
    const found = await ask(howardOf(world), 'customers smith', /2 customers for "smith"/);
    const { customers } = world.syncro.state;
    customers.splice(0, customers.length, ...customers.filter(({ lastname }) => lastname !== 'Smith'));
    await found.choose('Open a customer', 'John Smith · Phoenix');
    const words = await howardOf(world).message(/No customer/);
    expect(words.text).toContain('in Syncro. Nothing was changed.');
  });

  test('a ticket that is gone stops update, timer, close and comment in words', async () => {
    const world = await start();
    for (const command of ['update 99999 new', 'timer start 99999'])
      await ask(howardOf(world), command, /No ticket #99999 in Syncro\. Nothing was sent\./);
    for (const command of ['close 99999', 'comment 99999', 'update 99999']) {
      await howardOf(world).slash('/syncro', command);
      const form = await howardOf(world).modal(/#99999/);
      await form.waitFor('No ticket #99999 in Syncro.');
      await form.close();
    }
    expect(writes(world)).toEqual([]);
  });
});

test('an invoice that is gone when it is checked stops the bill before the status, in words', async () => {
  const world = await start();
  const { state } = world.syncro;
  const stop = world.syncro.onChange(({ kind }) => {
    if (kind !== 'invoice') return;
    stop();
    state.invoices.pop();
  });
  await startBilling(howardOf(world), 32164);
  const asked = await howardOf(world).message(/The check could not be done: Syncro has no invoice/, {
    timeoutMs: 8000,
  });
  expect(asked.text).toMatch(/Done: comment, labor, invoice\. +Not done: check, status\./);
  expect(asked.text).toContain('[Try again] [Stop]');
  expect(statusOf(world, 32164)).toBe('New');
});

describe('with the shared key, whose writing is allowed', () => {
  const config = quickConfig({ more: 'shared_key: { key: { env: SYNCRO_KEY_MICHAEL }, writes: true }' }).replace(
    ', key: { env: SYNCRO_KEY_HOWARD }',
    '',
  );
  const WARNING = '! Will be posted as Michael Swanson (the shared key), not under your name.';

  test('a comment says so before it is posted, and on its receipt', async () => {
    const world = await start({ config });
    await howardOf(world).slash('/syncro', 'comment 32164 Please try again.');
    const form = await howardOf(world).modal('Comment on #32164');
    await form.waitFor('Email goes to');
    await form.choose('Audience', 'Internal only');
    await form.submit('Preview');
    const preview = await howardOf(world).modal('Check and post');
    await preview.waitFor(WARNING);
    await preview.submit(/^(Email|Post) /);
    const receipt = await howardOf(world).message(/Commented on #32164/);
    await receipt.waitFor('as Michael Swanson');
    expect(sentBy(world)).toMatchObject([{ method: 'POST', technician: 1735 }]);
  });

  test('closing says so in the form, and on its receipt', async () => {
    const world = await start({ config });
    await howardOf(world).slash('/syncro', 'close 32164');
    const form = await howardOf(world).modal('Close #32164');
    await form.waitFor(WARNING);
    await form.submit('Close ticket');
    const receipt = await howardOf(world).message(/Closed #32164/, { channel: 'dm', timeoutMs: 10_000 });
    await receipt.waitFor('as Michael Swanson');
  });

  test('a new ticket says so in the form, and on its receipt', async () => {
    const world = await start({ config });
    const form = await openCreate(howardOf(world), 'Jerry Burger phone broken');
    await form.waitFor(WARNING);
    await form.submit('Create');
    expect((await receiptOf(howardOf(world))).text).toContain('as Michael Swanson');
  });
});

test('lines stay on the ticket after invoicing, and nothing else is written', async () => {
  const world = await start();
  await bill(howardOf(world), 32159);
  const { id } = ticketByNumber(world, 32159);
  expect(world.syncro.state.lines.filter(({ ticket_id }) => ticket_id === id)).toHaveLength(2);
  expect(writes(world).filter((write) => /remove|DELETE/.test(write))).toEqual([]);
  const card = await ask(howardOf(world), 'ticket 32159', /Router keeps rebooting/);
  expect(card.text).not.toContain('not invoiced');
});

test('a timer entry that nobody charged is on no invoice, and the preview says so', async () => {
  const world = await start();
  const [timer] = world.syncro.state.timers;
  if (!timer) throw new Error('no timer');
  timer.end_time = new Date(Date.parse(timer.start_time) + 42 * 60_000).toISOString();
  const preview = await previewBill(howardOf(world), 32155);
  expect(preview.text()).toContain(
    '! A time entry in Syncro (0:42) was never charged, so no invoice includes that time.',
  );
  await preview.submit(/^Bill /);
  await howardOf(world).message(/Billed #32155/, { timeoutMs: 8000 });
  const invoice = world.syncro.state.invoices.at(-1);
  expect(world.syncro.state.invoiceLines.filter((row) => row.invoice_id === invoice?.id)).toHaveLength(1);
  expect(timer.recorded).toBe(false);
});
