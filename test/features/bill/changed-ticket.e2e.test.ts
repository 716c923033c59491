import { describe, expect, test } from '@jest/globals';
import type { Modal, Person } from '../../../sandbox/slack/slack.ts';
import type { World } from '../../../sandbox/world.ts';
import { howardOf } from '../../world/people.ts';
import {
  addedSince,
  countAll,
  expectBilledOnce,
  NOTHING,
  ONE_BILL,
  statusOf,
  ticketByNumber,
  writes,
} from '../tickets/ticket-effects.ts';
import { readyToLog, useTimers } from '../time/timer-steps.ts';
import { bill, previewBill, startBilling } from './bill-steps.ts';

const start = useTimers();

const CHANGED = /! #32164 changed since you looked at it\./;
const ACME_WEST = 33401004;
const pass = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

const moveAway = (world: World): void => {
  ticketByNumber(world, 32164).customer_id = ACME_WEST;
};

const changeAddress = (world: World, email: string): void => {
  const { customer_id: id } = ticketByNumber(world, 32164);
  for (const customer of world.syncro.state.customers) if (customer.id === id) customer.email = email;
};

/** Rob bills the ticket in Syncro itself. */
const billByHand = (world: World): void => {
  const { state } = world.syncro;
  const ticket = ticketByNumber(world, 32164);
  const [line, invoice] = [state.lines[0], state.invoices[0]];
  if (!line || !invoice) throw new Error('the sample has no line or no invoice');
  state.lines.push({ ...line, id: 1_648, ticket_id: ticket.id, user_id: 1760, converted: true, invoice_id: 1_649 });
  const { customer_id } = ticket;
  state.invoices.push({ ...invoice, id: 1_649, number: '90001', customer_id, ticket_id: ticket.id, user_id: 1760 });
};

describe('a ticket that went to another customer', () => {
  const asked = async (world: World): Promise<void> => {
    const question = await howardOf(world).message(CHANGED);
    expect(question.text).toMatch(/It now belongs to Acme.*, not to Jerry Burger\./);
    expect(question.text).toContain('Nothing was sent. Stop, and start again with the ticket as it is now.');
    expect(question.text).toContain('[Check again] [Stop]');
    await question.click('Check again');
    await pass(5_000);
    expect(writes(world)).toEqual([]);
    expect(world.syncro.state.outbox).toEqual([]);
  };

  test.each([3_000, 31_000])('after the preview gets no bill, %i ms later', async (ms) => {
    const world = await start();
    const preview = await previewBill(howardOf(world), 32164);
    moveAway(world);
    await pass(ms);
    await preview.submit(/^Bill /);
    await asked(world);
  });

  test.each([
    ['Email the customer', 3_000],
    ['Email the customer', 31_000],
    ['Internal only', 3_000],
  ])('after the preview gets no comment (%s), %i ms later', async (audience, ms) => {
    const world = await start();
    const howard = howardOf(world);
    await howard.slash('/syncro', 'comment 32164 Your password is swordfish.');
    const form = await howard.modal('Comment on #32164');
    await form.waitFor('Email goes to');
    await form.choose('Audience', audience);
    await form.submit('Preview');
    const preview = await howard.modal('Check and post');
    await preview.waitFor(/\[(Email|Post) /);
    moveAway(world);
    await pass(ms);
    await preview.submit(/^(Email|Post) /);
    await asked(world);
  });

  test('after the preview gets no time', async () => {
    const world = await start();
    const { preview } = await readyToLog(world);
    moveAway(world);
    await pass(3_000);
    await preview.submit(/^Log /);
    await asked(world);
  });

  test('while its form is open is not closed, however quickly', async () => {
    const world = await start();
    const form = await closeForm(howardOf(world));
    moveAway(world);
    await form.submit('Close ticket');
    await form.waitFor(/#32164 changed while you were writing\. It now belongs to Acme.*, not to Jerry Burger\./);
    expect(form.text()).toContain('Nothing was sent.');
    expect(writes(world)).toEqual([]);
    await form.click('Back');
    await form.waitFor('[Close ticket]');
    expect(form.value('Resolution')).toBe('Fixed it.');
    await form.submit('Close ticket');
    await howardOf(world).message(/Closed #32164/, { timeoutMs: 10_000 });
    expect(statusOf(world, 32164)).toBe('Resolved');
  });
});

const closeForm = async (person: Person): Promise<Modal> => {
  await person.slash('/syncro', 'close 32164');
  const form = await person.modal('Close #32164');
  await form.waitFor('[Close ticket]');
  await form.type('Resolution', 'Fixed it.');
  return form;
};

test('an address that changed is asked about, and mailed on the person’s word', async () => {
  const world = await start();
  const before = countAll(world);
  const preview = await previewBill(howardOf(world), 32164);
  changeAddress(world, 'jerome@customer.example');
  await pass(3_000);
  await preview.submit(/^Bill /);
  const question = await howardOf(world).message(CHANGED);
  expect(question.text).toContain('Email would now go to jerome@customer.example, not to jerry@customer.example.');
  expect(addedSince(world, before)).toEqual(NOTHING);
  await question.click('Go on anyway');
  const receipt = await howardOf(world).message(/Billed #32164/, { timeoutMs: 8_000 });
  expect(receipt.text).toContain('jerome@customer.example');
  expectBilledOnce(world, 32164, before);
});

describe('a ticket that a colleague bills by hand while a bill waits', () => {
  test.each([
    ['the line is limited', { kind: '429', method: 'POST', path: /\/add_line_item$/, retryAfter: 5 }],
    ['the invoice is limited', { kind: '429', method: 'POST', path: '/invoices', retryAfter: 5 }],
    ['the line never arrives', { kind: 'cut-before', method: 'POST', path: /\/add_line_item$/ }],
  ] as const)('because %s gets no second invoice without asking', async (_why, fault) => {
    const world = await start();
    world.syncro.fault(fault);
    await startBilling(howardOf(world), 32164);
    await world.slack.until(() => world.syncro.pendingFaults().length === 0);
    await pass(1_000);
    billByHand(world);
    const before = countAll(world);
    const question = await howardOf(world).message(CHANGED);
    expect(question.text).toContain('It was invoiced: #90001');
    expect(question.text).toMatch(/\d × .* at \$[\d.,]+ was added\./);
    expect(question.text).toContain('Going on anyway makes another invoice.');
    expect(addedSince(world, before)).toEqual(NOTHING);
    await question.click('Stop');
    await howardOf(world).message(/Stopped billing #32164/);
    expect(addedSince(world, before)).toEqual(NOTHING);
  });

  test('while Syncro is away is asked about when it is back', async () => {
    const world = await start();
    const preview = await previewBill(howardOf(world), 32164);
    world.syncro.down(true);
    await preview.submit(/^Bill /);
    await howardOf(world).message(/hasn't answered since/);
    billByHand(world);
    const before = countAll(world);
    world.syncro.down(false);
    const question = await howardOf(world).message(CHANGED);
    expect(addedSince(world, before)).toEqual(NOTHING);
    await question.click('Go on anyway');
    await howardOf(world).message(/Billed #32164|not what was previewed/, { timeoutMs: 8_000 });
    expect(addedSince(world, before)).toEqual(ONE_BILL);
  });
});

test('a bill takes eight requests, and a ninth when somebody looked at its preview for longer than a second', async () => {
  const world = await start();
  const howard = howardOf(world);
  await bill(howard, 32164);
  const counts: number[] = [];
  for (const seconds of [0, 2, 31]) {
    world.syncro.state.invoices.pop();
    ticketByNumber(world, 32164).status = 'New';
    // Rates are known for a minute, statuses for longer: only those of the bill itself are counted.
    const before = world.syncro.requests.length;
    const receipts = howard.dm().length;
    const preview = await previewBill(howard, 32164, { comment: `Reset it ${seconds} times.` });
    await pass(seconds * 1_000);
    await preview.submit(/^Bill /);
    await world.slack.until(
      () => howard.dm().length > receipts && /Billed #32164/.test(howard.dm().at(-1)?.text ?? ''),
    );
    counts.push(world.syncro.requests.length - before);
  }
  expect(counts).toEqual([8, 9, 9]);
});
