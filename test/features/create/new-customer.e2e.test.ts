import { describe, expect, test } from '@jest/globals';
import type { Modal, Person } from '../../../sandbox/slack/slack.ts';
import { customerIds } from '../../../sandbox/syncro/sample-customers.ts';
import type { World } from '../../../sandbox/world.ts';
import { howardOf } from '../../world/people.ts';
import { useWorld } from '../../world/use-world.ts';
import { writes } from '../tickets/ticket-effects.ts';
import { newTickets, openCreate, receiptOf, sentTicket } from './create-steps.ts';

const start = useWorld();

const NAME = 'Zebra Print & Copy';
const POST = { method: 'POST', path: '/customers' } as const;
const named = ({ syncro }: World, name = NAME) =>
  syncro.state.customers.filter(({ business_name: known }) => known === name);

type Fields = { readonly name?: string; readonly phone?: string; readonly email?: string };

/** From the ticket's form to the customer's, filled in. */
const fillIn = async (howard: Person, form: Modal, { name = NAME, phone, email }: Fields = {}): Promise<Modal> => {
  await form.click('New customer…');
  const customer = await howard.modal('New customer');
  await customer.type('Name', name);
  if (phone !== undefined) await customer.type('Phone', phone);
  if (email !== undefined) await customer.type('Email', email);
  return customer;
};

/** A ticket's form with a customer in it whom Syncro does not know yet. */
const ready = async (world: World, fields: Fields = {}): Promise<Modal> => {
  const howard = howardOf(world);
  const form = await openCreate(howard);
  await form.type('Subject', 'Printer jams');
  const customer = await fillIn(howard, form, { phone: '520-555-0199', ...fields });
  await customer.submit('Use for this ticket');
  const again = await howard.modal('New ticket');
  await again.waitFor('Priority');
  return again;
};

/** One customer, and one ticket that is theirs. */
const expectOnce = (world: World): void => {
  expect(named(world)).toHaveLength(1);
  expect(newTickets(world)).toEqual([
    expect.objectContaining({ customer_id: named(world)[0]?.id, subject: 'Printer jams' }),
  ]);
};

describe('New customer…', () => {
  test('comes back to the ticket with everything that was typed, and makes both with one press', async () => {
    const world = await start();
    const howard = howardOf(world);
    const form = await openCreate(howard);
    await form.type('Subject', 'Printer jams');
    await form.type('Description', 'On page 2.');
    await form.choose('Audience', 'Email the customer');
    await form.choose('Priority', '1 High');
    const customer = await fillIn(howard, form, { phone: '(520) 555-0199', email: 'Desk@zebra.example' });
    expect(customer.text()).toContain('Nothing is sent until you press Create.');
    await customer.submit('Use for this ticket');
    const again = await howard.modal('New ticket');
    await again.waitFor('Priority');
    expect(['Customer', 'Subject', 'Description', 'Audience', 'Priority'].map((field) => again.value(field))).toEqual([
      `New: ${NAME}`,
      ...['Printer jams', 'On page 2.', 'Email the customer', '1 High'],
    ]);
    expect(writes(world)).toEqual([]);
    await again.submitTwice('Create');
    const receipt = await receiptOf(howard);
    expect(receipt.text).toContain(`Created #32167 Printer jams · ${NAME}`);
    expect(receipt.text).toContain(`New customer ${NAME}`);
    expect(receipt.text).toContain('✉ Desk@zebra.example: "On page 2."');
    expect(receipt.text).toContain('Sent once, confirmed.');
    expect(writes(world)).toEqual(['POST /customers', 'POST /tickets']);
    expectOnce(world);
    expect(named(world)[0]).toMatchObject({ phone: '5205550199', email: 'Desk@zebra.example' });
    expect(sentTicket(world)).toMatchObject({ customer_id: named(world)[0]?.id });
    const next = await openCreate(howard);
    expect(await next.typeahead('Customer', 'zebra')).toEqual([expect.stringContaining(NAME)]);
  });

  test('wants a name, and a phone number and an address that are some', async () => {
    const world = await start();
    const howard = howardOf(world);
    const customer = await fillIn(howard, await openCreate(howard), { name: ' ', phone: 'soon', email: 'zebra' });
    expect((await customer.submit('Use for this ticket')).errors).toMatchObject({
      Name: 'Enter a name.',
      Phone: expect.stringContaining('Enter a phone number'),
      Email: expect.stringContaining('Enter an email address'),
    });
  });

  test.each<[string, Fields, string]>([
    ['of the same name', { name: 'ACME west' }, 'Acme West'],
    ['of the beginning of a name', { name: 'Desert' }, 'Desert Dental'],
    ['of the same phone number', { phone: '+1 (520) 555-0001' }, 'Jerry Burger'],
    ['of the same address', { email: 'JERRY@customer.example' }, 'Jerry Burger'],
  ])('%s shows whom Syncro knows first, and takes that one', async (_what, fields, known) => {
    const world = await start();
    const howard = howardOf(world);
    const form = await openCreate(howard, 'Nobody of that name');
    await form.type('Subject', 'Printer jams');
    const customer = await fillIn(howard, form, fields);
    await customer.submit('Use for this ticket');
    await customer.waitFor('Already in Syncro');
    expect(customer.text()).toContain(known);
    await customer.click('Use this one');
    const again = await howard.modal('New ticket');
    await again.waitFor('Email goes to');
    expect([again.value('Customer'), again.value('Subject')]).toEqual([expect.stringContaining(known), 'Printer jams']);
    await again.submit('Create');
    await receiptOf(howard);
    expect(writes(world)).toEqual(['POST /tickets']);
  });

  test('is made beside those whom Syncro knows where the person says so', async () => {
    const world = await start();
    const howard = howardOf(world);
    const form = await openCreate(howard);
    await form.type('Subject', 'Printer jams');
    const customer = await fillIn(howard, form, { name: 'Acme West' });
    await customer.submit('Use for this ticket');
    await customer.waitFor('Already in Syncro');
    await customer.submit('None of these');
    const again = await howard.modal('New ticket');
    await again.waitFor('Priority');
    expect(again.value('Customer')).toBe('New: Acme West');
    await again.submit('Create');
    await receiptOf(howard);
    const [, made] = named(world, 'Acme West');
    expect(made?.id).not.toBe(customerIds.acmeWest);
    expect(newTickets(world)).toEqual([expect.objectContaining({ customer_id: made?.id })]);
  });

  test('shows whom somebody else made meanwhile, before anything is sent', async () => {
    const world = await start();
    const form = await ready(world);
    const { customers } = world.syncro.state;
    const other = customers[0];
    if (!other) throw new Error('no customers');
    customers.push({ ...other, id: 77_777, business_name: NAME, email: null, phone: null });
    await form.submit('Create');
    const known = await howardOf(world).modal('New customer');
    await known.waitFor('Already in Syncro');
    expect(writes(world)).toEqual([]);
  });

  test('may be given up for one that Syncro knows, in the form’s own menu', async () => {
    const world = await start();
    const form = await ready(world);
    await form.choose('Customer', 'Desert Dental');
    await form.waitFor('Desert Dental has');
    await form.submit('Create');
    await receiptOf(howardOf(world));
    expect(named(world)).toEqual([]);
    expect(writes(world)).toEqual(['POST /tickets']);
  });

  test('takes any text as a name, and shows it as it is', async () => {
    const world = await start();
    const name = '*Zebra* <!channel> & "Söhne"';
    const form = await ready(world, { name });
    expect(form.value('Customer')).toBe(`New: ${name}`);
    await form.submit('Create');
    const receipt = await receiptOf(howardOf(world));
    expect(receipt.text).toContain(`New customer ${name}`);
    expect(named(world, name)).toHaveLength(1);
  });
});

describe('a new customer that gets no answer', () => {
  test.each(['cut-after', '500-after'] as const)('but was made (%s) is found, never doubled', async (kind) => {
    const world = await start();
    const form = await ready(world);
    world.syncro.fault({ ...POST, kind });
    await form.submit('Create');
    const receipt = await receiptOf(howardOf(world));
    expect(receipt.text).toContain('Sent once, confirmed.');
    expectOnce(world);
  });

  test('and was not made is sent once more, after it could not arrive any more', async () => {
    const world = await start();
    const form = await ready(world);
    world.syncro.fault({ ...POST, kind: 'cut-before' });
    await form.submit('Create');
    await howardOf(world).message(/Last look .*: no such customer among the customers/);
    await receiptOf(howardOf(world));
    expectOnce(world);
  });

  test('and is there twice in the end is asked about before the ticket', async () => {
    const world = await start();
    const form = await ready(world);
    world.syncro.fault({ ...POST, kind: 'cut-before' });
    const stop = world.syncro.onChange(({ kind }) => {
      const [made] = named(world);
      if (kind !== 'customer' || !made) return;
      stop();
      world.syncro.state.customers.push({ ...made, id: made.id + 1 });
    });
    await form.submit('Create');
    const doubled = await howardOf(world).message(/The customer is in Syncro twice\./, { timeoutMs: 10_000 });
    expect(doubled.text).toContain('merge the two in Syncro');
    expect(newTickets(world)).toEqual([]);
    await doubled.click('Leave it');
    const receipt = await howardOf(world).message(/! Created #32167/, { timeoutMs: 10_000 });
    expect(receipt.text).toContain(
      '! It is in Syncro more than once, and you left it so.\n! Unknown: check before repeating.',
    );
    expect(newTickets(world)).toHaveLength(1);
  });
});

describe('what Syncro refuses', () => {
  test('of the customer is changed in the form, which still holds everything', async () => {
    const world = await start();
    const howard = howardOf(world);
    const form = await ready(world);
    world.syncro.fault({ ...POST, kind: '422', body: { success: false, message: ['Email is required'] } });
    await form.submit('Create');
    const refused = await howard.message(/Syncro refused the customer: "Email is required"/);
    expect(refused.text).toContain('Nothing was sent.');
    await refused.click('Change in the form');
    const again = await howard.modal('New ticket');
    await again.waitFor('Priority');
    expect([again.value('Customer'), again.value('Subject')]).toEqual([`New: ${NAME}`, 'Printer jams']);
    const customer = await fillIn(howard, again, { email: 'desk@zebra.example' });
    expect(customer.value('Phone')).toBe('520-555-0199');
    await customer.submit('Use for this ticket');
    const last = await howard.modal('New ticket');
    await last.waitFor('Priority');
    await last.submit('Create');
    await howard.message(/Created #32167/);
    expectOnce(world);
  });

  test('of the ticket leaves the customer, says so, and is changed with that customer', async () => {
    const world = await start();
    const howard = howardOf(world);
    const form = await ready(world);
    world.syncro.fault({ method: 'POST', path: '/tickets', kind: '422', body: { error: 'Problem type required' } });
    await form.submit('Create');
    const refused = await howard.message(/Syncro refused the ticket: "Problem type required"/);
    expect(refused.text).toContain('Done: customer.   Not done: ticket.');
    await refused.click('Change in the form');
    const again = await howard.modal('New ticket');
    await again.waitFor('has no open tickets');
    expect(again.value('Customer')).toBe(NAME);
    await again.choose('Problem type', 'Hardware');
    await again.submit('Create');
    await howard.message(/Created #32167/);
    expectOnce(world);
    await refused.waitFor('Stopped creating');
  });
});
