import { describe, expect, test } from '@jest/globals';
import { customerIds } from '../../../sandbox/syncro/sample-customers.ts';
import type { World } from '../../../sandbox/world.ts';
import { howardOf } from '../../world/people.ts';
import { useWorld } from '../../world/use-world.ts';
import { writes } from '../tickets/ticket-effects.ts';
import { fillCache, newTickets, openCreate, receiptOf, sentTicket } from './create-steps.ts';

const start = useWorld();

describe('/syncro create', () => {
  test('with a name and a subject presets both, and creates with one press', async () => {
    const world = await start();
    const howard = howardOf(world);
    const form = await openCreate(howard, 'Acme West printer jams');
    expect(form.value('Customer')).toBe('Acme West');
    expect(form.value('Subject')).toBe('printer jams');
    expect(form.value('Audience')).toBe('Customer portal, no email');
    expect(form.value('Priority')).toBe('2 Normal');
    expect(form.value('Technician')).toBe('Howard Enos');
    expect(form.text()).toContain('Acme West has 3 open tickets:');
    expect(form.text()).toContain('#32155 Printer offline (1 h)');
    expect(form.text()).not.toContain('#32160');
    await form.submit('Create');
    await howard.noModal();
    const receipt = await receiptOf(howard);
    await receipt.waitFor('Sent once, confirmed.');
    expect(receipt.text).toContain('Created #32167 printer jams · Acme West');
    expect(receipt.text).toContain('New · 2 Normal · Howard Enos');
    expect(receipt.text).toContain('[Open ticket] [Bill] [Comment] [Start timer]');
    expect(sentTicket(world)).toEqual({
      customer_id: customerIds.acmeWest,
      subject: 'printer jams',
      status: 'New',
      priority: '2 Normal',
      user_id: 1750,
    });
    expect(writes(world)).toEqual(['POST /tickets']);
    expect(world.syncro.state.outbox).toEqual([]);
    expect(howard.dm()).toHaveLength(1);
  });

  test('fills in everything, and the receipt’s buttons go on with the new ticket at once', async () => {
    const world = await start();
    const howard = howardOf(world);
    const form = await openCreate(howard);
    await form.choose('Customer', 'Acme West');
    await form.waitFor('Contact');
    await form.type('Subject', 'Second screen');
    await form.type('Description', 'Wilma wants a second screen.');
    await form.choose('Contact', 'Wilma Reyes');
    await form.choose('Audience', 'Email the customer');
    await form.choose('Priority', '1 High');
    await form.choose('Technician', 'Winter Hale');
    await form.choose('Problem type', 'Hardware');
    await form.pickDate('Due date', '2026-12-01');
    await form.submit('Create');
    const receipt = await receiptOf(howard);
    expect(receipt.text).toContain('✉ wilma@acme-west.example: "Wilma wants a second screen."');
    expect(receipt.text).toContain('New · 1 High · Winter Hale · Hardware · due Dec 1');
    expect(sentTicket(world)).toEqual({
      customer_id: customerIds.acmeWest,
      contact_id: 7710002,
      subject: 'Second screen',
      status: 'New',
      priority: '1 High',
      problem_type: 'Hardware',
      user_id: 1737,
      due_date: '2026-12-01',
      comments_attributes: [
        { subject: 'Initial Issue', body: 'Wilma wants a second screen.', hidden: false, do_not_email: false },
      ],
    });
    expect(world.syncro.state.outbox.map(({ to }) => to)).toEqual(['wilma@acme-west.example']);
    const reads = world.syncro.requests.length;
    await receipt.click('Comment');
    const comment = await howard.modal('Comment on #32167');
    await comment.waitFor('Email goes to wilma@acme-west.example');
    expect(world.syncro.requests.slice(reads).map(({ path }) => path)).toEqual([
      `/tickets/${newTickets(world)[0]?.id}`,
    ]);
  });

  test('says of a customer marked "no email" so, and not to whom its description was emailed', async () => {
    const world = await start();
    for (const customer of world.syncro.state.customers) customer.no_email = true;
    const form = await openCreate(howardOf(world), 'Jerry Burger phone broken');
    await form.type('Description', 'Fell down.');
    await form.choose('Audience', 'Email the customer');
    await form.submit('Create');
    const receipt = await receiptOf(howardOf(world));
    expect(receipt.text).toContain('✉ customer marked "no email": "Fell down."');
    expect(receipt.text).not.toContain('jerry@customer.example');
    expect(world.syncro.state.outbox).toEqual([]);
  });

  test.each([
    ['Email the customer', { hidden: false, do_not_email: false }, 1, '✉ jerry@customer.example: "Fell down."'],
    ['Customer portal, no email', { hidden: false, do_not_email: true }, 0, '\n👁 "Fell down."'],
    ['Internal only', { hidden: true, do_not_email: true }, 0, '\n🔒 "Fell down."'],
  ])('a description for "%s" goes with just those flags', async (audience, flags, mails, words) => {
    const world = await start();
    const howard = howardOf(world);
    const form = await openCreate(howard, 'Jerry Burger phone broken');
    await form.type('Description', 'Fell down.');
    await form.choose('Audience', audience);
    await form.submit('Create');
    expect((await receiptOf(howard)).text).toContain(words);
    expect(sentTicket(world)).toMatchObject({
      comments_attributes: [{ subject: 'Initial Issue', body: 'Fell down.', ...flags }],
    });
    expect(world.syncro.state.outbox).toHaveLength(mails);
  });

  test('emails nobody where there is no address, and says so on the field', async () => {
    const world = await start();
    const jerry = world.syncro.state.customers.find(({ id }) => id === customerIds.jerry);
    if (jerry) jerry.email = null;
    const form = await openCreate(howardOf(world), 'Jerry Burger phone broken');
    expect(form.text()).toContain('no email address');
    await form.type('Description', 'Fell down.');
    await form.choose('Audience', 'Email the customer');
    const { errors } = await form.submit('Create');
    expect(errors).toEqual({ Audience: expect.stringContaining('no email address') });
    await form.choose('Audience', 'Internal only');
    await form.submit('Create');
    await receiptOf(howardOf(world));
    expect(newTickets(world)).toHaveLength(1);
  });

  test('names the address that Syncro has now, also where the customer was remembered with another', async () => {
    const world = await start();
    await fillCache(world);
    const jerry = world.syncro.state.customers.find(({ id }) => id === customerIds.jerry);
    if (jerry) jerry.email = 'jerrys-new@customer.example';
    const form = await openCreate(howardOf(world), 'Jerry Burger phone broken');
    expect(form.text()).toContain('Email goes to jerrys-new@customer.example');
  });

  test('pressed twice is one ticket', async () => {
    const world = await start();
    const howard = howardOf(world);
    const form = await openCreate(howard, 'Desert Dental x-ray viewer slow');
    await form.submitTwice('Create');
    await receiptOf(howard);
    await world.slack.idle();
    expect(newTickets(world)).toHaveLength(1);
    await howard.noModal();
  });

  test('needs a customer and a subject, and keeps what was typed', async () => {
    const world = await start();
    const form = await openCreate(howardOf(world));
    expect((await form.submit('Create')).errors).toEqual({
      Customer: 'Please complete this required field.',
      Subject: 'Please complete this required field.',
    });
    await form.choose('Customer', 'Jerry Burger');
    await form.type('Subject', '   ');
    await form.type('Description', 'Kept.');
    expect((await form.submit('Create')).errors).toEqual({ Subject: 'Enter a subject.' });
    expect(form.value('Description')).toBe('Kept.');
    expect(writes(world)).toEqual([]);
  });

  test('shows the new choice’s facts when another customer is chosen, and forgets the other’s contact', async () => {
    const world = await start();
    const howard = howardOf(world);
    const form = await openCreate(howard, 'Acme West printer jams');
    await form.type('Subject', 'Typed meanwhile');
    await form.choose('Contact', 'Front Desk');
    await form.choose('Customer', 'LeeAnn Parkinson');
    await form.waitFor('LeeAnn Parkinson has 2 open tickets');
    expect(form.text()).not.toContain('Acme West');
    expect(form.value('Contact')).toBe('');
    expect(form.value('Subject')).toBe('Typed meanwhile');
    await form.submit('Create');
    await receiptOf(howard);
    expect(sentTicket(world)).not.toHaveProperty('contact_id');
  });

  test('takes the account’s first status where it has no New, and the only priority names that it has', async () => {
    const world = await start();
    world.syncro.state.settings.ticket_status_list = ['Open', 'Resolved'];
    world.syncro.state.settings.priorities = ['Low', 'Normal'];
    const form = await openCreate(howardOf(world), 'Jerry Burger phone broken');
    expect(form.value('Priority')).toBe('Normal');
    await form.submit('Create');
    await receiptOf(howardOf(world));
    expect(sentTicket(world)).toMatchObject({ status: 'Open', priority: 'Normal' });
  });

  test('of a 300-character subject keeps all of it', async () => {
    const world = await start();
    const subject = `printer ${'very '.repeat(58)}broken`;
    const form = await openCreate(howardOf(world), `"Acme West" ${subject}`);
    expect(form.value('Subject')).toHaveLength(255);
    expect(form.value('Description')).toBe(subject);
    await form.type('Subject', 'x'.repeat(300));
    expect((await form.submit('Create')).errors).toEqual({ Subject: expect.stringContaining('255 characters') });
    await form.type('Subject', 'x'.repeat(255));
    await form.submit('Create');
    await receiptOf(howardOf(world));
    expect(newTickets(world)[0]?.subject).toHaveLength(255);
  });

  test.each([
    ['<!channel> & *Sons* <https://evil.example|click>', '<!channel> & *Sons* <https://evil.example|click>'],
    ['شركة النور للتجارة', 'شركة النور للتجارة'],
    ['cactus and co', '🌵 Cactus & Co 🚀'],
  ])('for a customer called %s is as for every other', async (typed, name) => {
    const world = await start();
    const howard = howardOf(world);
    const subject = '<!here> & #1 *screen* <https://bad.example> 🖥️';
    const form = await openCreate(howard, `${typed} ${subject}`);
    expect(form.value('Customer')).toBe(name);
    expect(form.value('Subject')).toBe(subject);
    await form.type('Description', subject);
    await form.submit('Create');
    const receipt = await receiptOf(howard);
    expect(receipt.text).toContain(`${subject} · ${name.slice(0, 39)}`);
    expect(newTickets(world)[0]?.subject).toBe(subject);
  });

  test('starts from a customer’s card with the customer preset', async () => {
    const world = await start();
    const howard = howardOf(world);
    await howard.slash('/syncro', 'customers desert dental');
    const card = await howard.message(/Desert Dental/);
    await card.click('New ticket');
    const form = await howard.modal('New ticket');
    await form.waitFor('Desert Dental has 1 open ticket: #32165');
    expect(form.value('Customer')).toBe('Desert Dental');
    expect(form.value('Subject')).toBe('');
  });

  test('is open at once while Syncro takes 10 seconds, and what was typed survives the lists', async () => {
    const world = await start({ shop: { timeout: 20 } });
    const howard = howardOf(world);
    await fillCache(world);
    world.syncro.setLatency(10_000);
    const { ackMs } = await howard.slash('/syncro', 'create Acme West printer jams');
    const form = await howard.modal('New ticket', { timeoutMs: 3_000 });
    expect(ackMs).toBeLessThan(3_000);
    expect(form.value('Customer')).toBe('Acme West');
    await form.type('Description', 'Typed while it was slow.');
    world.syncro.down(true);
    await form.waitFor(/Syncro (hasn't answered since|didn't answer)/);
    expect(form.value('Description')).toBe('Typed while it was slow.');
    expect(form.text()).toContain('Nothing was sent.');
  });
});

describe('an address that changed while the form was open', () => {
  const emailTo = (world: World, list: 'customers' | 'contacts', id: number, email: string): void => {
    for (const row of world.syncro.state[list]) if (row.id === id) row.email = email;
  };

  test.each([
    ['the customer’s', 'customers', customerIds.acmeWest, null],
    ['the contact’s', 'contacts', 7710002, 'Wilma Reyes'],
  ] as const)('is said first: %s', async (_whose, list, id, contact) => {
    const world = await start();
    const howard = howardOf(world);
    const form = await openCreate(howard, 'Acme West printer jams');
    await form.waitFor('Contact');
    if (contact) await form.choose('Contact', contact);
    await form.type('Description', 'Password inside.');
    await form.choose('Audience', 'Email the customer');
    emailTo(world, list, id, 'other@elsewhere.example');
    await form.submit('Create');
    await form.waitFor('Email would now go to other@elsewhere.example, not to ');
    expect(form.text()).toContain('Nothing was sent.');
    expect(writes(world)).toEqual([]);
    await form.click('Back');
    await form.waitFor('Email goes to');
    expect(form.text()).toContain('other@elsewhere.example');
    expect(form.value('Description')).toBe('Password inside.');
    await form.submit('Create');
    await receiptOf(howard);
    expect(world.syncro.state.outbox.map(({ to }) => to)).toEqual(['other@elsewhere.example']);
  });

  test('is nobody’s business where nothing is emailed', async () => {
    const world = await start();
    const form = await openCreate(howardOf(world), 'Acme West printer jams');
    await form.type('Description', 'Password inside.');
    emailTo(world, 'customers', customerIds.acmeWest, 'other@elsewhere.example');
    await form.submit('Create');
    await receiptOf(howardOf(world));
  });
});
