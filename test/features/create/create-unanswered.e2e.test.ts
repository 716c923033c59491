import { describe, expect, test } from '@jest/globals';
import type { Modal, SeenMessage } from '../../../sandbox/slack/slack.ts';
import type { World } from '../../../sandbox/world.ts';
import { howardOf } from '../../world/people.ts';
import { useWorld } from '../../world/use-world.ts';
import { writes } from '../tickets/ticket-effects.ts';
import { newTickets, openCreate, receiptOf } from './create-steps.ts';

/** What waits for seconds waits for a quarter of them. */
const start = useWorld();
const POST = { method: 'POST', path: '/tickets' } as const;

const filledIn = async (world: World, audience = 'Customer portal, no email'): Promise<Modal> => {
  const form = await openCreate(howardOf(world), 'Jerry Burger phone broken');
  await form.type('Description', 'Fell down.');
  await form.choose('Audience', audience);
  return form;
};

const posts = (world: World): number => writes(world).filter((write) => write === 'POST /tickets').length;

const asked = (world: World, words: RegExp): Promise<SeenMessage> => howardOf(world).message(words);

test('a new ticket that had to wait asks before it emails another address than was confirmed', async () => {
  const world = await start();
  const form = await filledIn(world, 'Email the customer');
  world.syncro.fault({ ...POST, kind: '429', times: 1, retryAfter: 120 });
  await form.submit('Create');
  await asked(world, /limit/);
  for (const customer of world.syncro.state.customers)
    if (customer.email === 'jerry@customer.example') customer.email = 'other@elsewhere.example';
  const question = await howardOf(world).message(/"phone broken" changed since you looked at it\./, {
    timeoutMs: 200_000,
  });
  expect(question.text).toContain('Email would now go to other@elsewhere.example, not to jerry@customer.example.');
  expect(posts(world)).toBe(1);
  expect(world.syncro.state.outbox).toHaveLength(0);
  await question.click('Go on anyway');
  const receipt = await receiptOf(howardOf(world));
  await receipt.waitFor('other@elsewhere.example');
  expect(world.syncro.state.outbox).toHaveLength(1);
});

describe('a new ticket that gets no answer', () => {
  test.each(['cut-after', '500-after'] as const)('but was made (%s) is found, never doubled', async (kind) => {
    const world = await start();
    world.syncro.fault({ ...POST, kind });
    await (await filledIn(world, 'Email the customer')).submit('Create');
    const receipt = await receiptOf(howardOf(world));
    await receipt.waitFor('Sent once, confirmed.');
    expect(receipt.text).toContain('Created #32167 phone broken · Jerry Burger');
    expect(newTickets(world)).toHaveLength(1);
    expect(posts(world)).toBe(1);
    expect(world.syncro.state.outbox).toHaveLength(1);
  });

  test('and was not made is sent once more, after it could not arrive any more', async () => {
    const world = await start();
    world.syncro.fault({ ...POST, kind: 'cut-before' });
    await (await filledIn(world)).submit('Create');
    const waiting = await asked(world, /Last look .*: no such ticket among the tickets of Jerry Burger/);
    expect(waiting.text).toContain('nothing is sent meanwhile');
    await waiting.waitFor(/Created #32167/);
    expect(newTickets(world)).toHaveLength(1);
    expect(posts(world)).toBe(2);
  });

  test('and would email the customer is asked about before it is sent again', async () => {
    const world = await start();
    world.syncro.fault({ ...POST, kind: 'cut-before' });
    await (await filledIn(world, 'Email the customer')).submit('Create');
    const question = await asked(world, /is the ticket in Syncro/);
    expect(question.text).toContain('not among the tickets of Jerry Burger');
    expect(question.text).toContain('Sending again could make a second ticket and email the customer twice.');
    expect(question.text).toContain('Unknown: check before repeating.');
    expect(posts(world)).toBe(1);
    await question.click('No, send again');
    await question.waitFor(/Created #32167/);
    expect(newTickets(world)).toHaveLength(1);
    expect(world.syncro.state.outbox).toHaveLength(1);
  });

  test('is not taken for a ticket of the same subject that was there before', async () => {
    const world = await start();
    const howard = howardOf(world);
    await (await filledIn(world)).submit('Create');
    await receiptOf(howard);
    const first = newTickets(world)[0]?.id;
    world.syncro.fault({ ...POST, kind: 'cut-before' });
    await (await filledIn(world)).submit('Create');
    await (await howard.modal('Check and create')).submit('Create anyway');
    const receipt = await asked(world, /Created #32168/);
    await receipt.waitFor(/Created #32168/);
    expect(newTickets(world)).toHaveLength(2);
    expect(newTickets(world)[1]?.id).not.toBe(first);
  });
});

describe('a new ticket that Syncro refuses', () => {
  test('says so in Syncro’s words, and goes on with another subject', async () => {
    const world = await start();
    const howard = howardOf(world);
    world.syncro.fault({ ...POST, kind: '422', body: { success: false, message: ["Subject can't be that"] } });
    await (await filledIn(world)).submit('Create');
    const question = await asked(world, /Syncro refused the ticket: "Subject can't be that"/);
    expect(question.text).toContain('Nothing was sent.');
    await question.click('Fix and continue');
    const correct = await howard.modal('Fix and continue');
    expect(correct.text()).toContain('Syncro refused the ticket "phone broken"');
    expect(correct.value('Subject')).toBe('phone broken');
    await correct.type('Subject', 'Phone is broken');
    await correct.submit('Go on');
    await question.waitFor(/Created #32167 Phone is broken · Jerry Burger/);
    expect(newTickets(world)).toEqual([expect.objectContaining({ subject: 'Phone is broken' })]);
  });

  test('for want of another field opens the form again with everything, and ends the refused one', async () => {
    const world = await start();
    const howard = howardOf(world);
    world.syncro.fault({ ...POST, kind: '422', body: { error: 'Problem type required' } });
    const form = await filledIn(world, 'Internal only');
    await form.choose('Priority', '1 High');
    await form.submit('Create');
    const question = await asked(world, /Syncro refused the ticket: "Problem type required"/);
    await question.click('Change in the form');
    const again = await howard.modal('New ticket');
    await again.waitFor('Problem type');
    expect(again.value('Customer')).toBe('Jerry Burger');
    expect(again.value('Subject')).toBe('phone broken');
    expect(again.value('Description')).toBe('Fell down.');
    expect(again.value('Audience')).toBe('Internal only');
    expect(again.value('Priority')).toBe('1 High');
    await question.waitFor('Nothing was sent.');
    await again.choose('Problem type', 'Hardware');
    await again.submit('Create');
    await receiptOf(howard);
    expect(newTickets(world)).toEqual([expect.objectContaining({ problem_type: 'Hardware', priority: '1 High' })]);
  });

  test('because the account may not do it says whose permission is missing', async () => {
    const world = await start();
    const howards = world.syncro.state.users.find(({ id }) => id === 1750);
    if (howards) howards.permissions.ticket.write = false;
    await (await filledIn(world)).submit('Create');
    const question = await asked(world, /Your Syncro account may not do this/);
    expect(question.text).toContain('Nothing was sent.');
    expect(newTickets(world)).toEqual([]);
  });
});

test('with Syncro away nothing is sent, and the form comes back with everything that was typed', async () => {
  const world = await start();
  const howard = howardOf(world);
  const form = await filledIn(world);
  world.syncro.down(true);
  await form.submit('Create');
  const problem = await howard.modal('New ticket');
  await problem.waitFor(/Syncro (hasn't answered|didn't answer)/);
  expect(problem.text()).toContain('Nothing was sent.');
  world.syncro.down(false);
  await problem.click('Back');
  await form.waitFor('Priority');
  expect(form.value('Description')).toBe('Fell down.');
  await form.submit('Create');
  await receiptOf(howard);
  expect(newTickets(world)).toHaveLength(1);
});

test('with a slow Syncro the form says what it waits for, and then shows what is similar', async () => {
  const world = await start({ shop: { timeout: 10 } });
  const howard = howardOf(world);
  const form = await openCreate(howard, 'Acme West printer offline');
  world.syncro.setLatency(2_000);
  await form.submit('Create');
  expect(form.text()).toContain("⏳ Reading the customer's tickets from Syncro …");
  const check = await howard.modal('Check and create');
  world.syncro.setLatency(0);
  await check.submit('Create anyway');
  await receiptOf(howard);
  expect(newTickets(world)).toHaveLength(1);
});

test('with a slow Syncro the form ends with where the receipt comes', async () => {
  const world = await start({ shop: { timeout: 10 } });
  const form = await filledIn(world);
  world.syncro.setLatency(2_000);
  await form.submit('Create');
  await form.waitFor('get the receipt as a direct message');
  world.syncro.setLatency(0);
  await receiptOf(howardOf(world));
});
