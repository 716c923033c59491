import { describe, expect, test } from '@jest/globals';
import { howardOf } from '../../world/people.ts';
import { quickConfig, useWorld } from '../../world/use-world.ts';
import {
  addedSince,
  countAll,
  expectBilledOnce,
  NOTHING,
  ONE_BILL,
  statusOf,
  writes,
} from '../tickets/ticket-effects.ts';
import { sent, startBilling, WRITES } from './bill-steps.ts';

/** Settling and looking again take a quarter of the time. */
const start = useWorld();

describe('an answer that never comes', () => {
  test.each(WRITES)('for a %s that arrived: it is found, and nothing is sent twice', async (_name, method, path) => {
    const world = await start();
    const before = countAll(world);
    world.syncro.fault({ kind: 'cut-after', method, path });
    await startBilling(howardOf(world), 32164);
    await howardOf(world).message(/Billed #32164/, { timeoutMs: 8000 });
    expectBilledOnce(world, 32164, before);
    expect(sent(world, path)).toBe(1);
  });

  test.each(['500-after', 'html', 'empty', 'truncated'] as const)(
    'for an unreadable success (%s) counts as unclear and is found',
    async (kind) => {
      const world = await start();
      const before = countAll(world);
      world.syncro.fault({ kind, method: 'POST', path: /^\/invoices$/ });
      await startBilling(howardOf(world), 32164);
      await howardOf(world).message(/Billed #32164 [^$£]*invoice #70000: \$112\.50/, { timeoutMs: 8000 });
      expectBilledOnce(world, 32164, before);
    },
  );

  test.each([WRITES[1], WRITES[2]])(
    'for a %s that never arrived: it is sent once more, after settling only',
    async (_name, method, path) => {
      const world = await start();
      const before = countAll(world);
      world.syncro.fault({ kind: 'cut-before', method, path });
      await startBilling(howardOf(world), 32164);
      const waiting = await howardOf(world).message(/didn't answer the (labor line|invoice) request/);
      expect(waiting.text).toContain('nothing is sent meanwhile');
      expect(waiting.text).toContain('[Yes, go on] [No, send again] [Stop]');
      await howardOf(world).message(/Billed #32164/, { timeoutMs: 8000 });
      expectBilledOnce(world, 32164, before);
      const times = world.syncro.requests.filter((each) => path.test(each.path) && each.method === method);
      expect(times).toHaveLength(2);
      expect((times[1]?.at ?? 0) - (times[0]?.at ?? 0)).toBeGreaterThanOrEqual(700);
    },
  );

  test('for a line that lands late is waited for, not repeated', async () => {
    const world = await start({ config: quickConfig({ settle: 2 }) });
    const before = countAll(world);
    world.syncro.fault({ kind: 'late', method: 'POST', path: /\/add_line_item$/, delayMs: 700 });
    await startBilling(howardOf(world), 32164);
    await howardOf(world).message(/Billed #32164/, { timeoutMs: 8000 });
    expectBilledOnce(world, 32164, before);
    expect(sent(world, /\/add_line_item$/)).toBe(1);
  });

  test('for a line stays one line when the person says it is not there, and it landed meanwhile', async () => {
    const world = await start({ config: quickConfig({ settle: 6 }) });
    const before = countAll(world);
    world.syncro.fault({ kind: 'late', method: 'POST', path: /\/add_line_item$/, delayMs: 300 });
    await startBilling(howardOf(world), 32164);
    const waiting = await howardOf(world).message(/didn't answer the/);
    await new Promise((resolve) => setTimeout(resolve, 500));
    await waiting.click('No, send again');
    await howardOf(world).message(/Billed #32164/, { timeoutMs: 8000 });
    expectBilledOnce(world, 32164, before);
    expect(sent(world, /\/add_line_item$/)).toBe(1);
  });
});

describe('a line that arrives after it was given up and sent again', () => {
  test.each([
    ['Remove the second line', 1],
    ['Leave it', 2],
  ])('is found at the end, shown, and on "%s" dealt with', async (button, lines) => {
    const world = await start();
    const before = countAll(world);
    world.syncro.fault({ kind: 'cut-before', method: 'POST', path: /\/add_line_item$/ });
    const stop = world.syncro.onChange(({ kind }) => {
      const line = world.syncro.state.lines.at(-1);
      if (kind !== 'invoice' || !line) return;
      stop();
      world.syncro.state.next.id += 1;
      const { id } = world.syncro.state.next;
      world.syncro.state.lines.push({ ...line, id, converted: false, invoice_id: null });
    });
    await startBilling(howardOf(world), 32164);
    const doubled = await howardOf(world).message(/The labor line is in Syncro twice\./, { timeoutMs: 8000 });
    expect(doubled.text).toContain('[Remove the second line] [Leave it]');
    expect(addedSince(world, before)).toEqual({ ...ONE_BILL, lines: 2 });
    await doubled.click(button);
    await howardOf(world).message(/Billed #32164/, { timeoutMs: 8000 });
    expect(addedSince(world, before)).toEqual({ ...ONE_BILL, lines });
    expect(statusOf(world, 32164)).toBe('Invoiced');
    const { state } = world.syncro;
    // What is on the invoice is never taken away.
    expect(state.invoiceLines.filter((line) => line.invoice_id === state.invoices.at(-1)?.id)).toHaveLength(1);
    expect(state.lines.filter((line) => line.invoice_id === state.invoices.at(-1)?.id)).toHaveLength(1);
  });
});

describe('an emailed comment that may be lost', () => {
  const lose = async () => {
    const world = await start();
    const before = countAll(world);
    world.syncro.fault({ kind: 'cut-before', method: 'POST', path: /\/comment$/ });
    await startBilling(howardOf(world), 32164);
    const question = await howardOf(world).message(/did the comment reach/, {
      timeoutMs: 8000,
    });
    return { world, before, question };
  };

  test('is never sent again without a person’s word', async () => {
    const { world, before, question } = await lose();
    expect(question.text).toMatch(/Sent .*, no answer\. I looked (twice|\d+ times) until .*: it is not on #32164\./);
    expect(question.text).toContain('Sending again could email the customer twice.');
    expect(question.text).toContain('Unknown: check before repeating.');
    expect(question.text).toContain('[Yes, go on] [No, send again] [Stop]');
    expect(question.text).toMatch(/Done: nothing\. +Unknown: comment\. +Not done: labor, invoice, check, status\./);
    await new Promise((resolve) => setTimeout(resolve, 1000));
    expect(addedSince(world, before)).toEqual(NOTHING);
    expect(sent(world, /\/comment$/)).toBe(1);
  });

  test('goes out once on "No, send again"', async () => {
    const { world, before, question } = await lose();
    await question.click('No, send again');
    await howardOf(world).message(/Billed #32164/, { timeoutMs: 8000 });
    expectBilledOnce(world, 32164, before);
    expect(sent(world, /\/comment$/)).toBe(2);
  });

  test('goes out once when the button is pressed three times at once', async () => {
    const { world, before, question } = await lose();
    await question.click('No, send again', { times: 3 });
    await howardOf(world).message(/Billed #32164/, { timeoutMs: 8000 });
    expectBilledOnce(world, 32164, before);
    expect(sent(world, /\/comment$/)).toBe(2);
  });

  test('is left out on "Yes, go on", and the rest goes on', async () => {
    const { world, before, question } = await lose();
    await question.click('Yes, go on');
    await howardOf(world).message(/Billed #32164/, { timeoutMs: 8000 });
    expect(addedSince(world, before)).toEqual({ ...ONE_BILL, comments: 0, mails: 0 });
    expect(statusOf(world, 32164)).toBe('Invoiced');
  });

  test('ends the bill on "Stop", with a receipt of what was not done', async () => {
    const { world, before, question } = await lose();
    await question.click('Stop');
    const receipt = await howardOf(world).message(/Stopped billing #32164/);
    expect(receipt.text).toMatch(/Done: nothing\. +Unknown: comment\. +Not done: labor, invoice, check, status\./);
    expect(receipt.text).toContain('Unknown: check before repeating.');
    expect(receipt.text).toContain('[Open ticket]');
    expect(receipt.text).not.toContain('[Stop]');
    expect(addedSince(world, before)).toEqual(NOTHING);
    // What it waited for, and the question, which must notify.
    expect(howardOf(world).dm()).toHaveLength(2);
  });
});

describe('Stop', () => {
  test('while waiting ends the bill without any further write', async () => {
    const world = await start({ config: quickConfig({ settle: 60 }) });
    const before = countAll(world);
    world.syncro.fault({ kind: 'cut-before', method: 'POST', path: /^\/invoices$/ });
    await startBilling(howardOf(world), 32164);
    const waiting = await howardOf(world).message(/didn't answer the invoice request/);
    const written = writes(world).length;
    await waiting.click('Stop');
    const receipt = await howardOf(world).message(/Stopped billing #32164/);
    expect(receipt.text).not.toContain('⏳');
    expect(receipt.text).toMatch(/Done: comment, labor\. +Unknown: invoice\. +Not done: check, status\./);
    await new Promise((resolve) => setTimeout(resolve, 1200));
    expect(writes(world)).toHaveLength(written);
    expect(addedSince(world, before)).toEqual({ ...ONE_BILL, invoices: 0 });
    expect(statusOf(world, 32164)).toBe('New');
  });

  test('frees the ticket for the next bill', async () => {
    const world = await start({ config: quickConfig({ settle: 60 }) });
    world.syncro.fault({ kind: 'cut-before', method: 'POST', path: /\/add_line_item$/ });
    await startBilling(howardOf(world), 32164);
    const waiting = await howardOf(world).message(/didn't answer the/);
    await waiting.click('Stop');
    await howardOf(world).message(/Stopped billing #32164/);
    await startBilling(howardOf(world), 32164, { comment: 'Second try.' });
    await howardOf(world).message(/Billed #32164/);
    expect(statusOf(world, 32164)).toBe('Invoiced');
  });

  test('from an old button of a finished bill changes nothing and says so', async () => {
    const world = await start({ config: quickConfig({ settle: 60 }) });
    world.syncro.fault({ kind: 'cut-before', method: 'POST', path: /\/add_line_item$/ });
    await startBilling(howardOf(world), 32164);
    const waiting = await howardOf(world).message(/didn't answer the/);
    // Two presses on the way at the same time: the second meets a run that is over.
    await waiting.click('Stop');
    const old = { ...waiting, blocks: structuredClone(waiting.raw.blocks) };
    await howardOf(world).message(/Stopped billing #32164/);
    waiting.raw.blocks = old.blocks;
    await waiting.click('Yes, go on');
    const words = await howardOf(world).message(/already finished, so nothing was changed/);
    expect(words.text).toContain('Nothing was sent.');
  });
});

describe('Syncro going down in the middle', () => {
  test('makes the bill wait and go on by itself when it is back', async () => {
    const world = await start();
    const before = countAll(world);
    const stop = world.syncro.onChange(({ kind }) => {
      if (kind !== 'comment') return;
      stop();
      setImmediate(() => world.syncro.down(true));
    });
    await startBilling(howardOf(world), 32164);
    await howardOf(world).message(/⏳/, { timeoutMs: 8000 });
    world.syncro.down(false);
    await howardOf(world).message(/Billed #32164/, { timeoutMs: 15_000 });
    expectBilledOnce(world, 32164, before);
  });
});
