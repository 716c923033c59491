import { describe, expect, test } from '@jest/globals';
import { fillIn, openBillForm, SAMPLE_COMMENT, startBilling } from '../features/bill/bill-steps.ts';
import {
  addedSince,
  countAll,
  expectBilledOnce,
  NOTHING,
  ONE_BILL,
  statusOf,
} from '../features/tickets/ticket-effects.ts';
import { howardOf } from '../world/people.ts';
import { quickConfig, useWorld } from '../world/use-world.ts';

const start = useWorld();

const PUT = { method: 'PUT', path: /^\/tickets\/\d+$/ } as const;

describe('an answer that is about something else', () => {
  test('to the comment, the line and the invoice is looked into, and found right', async () => {
    const world = await start();
    const before = countAll(world);
    const altered = { kind: 'altered', method: 'POST' } as const;
    world.syncro.fault({ ...altered, path: /\/comment$/, body: { comment: { ticket_id: 1 } } });
    world.syncro.fault({ ...altered, path: /\/add_line_item$/, body: { product_id: 26184 } });
    world.syncro.fault({ ...altered, path: '/invoices', body: { invoice: { customer_id: 1 } } });
    await startBilling(howardOf(world), 32164);
    const receipt = await howardOf(world).message(/Billed #32164/, { timeoutMs: 8_000 });
    expect(receipt.text).toContain('Sent once, confirmed.');
    expectBilledOnce(world, 32164, before);
    expect(world.syncro.requests.filter(({ fault }) => fault === 'altered')).toHaveLength(3);
  });

  test('to the status is not confirmed: it is sent again until the ticket says so', async () => {
    const world = await start();
    const stop = world.syncro.onChange(({ kind, action }) => {
      if (kind !== 'ticket' || action !== 'updated') return;
      stop();
      for (const ticket of world.syncro.state.tickets) if (ticket.number === 32164) ticket.status = 'New';
    });
    world.syncro.fault({ ...PUT, kind: 'altered', body: { ticket: { status: 'New' } } });
    await startBilling(howardOf(world), 32164);
    await howardOf(world).message(/Billed #32164/, { timeoutMs: 8_000 });
    expect(statusOf(world, 32164)).toBe('Invoiced');
    expect(world.syncro.requests.filter(({ method }) => method === 'PUT')).toHaveLength(2);
  });

  test('to a comment that other eyes would see is asked about', async () => {
    const world = await start({ config: quickConfig({ settle: 2 }) });
    const before = countAll(world);
    const stop = world.syncro.onChange(({ kind, id }) => {
      if (kind !== 'comment') return;
      stop();
      for (const comment of world.syncro.state.comments) if (comment.id === id) comment.hidden = true;
    });
    world.syncro.fault({ kind: 'altered', method: 'POST', path: /\/comment$/, body: { comment: { hidden: true } } });
    await startBilling(howardOf(world), 32164);
    const question = await howardOf(world).message(/did the comment reach/);
    expect(question.text).toContain('1 that could be it');
    expect(addedSince(world, before)).toEqual({ ...NOTHING, comments: 1, mails: 1 });
    await question.click('Yes, go on');
    await howardOf(world).message(/Billed #32164/, { timeoutMs: 8_000 });
    expect(addedSince(world, before)).toEqual(ONE_BILL);
  });

  test('to the question for a product is refused before anything is sent', async () => {
    const world = await start();
    const altered = { kind: 'altered', method: 'GET', path: /^\/products\/\d+$/, times: 9 } as const;
    world.syncro.fault({ ...altered, body: { product: { id: 26184, price_retail: 262.5 } } });
    const form = await openBillForm(howardOf(world), 32164);
    await fillIn(form, { minutes: '45', labor: 'remote', comment: SAMPLE_COMMENT });
    await form.submit('Preview');
    const refusal = await howardOf(world).modal('Check and bill');
    await refusal.waitFor(/can't be read/);
    expect(refusal.text()).not.toContain('262.50');
  });
});
