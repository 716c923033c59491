import { describe, expect, test } from '@jest/globals';
import type { World } from '../../../sandbox/world.ts';
import { howardOf } from '../../world/people.ts';
import { useWorld } from '../../world/use-world.ts';
import { fillIn, openBillForm, startBilling } from '../bill/bill-steps.ts';
import { addedSince, countAll, statusOf, ticketByNumber } from './ticket-effects.ts';
import { ask } from './ticket-steps.ts';

const start = useWorld();

/** #32159 has an onsite line that no invoice holds. */
const withOddRecords = async (): Promise<World> => {
  const world = await start();
  const { state, behaviour } = world.syncro;
  const { id } = ticketByNumber(world, 32159);
  world.syncro.customerReply(id, 'It did it again.');
  behaviour.oddRecords = [...state.lines, ...state.comments].filter((row) => row.ticket_id === id).map((row) => row.id);
  return world;
};

const removeCustomer = (world: World, number: number): void => {
  const { customer_id: id } = ticketByNumber(world, number);
  world.syncro.state.customers = world.syncro.state.customers.filter((row) => row.id !== id);
};

describe('a ticket with a line and comments that can’t be read', () => {
  test('has its card, which names them', async () => {
    const seen = await ask(howardOf(await withOddRecords()), 'ticket 32159', /#32159 /);
    expect(seen.text).toContain(`! A line ("Labor - Onsite Business"): price unknown, it can't be read`);
    expect(seen.text).toMatch(/! \d+ comments? can't be read: see them in Syncro/);
    expect(seen.text).not.toContain('No comments yet');
  });

  test('takes a status, a timer and a comment', async () => {
    const world = await withOddRecords();
    const howard = howardOf(world);
    await ask(howard, 'update 32159 waiting on c', /Updated #32159/);
    expect(statusOf(world, 32159)).toBe('Waiting on Customer');
    await ask(howard, 'timer start 32159', /#32159/);
    await howard.slash('/syncro', 'comment 32159');
    const form = await howard.modal('Comment on #32159');
    await form.waitFor('Audience');
  });

  test('is closed with a warning that something may not be billed', async () => {
    const howard = howardOf(await withOddRecords());
    await howard.slash('/syncro', 'close 32159');
    const form = await howard.modal('Close #32159');
    await form.waitFor(`A line ("Labor - Onsite Business") can't be read, so it may not be billed.`);
  });

  test('is not billed, and the reason names the line', async () => {
    const howard = howardOf(await withOddRecords());
    const form = await openBillForm(howard, 32159);
    await fillIn(form, { minutes: '45', labor: 'remote', comment: 'Reset the cloud thing.' });
    await form.submit('Preview');
    const preview = await howard.modal('Check and bill');
    await preview.waitFor('A line of #32159 ("Labor - Onsite Business") can\'t be read');
    expect(preview.text()).not.toContain('Try again in a moment');
  });
});

const altered = (path: RegExp, body: unknown) => ({ kind: 'altered', method: 'GET', path, body, times: 99 }) as const;
const detail = (part: object) => altered(/^\/tickets\/\d+$/, { ticket: part });
const aComment = { id: 5, ticket_id: 9, body: 'a', created_at: '2026-01-01T00:00:00Z' };
const refusal = { kind: '422', method: 'GET', body: { error: 'no' }, times: 99 } as const;

describe('a ticket around which something can’t be read', () => {
  test.each([
    ['customer', altered(/^\/customers\/\d+$/, { customer: { id: 'x' } }), "! Prepaid hours can't be read"],
    ['customer, refused', { ...refusal, path: /^\/customers\/\d+$/ }, "! Prepaid hours can't be read"],
    ['comments', altered(/\/comments$/, { comments: 'x' }), "! Comments can't be read: see them in Syncro"],
    ['comments of another', altered(/\/comments$/, { comments: [aComment] }), "! Comments can't be read"],
    ['comments, refused', { ...refusal, path: /\/comments$/ }, "! Comments can't be read"],
    ['lines that are no list', detail({ line_items: 'x' }), "! A line: price unknown, it can't be read"],
    ['comments that are no list', detail({ comments: {} }), "! 1 comment can't be read: see them in Syncro"],
    ['time that is no list', detail({ ticket_timers: 'none' }), '$175.00 not invoiced  [Invoice $175.00]'],
    [
      'invoices',
      { ...refusal, path: /^\/invoices$/ },
      "! Syncro's list of invoices can't be read\n1.0 h Labor - Onsite Business $175.00",
    ],
  ])('has its card: %s', async (_what, fault, words) => {
    const world = await start();
    world.syncro.customerReply(ticketByNumber(world, 32159).id, 'It did it again.');
    world.syncro.fault(fault);
    const seen = await ask(howardOf(world), 'ticket 32159', /#32159 /);
    expect(seen.text).toContain(words);
    expect(seen.text).not.toContain('No comments yet');
    expect(seen.text).not.toContain('no longer in Syncro');
  });

  test('has its card when an invoice of it can’t be read', async () => {
    const world = await start();
    const { state } = world.syncro;
    const [sample] = state.invoices;
    if (!sample) throw new Error('no invoice');
    state.invoices.push({ ...sample, id: 999_001, number: '90002', ticket_id: ticketByNumber(world, 32159).id });
    const line = { id: 1, item: 'x', name: 'y', quantity: 'n/a', price: '1.0' };
    world.syncro.fault(altered(/^\/invoices\/\d+$/, { invoice: { line_items: [line] } }));
    const seen = await ask(howardOf(world), 'ticket 32159', /#32159 /);
    expect(seen.text).toContain(
      "! Which lines are invoiced can't be read\n1.0 h Labor - Onsite Business $175.00\nInvoice #90002",
    );
  });
});

describe('a ticket whose lines are no list', () => {
  const withoutLines = async (): Promise<World> => {
    const world = await start();
    world.syncro.fault(detail({ line_items: 'x' }));
    return world;
  };

  test('takes a status, a timer and a comment, and is closed with a warning', async () => {
    const world = await withoutLines();
    const howard = howardOf(world);
    await ask(howard, 'update 32164 waiting on c', /Updated #32164/);
    await ask(howard, 'timer start 32164', /#32164/);
    await howard.slash('/syncro', 'comment 32164');
    const comment = await howard.modal('Comment on #32164');
    await comment.waitFor('Audience');
    await comment.closeAll();
    await howard.slash('/syncro', 'close 32164');
    await (await howard.modal('Close #32164')).waitFor("A line can't be read, so it may not be billed.");
  });

  test('is not billed', async () => {
    const howard = howardOf(await withoutLines());
    const form = await openBillForm(howard, 32164);
    await fillIn(form, { minutes: '45', labor: 'remote', comment: 'Reset the cloud thing.' });
    await form.submit('Preview');
    await (await howard.modal('Check and bill')).waitFor("A line of #32164 can't be read");
  });

  test('gets nothing more of a bill that waits', async () => {
    const world = await start();
    const before = countAll(world);
    world.syncro.fault({ kind: '429', method: 'POST', path: '/invoices', retryAfter: 32 });
    await startBilling(howardOf(world), 32159);
    await world.slack.until(() => world.syncro.pendingFaults().length === 0);
    world.syncro.fault(detail({ line_items: 'x' }));
    await howardOf(world).message(/can't be read/, { timeoutMs: 60_000 });
    expect(addedSince(world, before)).toMatchObject({ comments: 1, lines: 1, invoices: 0 });
  });
});

describe.each([true, false])('a ticket whose customer was deleted (its id stays: %p)', (keeps) => {
  test('has its card, and takes a status', async () => {
    const world = await start({ syncro: { behaviour: { deletedCustomerKeepsId: keeps } } });
    removeCustomer(world, 32164);
    const seen = await ask(howardOf(world), 'ticket 32164', /#32164 /);
    expect(seen.text).toContain('! This customer is no longer in Syncro');
    await ask(howardOf(world), 'update 32164 waiting on c', /Updated #32164/);
    expect(statusOf(world, 32164)).toBe('Waiting on Customer');
  });
});
