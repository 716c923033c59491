import { describe, expect, test } from '@jest/globals';
import type { World } from '../../../sandbox/world.ts';
import { howardOf } from '../../world/people.ts';
import { useWorld } from '../../world/use-world.ts';
import { addedSince, countAll, expectBilledOnce, NOTHING, statusOf } from '../tickets/ticket-effects.ts';
import { previewBill, SAMPLE_COMMENT, sent, startBilling, WRITES } from './bill-steps.ts';

/** What waits for seconds waits for a quarter of them. */
const start = useWorld();

describe('a 401 in mid-bill', () => {
  test('with a key that is good otherwise says that the account may not, and goes on when it may', async () => {
    const world = await start();
    const before = countAll(world);
    world.syncro.fault({ kind: '401', method: 'POST', path: /\/add_line_item$/ });
    await startBilling(howardOf(world), 32164);
    const asked = await howardOf(world).message(/Your Syncro account may not do this/);
    expect(asked.text).toMatch(/Done: comment\. +Not done: labor, invoice, check, status\./);
    await asked.click('Try again');
    await howardOf(world).message(/Billed #32164/, { timeoutMs: 8000 });
    expectBilledOnce(world, 32164, before);
  });

  test('with a key that was revoked since the preview says so', async () => {
    const world = await start();
    const preview = await previewBill(howardOf(world), 32164);
    for (const user of world.syncro.state.users) user.keys = [];
    await preview.submit(/^Bill /);
    await howardOf(world).message(/Syncro refused your key \(as Howard Enos\)\./, { timeoutMs: 8000 });
  });
});

describe('a refusal', () => {
  test('of the comment shows Syncro’s words, and goes on with the corrected text', async () => {
    const world = await start();
    const before = countAll(world);
    const body = { success: false, message: ['Body contains a word that is not allowed'] };
    world.syncro.fault({ kind: '422', method: 'POST', path: /\/comment$/, body });
    await startBilling(howardOf(world), 32164);
    const refused = await howardOf(world).message(/✗ Syncro refused the comment/);
    expect(refused.text).toContain('"Body contains a word that is not allowed". Nothing was sent.');
    expect(refused.text).toMatch(/Done: nothing\. +Not done: comment, labor, invoice, check, status\./);
    expect(addedSince(world, before)).toEqual(NOTHING);
    await refused.click('Fix and continue');
    const form = await howardOf(world).modal('Fix and continue');
    expect(form.text()).toContain('Body contains a word that is not allowed');
    expect(form.value('Comment')).toBe(SAMPLE_COMMENT);
    await form.type('Comment', 'Put the cloud thing right.');
    await form.submit('Go on');
    await howardOf(world).noModal();
    await howardOf(world).message(/Billed #32164/, { timeoutMs: 8000 });
    expectBilledOnce(world, 32164, before);
    expect(world.syncro.state.comments.at(-1)?.body).toBe('Put the cloud thing right.');
  });

  test('of the labor line keeps the comment, and the corrected line alone is sent again', async () => {
    const world = await start();
    const before = countAll(world);
    const body = { errors: "Description can't be blank", params: {} };
    world.syncro.fault({ kind: '422', method: 'POST', path: /\/add_line_item$/, body });
    await startBilling(howardOf(world), 32164);
    const refused = await howardOf(world).message(/✗ Syncro refused the labor line: "Description can't be blank"\./);
    expect(refused.text).toMatch(/Done: comment\. +Not done: labor, invoice, check, status\./);
    await refused.click('Fix and continue');
    const form = await howardOf(world).modal('Fix and continue');
    await form.type('Description', 'Cloud thing');
    await form.submit('Go on');
    await howardOf(world).message(/Billed #32164/, { timeoutMs: 8000 });
    expectBilledOnce(world, 32164, before);
    expect(sent(world, /\/comment$/)).toBe(1);
    expect(world.syncro.state.lines.at(-1)?.description).toBe('Cloud thing');
  });

  test('can be ended with Stop', async () => {
    const world = await start();
    const before = countAll(world);
    world.syncro.fault({ kind: '422', method: 'POST', path: /\/comment$/ });
    await startBilling(howardOf(world), 32164);
    const refused = await howardOf(world).message(/✗ Syncro refused the comment/);
    await refused.click('Stop');
    const receipt = await howardOf(world).message(/Stopped billing #32164/);
    expect(receipt.text).toContain('Nothing was sent.');
    expect(addedSince(world, before)).toEqual(NOTHING);
  });

  test('of the invoice for want of a permission stops with Syncro’s words, and goes on when it is given', async () => {
    const world = await start();
    const before = countAll(world);
    const user = world.syncro.state.users.find(({ id }) => id === 1750);
    if (!user) throw new Error('no Howard');
    user.permissions = { ...user.permissions, invoice: { read: true, write: false, delete: false } };
    await startBilling(howardOf(world), 32164);
    const refused = await howardOf(world).message(/Please ask account admin/);
    expect(refused.text).toContain('! Your Syncro account may not do this.');
    expect(refused.text).toMatch(/Done: comment, labor\. +Not done: invoice, check, status\./);
    user.permissions = { ...user.permissions, invoice: { read: true, write: true, delete: true } };
    await refused.click('Try again');
    await howardOf(world).message(/Billed #32164/, { timeoutMs: 8000 });
    expectBilledOnce(world, 32164, before);
  });

  test.each(WRITES)('429 on the %s waits and goes on by itself', async (_name, method, path) => {
    const world = await start();
    const before = countAll(world);
    world.syncro.fault({ kind: '429', method, path, retryAfter: 1 });
    await startBilling(howardOf(world), 32164);
    const waiting = await howardOf(world).message(/rate limit is reached. Continuing at/);
    expect(waiting.text).toContain('[Stop]');
    await howardOf(world).message(/Billed #32164/, { timeoutMs: 8000 });
    expectBilledOnce(world, 32164, before);
  });
});

describe('an invoice that is not what was previewed', () => {
  const loseLine = (world: World) => {
    const { state } = world.syncro;
    let lost: typeof state.invoiceLines = [];
    const stop = world.syncro.onChange(({ kind }) => {
      if (kind !== 'invoice') return;
      stop();
      const newest = state.invoices.at(-1)?.id;
      lost = state.invoiceLines.filter((line) => line.invoice_id === newest);
      state.invoiceLines = state.invoiceLines.filter((line) => line.invoice_id !== newest);
    });
    return () => void state.invoiceLines.push(...lost);
  };

  test('stops before the status, says the difference, and goes on after Check again', async () => {
    const world = await start();
    const before = countAll(world);
    const repair = loseLine(world);
    await startBilling(howardOf(world), 32164);
    const stopped = await howardOf(world).message(/The invoice is not what was previewed/, { timeoutMs: 8000 });
    expect(stopped.text).toContain('the status was left as it is');
    expect(stopped.text).toContain('• 0.75 h Labor - Remote Business is not on the invoice.');
    expect(stopped.text).toContain('• The total is $0.00 instead of $112.50.');
    expect(stopped.text).toContain("[Accept Syncro's $0.00] [Check again] [Stop]");
    expect(stopped.links().map(({ text }) => text)).toContain('Open invoice');
    expect(statusOf(world, 32164)).toBe('New');
    await stopped.click('Check again');
    await howardOf(world).message(/The invoice is not what was previewed/, { timeoutMs: 8000 });
    expect(statusOf(world, 32164)).toBe('New');
    await new Promise((resolve) => setTimeout(resolve, 1800));
    repair();
    await stopped.click('Check again');
    await howardOf(world).message(/Billed #32164/, { timeoutMs: 8000 });
    expectBilledOnce(world, 32164, before);
  });

  test('goes on with what Syncro made of it when the person accepts that, and says so', async () => {
    const world = await start();
    loseLine(world);
    await startBilling(howardOf(world), 32164);
    const stopped = await howardOf(world).message(/The invoice is not what was previewed/, { timeoutMs: 8000 });
    await stopped.click("Accept Syncro's $0.00");
    const receipt = await howardOf(world).message(/Billed #32164 [^$£]*\$0\.00/, { timeoutMs: 8000 });
    expect(receipt.text).toContain("Not as previewed: Howard Enos accepted Syncro's total.");
    expect(statusOf(world, 32164)).toBe('Invoiced');
  });

  test('ends with Stop, the status untouched and the invoice named as done', async () => {
    const world = await start();
    loseLine(world);
    await startBilling(howardOf(world), 32164);
    const stopped = await howardOf(world).message(/The invoice is not what was previewed/, { timeoutMs: 8000 });
    await stopped.click('Stop');
    const receipt = await howardOf(world).message(/Stopped billing #32164/);
    expect(receipt.text).toMatch(/Done: comment, labor, invoice\. +Not done: check, status\./);
    expect(receipt.text).toContain('Sent once, confirmed.');
    expect(statusOf(world, 32164)).toBe('New');
  });

  test.each([
    ['a tax', { taxable: true }, '0.75 h Labor - Remote Business is taxed.'],
    ['another price', { price: 175 }, 'is at $175.00 an hour instead of $150.00.'],
    ['other hours', { quantity: 7.5 }, '0.75 h Labor - Remote Business is not on the invoice.'],
    ['a line without an id', { id: 0 }, "The invoice also holds a line that can't be read: "],
  ])('is told by %s', async (_what, change, words) => {
    const world = await start();
    world.syncro.onChange(({ kind }) => {
      const newest = world.syncro.state.invoiceLines.at(-1);
      if (kind === 'invoice' && newest) Object.assign(newest, change);
    });
    await startBilling(howardOf(world), 32164);
    const stopped = await howardOf(world).message(/The invoice is not what was previewed/, { timeoutMs: 8000 });
    expect(stopped.text).toContain(words);
    expect(stopped.text).toMatch(/\[Accept Syncro's \$[\d,.]+\] \[Check again\] \[Stop\]/);
    expect(statusOf(world, 32164)).toBe('New');
  });
});
