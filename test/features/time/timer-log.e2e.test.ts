import { describe, expect, test } from '@jest/globals';
import type { World } from '../../../sandbox/world.ts';
import { quickConfig } from '../../world/use-world.ts';
import { addedSince, countAll, NOTHING, ticketByNumber, writes } from '../tickets/ticket-effects.ts';
import { NOTES, previewLog, readyToLog, stopped, timer, useTimers } from './timer-steps.ts';

const start = useTimers();

const ENTRY = /\/timer_entry$/;
const CHARGE = /\/charge_timer_entry$/;
const sent = ({ syncro }: World, path: RegExp) =>
  syncro.requests.filter((request) => request.method === 'POST' && path.test(request.path));
const timersOf = ({ syncro }: World) => syncro.state.timers.filter(({ notes }) => notes === NOTES);
const linesOf = ({ syncro }: World) => syncro.state.lines.filter(({ description }) => description === NOTES);
const remoteOf = ({ syncro }: World) => {
  const found = syncro.state.products.find(({ id }) => id === 1190473);
  if (!found) throw new Error('no remote labor');
  return found;
};
const RECEIPT = /Logged 0\.7 h on #32164 [\s\S]*Charged as Labor - Remote Business, \$105\.00\n[\s\S]*as Howard Enos/;

/** The entry is there once and was charged once. */
const expectLoggedOnce = (world: World): void => {
  expect(timersOf(world)).toHaveLength(1);
  expect(timersOf(world)[0]).toMatchObject({ recorded: true, user_id: 1750 });
  expect(linesOf(world)).toHaveLength(1);
};

describe('Log in Syncro', () => {
  test('has the measured minutes, no labor type, and wants notes', async () => {
    const world = await start();
    const { howard, form, message } = await stopped(world, 42);
    await form.close();
    await message.click('Log in Syncro');
    const log = await howard.modal('Log time on #32164');
    expect(log.value('Minutes')).toBe('42');
    expect(log.value('Labor type')).toBe('');
    expect(log.text()).toContain('Printed on the invoice.');
    await log.type('Minutes', 'soon');
    await log.choose('Labor type', 'remote');
    await log.type('Notes', '  \n ');
    const { errors } = await log.submit('Preview');
    expect(errors).toEqual({
      Minutes: expect.stringContaining('Enter a time, for example 45'),
      Notes: 'Write what you did.',
    });
  });

  test('refuses a rate that a charge can’t carry, and tells what a block is not debited', async () => {
    const rules = `26184, prepaid: { times: 1.5 }, minimum_minutes: 60 }
  night: { product_id: 26184, rate: { of: remote, times: 1.5 } }`;
    const world = await start({ config: quickConfig().replace('26184 }', rules) });
    const { howard, form, message } = await stopped(world, 42);
    await form.close();
    await message.click('Log in Syncro');
    const log = await howard.modal('Log time on #32164');
    await log.choose('Labor type', 'night');
    await log.type('Notes', NOTES);
    const { errors } = await log.submit('Preview');
    expect(errors).toEqual({
      'Labor type': "night is billed at remote × 1.5, and logged time can't carry that rate. Bill it instead.",
    });
    await log.choose('Labor type', 'emergency');
    await log.submit('Preview');
    const preview = await howard.modal('Check and log');
    await preview.waitFor('[Log 42 min]');
    expect(preview.text()).toContain(
      '! Logged time takes prepaid hours once, not × 1.5. If this customer has a block, bill emergency instead.',
    );
    expect(preview.text()).toContain('! Time is logged as worked, 42 min; a bill would round it up to 60.');
  });

  test('shows product, live rate, amount, author and notes, and then sends just that', async () => {
    const world = await start();
    remoteOf(world).price_retail = 160;
    const before = countAll(world);
    const { howard, preview } = await readyToLog(world);
    for (const words of [
      '#32164 Own cloud thing again',
      '0.7 h × $160.00 = $112.00, Labor - Remote Business · not taxed',
      "It will go on this ticket's next invoice or a recurring one.",
      'Notes, also printed on the invoice:',
      NOTES,
      'as Howard Enos',
    ])
      expect(preview.text()).toContain(words);
    expect(preview.text()).not.toContain('! ');
    expect(writes(world)).toEqual([]);
    const stoppedAt = Date.now();
    await preview.submitTwice(/^Log /);
    const receipt = await howard.message(
      /Logged 0\.7 h on #32164 [\s\S]*Charged as Labor - Remote Business, \$112\.00\n[\s\S]*as Howard Enos/,
    );
    expect(receipt.text).toContain('Sent once, confirmed.');
    expect(receipt.text).toContain("Not invoiced yet. It will go on this ticket's next invoice or a recurring one.");
    expect(receipt.text).toContain('[Open ticket');
    const { id } = ticketByNumber(world, 32164);
    expect(writes(world)).toEqual([`POST /tickets/${id}/timer_entry`, `POST /tickets/${id}/charge_timer_entry`]);
    const [entry] = timersOf(world);
    const body = sent(world, ENTRY)[0]?.body;
    expect(body).toEqual({
      start_at: entry?.start_time,
      end_at: entry?.end_time,
      notes: NOTES,
      product_id: 1190473,
    });
    const [from, to] = [Date.parse(entry?.start_time ?? ''), Date.parse(entry?.end_time ?? '')];
    expect(to - from).toBe(42 * 60_000);
    expect(Math.abs(to - stoppedAt)).toBeLessThan(5_000);
    expect(sent(world, CHARGE)[0]?.body).toEqual({ timer_entry_id: entry?.id });
    expect(sent(world, ENTRY)[0]?.technician).toBe(1750);
    expectLoggedOnce(world);
    expect(linesOf(world)[0]).toMatchObject({ quantity: 0.7, retail_cents: 16_000, taxable: false, user_id: 1750 });
    expect(addedSince(world, before)).toEqual({ ...NOTHING, lines: 1 });
    expect(howard.dm()).toHaveLength(1);
    await timer(howard, 'list');
    await howard.message('No timers: every minute is billed, logged or discarded.');
  });

  test('goes back with everything that was typed', async () => {
    const world = await start();
    const { howard, preview } = await readyToLog(world);
    await preview.click('Back');
    const form = await howard.modal('Log time on #32164');
    expect([form.value('Minutes'), form.value('Labor type'), form.value('Notes')]).toEqual(['42', 'remote', NOTES]);
    await form.type('Minutes', '10');
    await form.submit('Preview');
    await (await howard.modal('Check and log')).waitFor('(10 min)');
  });

  test('warns of what is odd before it is sent', async () => {
    const world = await start({
      shop: { more: 'billing: { round_up_to_minutes: 30 }' },
    });
    Object.assign(remoteOf(world), { price_retail: 0, disabled: true, taxable: true });
    const { howard, form, message } = await stopped(world, 500);
    await form.close();
    await message.click('Log in Syncro');
    const preview = await previewLog(howard);
    for (const words of [
      '! The rate of Labor - Remote Business is $0.00.',
      '! Labor - Remote Business is disabled in Syncro.',
      '! 500 minutes is more than 8 hours.',
      '! Labor - Remote Business is taxable in Syncro',
      '! Time is logged as worked, 500 min; a bill would round it up to 510.',
    ])
      expect(preview.text()).toContain(words);
    expect(preview.text()).not.toContain('not taxed');
  });

  test('of 20 minutes is 0.3333 h, which the next bill takes along to the cent', async () => {
    const world = await start();
    const { howard, preview } = await readyToLog(world, 20);
    expect(preview.text()).toContain('0.3333 h × $150.00 = $50.00');
    await preview.submit(/^Log /);
    const receipt = await howard.message(/Logged 0\.3333 h on #32164/);
    expect(linesOf(world)[0]).toMatchObject({ quantity: 0.3333 });
    await receipt.click('Bill');
    const form = await howard.modal('Bill #32164');
    await form.waitFor('Invoice');
    await form.type('Minutes', '45');
    await form.choose('Labor type', 'onsite');
    await form.type('Comment', 'Came by.');
    await form.submit('Preview');
    const bill = await howard.modal('Check and bill');
    await bill.waitFor('Also includes: 0.3333 h Labor - Remote Business $50.00');
    expect(bill.text()).toContain('→ total $181.25');
    await bill.submit(/^Bill /);
    await howard.message(/Billed #32164 [^$£]*\$181\.25/, { timeoutMs: 8_000 });
  });

  test('of a product that is taxed in Syncro is taxed, as the preview says', async () => {
    const world = await start();
    remoteOf(world).taxable = true;
    const { howard, preview } = await readyToLog(world);
    expect(preview.text()).toContain('= $105.00, Labor - Remote Business · taxed');
    await preview.submit(/^Log /);
    await howard.message(RECEIPT);
    expect(linesOf(world)[0]).toMatchObject({ taxable: true });
  });

  test('is not offered a second time, and warns when the same was charged shortly before', async () => {
    const world = await start();
    const { howard, message, preview } = await readyToLog(world);
    await preview.submit(/^Log /);
    await howard.message(RECEIPT);
    await message.click('Log in Syncro');
    await howard.message(/These minutes on #32164 were already logged \(ref \w+\)\. Nothing was sent\./);
    const after = howard.messages().at(-1)?.ts ?? '';
    await timer(howard, 'start 32164');
    await howard.message(/Timer on #32164 .* started/, { after });
    world.passes(42);
    await timer(howard, 'stop');
    await (await howard.modal('Bill #32164')).close();
    await howard
      .messages()
      .findLast(({ text }) => text.includes('stopped: 42 min'))
      ?.click('Log in Syncro');
    const again = await previewLog(howard);
    expect(again.text()).toMatch(/! The same labor was added .*: 0\.7 h Labor - Remote Business, \$105\.00\./);
  });

  test('is taken along by the next bill', async () => {
    const world = await start();
    const { howard, preview } = await readyToLog(world);
    await preview.submit(/^Log /);
    const receipt = await howard.message(RECEIPT);
    await receipt.click('Bill');
    const form = await howard.modal('Bill #32164');
    await form.waitFor('Invoice');
    await form.type('Minutes', '60');
    await form.choose('Labor type', 'onsite');
    await form.type('Comment', 'Came by.');
    await form.submit('Preview');
    const bill = await howard.modal('Check and bill');
    await bill.waitFor('Also includes: 0.7 h Labor - Remote Business $105.00');
    await bill.submit(/^Bill /);
    await howard.message(/Billed #32164 [^$£]*\$280\.00/, { timeoutMs: 8_000 });
  });
});

describe('an answer that never comes', () => {
  test.each([
    ['the time entry', ENTRY],
    ['the charge', CHARGE],
  ])('for %s that arrived: it is found, not doubled', async (_what, path) => {
    const world = await start();
    const { howard, preview } = await readyToLog(world);
    world.syncro.fault({ kind: 'cut-after', method: 'POST', path });
    await preview.submit(/^Log /);
    const receipt = await howard.message(RECEIPT, { timeoutMs: 8_000 });
    expect(receipt.text).toContain('Sent once, confirmed.');
    expect(sent(world, path)).toHaveLength(1);
    expectLoggedOnce(world);
  });

  test.each([
    ['time entry', ENTRY],
    ['charge', CHARGE],
  ])('for a %s that never arrived: it is sent once more, after settling', async (what, path) => {
    const world = await start();
    const { howard, preview } = await readyToLog(world);
    world.syncro.fault({ kind: 'cut-before', method: 'POST', path });
    await preview.submit(/^Log /);
    await howard.message(new RegExp(`didn't answer the ${what} request`));
    await howard.message(RECEIPT, { timeoutMs: 10_000 });
    expect(sent(world, path)).toHaveLength(2);
    expectLoggedOnce(world);
  });

  test('for a time entry that a person saw in Syncro: it is found there and charged', async () => {
    const world = await start({ config: quickConfig({ settle: 30 }) });
    const { howard, preview } = await readyToLog(world);
    world.syncro.fault({ kind: 'late', method: 'POST', path: ENTRY, delayMs: 600 });
    await preview.submit(/^Log /);
    const waiting = await howard.message(/didn't answer the time entry request/);
    await new Promise((resolve) => setTimeout(resolve, 800));
    expect(timersOf(world)).toHaveLength(1);
    await waiting.click('Yes, go on');
    await howard.message(RECEIPT, { timeoutMs: 8_000 });
    expectLoggedOnce(world);
  });

  test('for a charge that arrives after it was given up and sent again: the second line is shown and removed', async () => {
    const world = await start();
    const { howard, preview } = await readyToLog(world);
    world.syncro.fault({ kind: 'cut-before', method: 'POST', path: CHARGE });
    const stop = world.syncro.onChange(({ kind, action }) => {
      const line = world.syncro.state.lines.at(-1);
      if (kind !== 'line' || action !== 'created' || !line) return;
      stop();
      world.syncro.state.next.id += 1;
      world.syncro.state.lines.push({ ...line, id: world.syncro.state.next.id });
    });
    await preview.submit(/^Log /);
    const doubled = await howard.message(/The charged line is in Syncro twice\./, { timeoutMs: 8_000 });
    expect(doubled.text).toContain('[Remove the second line] [Leave it]');
    await doubled.click('Remove the second line');
    await howard.message(RECEIPT, { timeoutMs: 8_000 });
    expectLoggedOnce(world);
  });

  test('for a time entry that is there twice in the end: the one that was not charged is deleted on a word', async () => {
    const world = await start();
    const { howard, preview } = await readyToLog(world);
    world.syncro.fault({ kind: 'cut-before', method: 'POST', path: ENTRY });
    const stop = world.syncro.onChange(({ kind }) => {
      const [entry] = timersOf(world);
      if (kind !== 'line' || !entry) return;
      stop();
      world.syncro.state.next.id += 1;
      const { id } = world.syncro.state.next;
      world.syncro.state.timers.push({ ...entry, id, recorded: false, ticket_line_item_id: null });
    });
    await preview.submit(/^Log /);
    const doubled = await howard.message(/The time entry is in Syncro twice\./, { timeoutMs: 10_000 });
    await doubled.click('Delete the second time entry');
    await howard.message(RECEIPT, { timeoutMs: 8_000 });
    expectLoggedOnce(world);
  });
});

describe('an entry that Syncro counts otherwise than it was previewed', () => {
  test('is asked about before it is charged, and charged for the price that was accepted', async () => {
    const world = await start();
    world.syncro.state.settings.labor_minimum_minutes = { 1190473: 60 };
    const { howard, preview } = await readyToLog(world, 20);
    await preview.submit(/^Log /);
    const differs = await howard.message('Syncro would charge something other than what was previewed');
    expect(differs.text).toContain('Syncro counts 1.0 h for 0.3333 h Labor - Remote Business');
    expect(differs.text).toContain('Done: time entry.   Not done: charge, check.');
    expect(differs.text).toContain('[Charge $150.00] [Check again] [Stop]');
    expect(sent(world, CHARGE)).toEqual([]);
    await differs.click('Charge $150.00');
    await howard.message(/Logged 1\.0 h on #32164 [\s\S]*Charged as Labor - Remote Business, \$150\.00/);
    expectLoggedOnce(world);
  });

  test('is asked about without a price when what Syncro says of it could be any length', async () => {
    const world = await start();
    world.syncro.state.settings.labor_minimum_minutes = { 1190473: 480 };
    const { howard, preview } = await readyToLog(world, 20);
    await preview.submit(/^Log /);
    const differs = await howard.message(
      'Syncro does not say clearly how long it will charge for 0.3333 h Labor - Remote Business.',
    );
    expect(differs.text).toContain('[Charge it anyway] [Check again] [Stop]');
    expect(sent(world, CHARGE)).toEqual([]);
  });

  test('can be put right in Syncro and looked at again', async () => {
    const world = await start();
    const { settings } = world.syncro.state;
    settings.labor_minimum_minutes = { 1190473: 60 };
    const { howard, preview } = await readyToLog(world);
    await preview.submit(/^Log /);
    const differs = await howard.message('Syncro would charge something other than what was previewed');
    settings.labor_minimum_minutes = {};
    await differs.click('Check again');
    await howard.message(RECEIPT);
    expectLoggedOnce(world);
  });

  test('is asked about when nobody is to pay for it, and left alone when the person stops', async () => {
    const world = await start();
    world.syncro.state.settings.time_not_billable = true;
    const { howard, preview } = await readyToLog(world);
    await preview.submit(/^Log /);
    const differs = await howard.message('0.7 h Labor - Remote Business is not billable in Syncro');
    expect(differs.text).toContain('[Charge it anyway] [Check again] [Stop]');
    await differs.click('Stop');
    await differs.waitFor('Stopped logging time on #32164');
    expect(sent(world, CHARGE)).toEqual([]);
  });
});

describe('a charge that is not what was previewed', () => {
  test('stops with the price in words, and goes on when it was put right', async () => {
    const world = await start();
    const { howard, preview } = await readyToLog(world);
    remoteOf(world).price_retail = 155;
    await preview.submit(/^Log /);
    const differs = await howard.message('The charge is not what was previewed', { timeoutMs: 8_000 });
    expect(differs.text).toContain('0.7 h Labor - Remote Business is at $155.00 an hour instead of $150.00.');
    expect(differs.text).toContain('Done: time entry, charge.   Not done: check.');
    expect(differs.text).toContain("[Accept Syncro's $108.50] [Check again] [Stop]");
    const [line] = linesOf(world);
    if (line) line.retail_cents = 15_000;
    await differs.click('Check again');
    await howard.message(RECEIPT, { timeoutMs: 8_000 });
    expectLoggedOnce(world);
  });

  test('counts when the person accepts it, and the receipt says what Syncro charged', async () => {
    const world = await start();
    const { howard, preview } = await readyToLog(world);
    remoteOf(world).price_retail = 155;
    await preview.submit(/^Log /);
    const differs = await howard.message('The charge is not what was previewed', { timeoutMs: 8_000 });
    await differs.click("Accept Syncro's $108.50");
    await howard.message(/Logged 0\.7 h on #32164 [\s\S]*Charged as Labor - Remote Business, \$108\.50/);
    expectLoggedOnce(world);
  });

  test.each([
    ['taxed', { taxable: true }, '0.7 h Labor - Remote Business is taxed.'],
    ['of other hours', { quantity: 0.5 }, '0.7 h Labor - Remote Business is 0.5 h in Syncro.'],
    [
      'of another product',
      { product_id: 26118, name: 'Labor - Onsite Business' },
      '0.7 h Labor - Remote Business is not on the ticket.',
    ],
  ])('stops when the line is %s', async (_what, change, words) => {
    const world = await start();
    const { howard, preview } = await readyToLog(world);
    world.syncro.onChange(({ kind }) => {
      if (kind === 'line') Object.assign(linesOf(world)[0] ?? {}, change);
    });
    await preview.submit(/^Log /);
    const differs = await howard.message(words, { timeoutMs: 8_000 });
    await differs.click('Stop');
    await differs.waitFor('Stopped logging time on #32164');
    await timer(howard, 'list');
    await howard.message('No timers: every minute is billed, logged or discarded.');
  });
});

describe('a refusal', () => {
  test('of the notes is corrected, and the corrected words are checked', async () => {
    const world = await start();
    const { howard, preview } = await readyToLog(world, 42, 'Bad words');
    world.syncro.fault({ kind: '422', method: 'POST', path: ENTRY, body: { error: 'Notes are bad' } });
    await preview.submit(/^Log /);
    const refused = await howard.message('Syncro refused the time entry: "Notes are bad"');
    await refused.click('Fix and continue');
    const form = await howard.modal('Fix and continue');
    expect(form.value('Notes')).toBe('Bad words');
    await form.type('Notes', NOTES);
    await form.submit('Go on');
    await howard.message(RECEIPT, { timeoutMs: 8_000 });
    expectLoggedOnce(world);
  });

  test('of the entry, stopped there, gives the minutes back', async () => {
    const world = await start();
    const { howard, preview } = await readyToLog(world);
    world.syncro.fault({ kind: '422', method: 'POST', path: ENTRY, body: { error: 'No.' } });
    await preview.submit(/^Log /);
    const refused = await howard.message('Syncro refused the time entry');
    await refused.click('Stop');
    await refused.waitFor('Stopped logging time on #32164');
    expect(refused.text).toContain('Nothing was sent.');
    await timer(howard, 'list');
    await howard.message('Your timers · 1 · 0:42');
  });

  test('to answer, stopped while nobody knew, gives them back with a warning', async () => {
    const world = await start({ config: quickConfig({ settle: 30 }) });
    const { howard, preview } = await readyToLog(world);
    world.syncro.fault({ kind: 'cut-before', method: 'POST', path: ENTRY });
    await preview.submit(/^Log /);
    const waiting = await howard.message(/didn't answer the time entry request/);
    await waiting.click('Stop');
    await waiting.waitFor('Unknown: check before repeating.');
    await timer(howard, 'list');
    await howard.message(/! They may already be in Syncro, which didn't answer before \w{6} was stopped\./);
  });
});
