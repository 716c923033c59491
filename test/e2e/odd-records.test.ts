import { describe, expect, test } from '@jest/globals';
import type { World } from '../../src/sandbox/world.ts';
import { fillIn, openBillForm } from './bill-steps.ts';
import { statusOf, ticketByNumber } from './ticket-effects.ts';
import { ask, howardOf } from './ticket-steps.ts';
import { useWorld } from './use-world.ts';

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
