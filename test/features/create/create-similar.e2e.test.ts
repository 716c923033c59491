import { describe, expect, test } from '@jest/globals';
import { customerIds } from '../../../sandbox/syncro/sample-customers.ts';
import { howardOf } from '../../world/people.ts';
import { useWorld } from '../../world/use-world.ts';
import { ticketByNumber, writes } from '../tickets/ticket-effects.ts';
import { newTickets, openCreate, receiptOf, sentTicket } from './create-steps.ts';

const start = useWorld();

describe('an open ticket with a similar subject', () => {
  const checked = async (world: Awaited<ReturnType<typeof start>>) => {
    const form = await openCreate(howardOf(world), 'Acme West the printer is offline again');
    await form.type('Description', 'Blinks red.');
    await form.choose('Audience', 'Internal only');
    await form.submit('Create');
    const check = await howardOf(world).modal('Check and create');
    return check;
  };

  test('is shown before anything is sent, and another one is created on the person’s word', async () => {
    const world = await start();
    const howard = howardOf(world);
    const check = await checked(world);
    expect(check.text()).toContain('Acme West has an open ticket with a similar subject:');
    expect(check.text()).toContain('#32155 Printer offline');
    expect(check.text()).toContain('In Progress · 1 h · Howard Enos');
    expect(writes(world)).toEqual([]);
    await check.submitTwice('Create anyway');
    await receiptOf(howard);
    await world.slack.idle();
    expect(newTickets(world).map(({ subject }) => subject)).toEqual(['the printer is offline again']);
    expect(sentTicket(world)).toMatchObject({ comments_attributes: [{ body: 'Blinks red.' }] });
  });

  test('can be gone back from with everything that was typed', async () => {
    const world = await start();
    const check = await checked(world);
    await check.click('Back');
    const form = await howardOf(world).modal('New ticket');
    await form.waitFor('Priority');
    expect(form.value('Customer')).toBe('Acme West');
    expect(form.value('Subject')).toBe('the printer is offline again');
    expect(form.value('Description')).toBe('Blinks red.');
    await form.type('Subject', 'Toner for the office');
    await form.submit('Create');
    await receiptOf(howardOf(world));
    expect(newTickets(world)[0]).toMatchObject({ subject: 'Toner for the office', customer_id: customerIds.acmeWest });
  });

  test('can get the description as a comment instead', async () => {
    const world = await start();
    const check = await checked(world);
    await check.click('Comment on #32155');
    const comment = await howardOf(world).modal('Comment on #32155');
    await comment.waitFor('Email goes to');
    expect(comment.value('Comment')).toBe('Blinks red.');
    expect(comment.value('Audience')).toBe('Internal only');
    expect(newTickets(world)).toEqual([]);
  });

  test('that is resolved, or another customer’s, does not matter', async () => {
    const world = await start();
    ticketByNumber(world, 32155).status = 'Resolved';
    const form = await openCreate(howardOf(world), 'Acme West printer offline');
    await form.submit('Create');
    await receiptOf(howardOf(world));
  });
});
