import { describe, expect, test } from '@jest/globals';
import type { World } from '../../../sandbox/world.ts';
import { howardOf, userOf, winterOf } from '../../world/people.ts';
import { quickConfig, useWorld } from '../../world/use-world.ts';
import { statusOf, ticketByNumber, writes } from '../tickets/ticket-effects.ts';
import { ask, sentBy } from '../tickets/ticket-steps.ts';

const start = useWorld();
const UPDATED = /Updated #32164/;
const PUT = { method: 'PUT', path: /^\/tickets\/\d+$/ } as const;

describe('/syncro update with words', () => {
  test('sets the only status that they fit, under my name, and tells me here alone', async () => {
    const world = await start();
    const told = await ask(howardOf(world), 'update 32164 wait c', UPDATED);
    expect(told.text).toMatch(
      /^Updated #32164: New → Waiting on Customer · as Howard Enos\. Sent once, confirmed\.\nref [0-9A-Z]{6}$/,
    );
    expect(told.ephemeral).toBe(true);
    expect(told.raw.text).toContain('Updated #32164: New → Waiting on Customer');
    expect(sentBy(world)).toEqual([{ method: 'PUT', technician: 1750, body: { status: 'Waiting on Customer' } }]);
    await world.slack.idle();
    expect(howardOf(world).dm()).toEqual([]);
  });

  test.each([
    ['resolved', 'Resolved'],
    ['IN PROG', 'In Progress'],
    ['#32164 sched', 'Scheduled'],
    ['reply', 'Customer Reply'],
  ])('understands %s, and sends the account’s own spelling', async (words, status) => {
    const world = await start();
    await ask(howardOf(world), `update ${words.startsWith('#') ? '' : '32164 '}${words}`, UPDATED);
    expect(statusOf(world, 32164)).toBe(status);
  });

  test('that fit two offers both and changes nothing until one is pressed', async () => {
    const world = await start();
    const words = await ask(howardOf(world), 'update 32164 wait', /fits two statuses/);
    expect(words.text).toBe(
      '"wait" fits two statuses: Waiting for Parts, Waiting on Customer. Nothing was changed.\n[Waiting for Parts] [Waiting on Customer]',
    );
    expect(writes(world)).toEqual([]);
    await words.click('Waiting on Customer');
    await words.waitFor(/^Updated #32164: New → Waiting on Customer/);
    expect(statusOf(world, 32164)).toBe('Waiting on Customer');
    expect(howardOf(world).messages()).toHaveLength(1);
  });

  test('one of the offered pressed twice at once is sent once', async () => {
    const world = await start();
    const words = await ask(howardOf(world), 'update 32164 wait', /fits two statuses/);
    await words.click('Waiting for Parts', { times: 2 });
    await words.waitFor(/Updated #32164: New → Waiting for Parts|is Waiting for Parts already/);
    await world.slack.idle();
    expect(writes(world)).toHaveLength(1);
    expect(howardOf(world).messages()).toHaveLength(1);
  });

  test('an offered status that the account has no more is not sent', async () => {
    const world = await start();
    const words = await ask(howardOf(world), 'update 32164 wait', /fits two statuses/);
    const { settings } = world.syncro.state;
    settings.ticket_status_list = settings.ticket_status_list.filter((status) => status !== 'Waiting for Parts');
    await world.stopApp();
    await world.startApp();
    await words.click('Waiting for Parts');
    await words.waitFor('has no status "Waiting for Parts"');
    expect(writes(world)).toEqual([]);
  });

  test.each(['frobnicate', '!!!', 'progress in', '<!channel> & *x*'])(
    'that fit none (%s) list what there is, and change nothing',
    async (typed) => {
      const world = await start();
      const words = await ask(howardOf(world), `update 32164 ${typed}`, /has no status/);
      expect(words.text).toContain(`This Syncro account has no status "${typed}".`);
      expect(words.text).toContain('It has: New, In Progress, Resolved, Invoiced,');
      expect(words.text).toContain('Nothing was changed.');
      expect(writes(world)).toEqual([]);
    },
  );

  test('with a slip of the finger offer what was probably meant', async () => {
    const world = await start();
    const words = await ask(howardOf(world), 'update 32164 resolvd', /Did you mean Resolved\?/);
    expect(writes(world)).toEqual([]);
    await words.click('Resolved');
    await words.waitFor(UPDATED);
    expect(statusOf(world, 32164)).toBe('Resolved');
  });

  test('that name what it is already send nothing', async () => {
    const world = await start();
    await ask(howardOf(world), 'update 32164 new', /#32164 is New already\. Nothing was changed\./);
    expect(writes(world)).toEqual([]);
  });

  test('on a ticket that is not there say so', async () => {
    const world = await start();
    const words = await ask(howardOf(world), 'update 99999 new', /No ticket #99999 in Syncro/);
    expect(words.text).toContain('Nothing was sent.');
  });

  test('show a status that somebody mistyped, and replace it', async () => {
    const world = await start();
    ticketByNumber(world, 32164).status = '<!here> Waitng';
    const told = await ask(howardOf(world), 'update 32164 new', UPDATED);
    expect(told.text).toContain('<!here> Waitng → New');
  });
});

describe('Invoiced', () => {
  test('is refused on a ticket that has no invoice, with the way to one', async () => {
    const world = await start();
    // Other tickets' invoices don't count, whatever the account's filter does.
    const words = await ask(howardOf(world), 'update 32164 inv', /has no invoice/);
    expect(words.text).toContain('#32164 has no invoice, so its status is not set to Invoiced. Nothing was changed.');
    expect(words.text).toContain('/syncro bill 32164 creates one');
    expect(writes(world)).toEqual([]);
    await words.click('Bill');
    await howardOf(world).modal('Bill #32164');
  });

  test('is set on a ticket that has one', async () => {
    const world = await start();
    await ask(howardOf(world), 'update 32157 inv', /Updated #32157: In Progress → Invoiced/);
    expect(statusOf(world, 32157)).toBe('Invoiced');
  });

  test('is refused in the form too, on the field', async () => {
    const world = await start();
    const form = await updateForm(world);
    await form.choose('Status', 'Invoiced');
    const { errors } = await form.submit('Save');
    expect(errors.Status).toMatch(/#32164 has no invoice\. \/syncro bill 32164 creates one/);
    expect(writes(world)).toEqual([]);
    await form.choose('Status', 'Scheduled');
    await form.submit('Save');
    await howardOf(world).message(UPDATED);
  });
});

describe('Syncro’s bad days', () => {
  test('an answer that is cut off after it arrived: found, sent once', async () => {
    const world = await start();
    world.syncro.fault({ ...PUT, kind: 'cut-after' });
    const told = await ask(howardOf(world), 'update 32164 sched', UPDATED);
    expect(told.text).toContain('Sent once, confirmed.');
    expect(writes(world)).toHaveLength(1);
    expect(statusOf(world, 32164)).toBe('Scheduled');
  });

  test('a request that is cut off before it arrived is repeated by itself', async () => {
    const world = await start();
    world.syncro.fault({ ...PUT, kind: 'cut-before' });
    await ask(howardOf(world), 'update 32164 sched', UPDATED);
    expect(statusOf(world, 32164)).toBe('Scheduled');
  });

  test('a refusal is told here with Syncro’s words, and leaves the ticket free', async () => {
    const world = await start();
    world.syncro.fault({ ...PUT, kind: '422', body: { success: false, message: ['Status <!here> is closed'] } });
    const told = await ask(howardOf(world), 'update 32164 sched', /Not updated: #32164: New → Scheduled\./);
    expect(told.text).toContain('Syncro refused the status: "Status <!here> is closed". Nothing was sent.');
    expect(statusOf(world, 32164)).toBe('New');
    await ask(howardOf(world), 'update 32164 sched', UPDATED);
    expect(statusOf(world, 32164)).toBe('Scheduled');
  });

  test('a limit is waited out, and how it ends comes as a direct message', async () => {
    const world = await start();
    world.syncro.fault({ ...PUT, kind: '429', retryAfter: 6 });
    const told = await ask(howardOf(world), 'update 32164 sched', /on its way/);
    expect(told.text).toContain('New → Scheduled is on its way');
    const message = await howardOf(world).message(UPDATED, { channel: 'dm', timeoutMs: 12_000 });
    expect(message.text).toContain('✓ Status Scheduled');
    expect(writes(world)).toHaveLength(2);
  });

  test('Syncro being down: nothing is sent, and it says since when', async () => {
    const world = await start();
    world.syncro.down(true);
    const words = await ask(howardOf(world), 'update 32164 sched', /hasn't answered since|didn't answer/, 15_000);
    expect(words.text).toContain('Nothing was sent.');
    world.syncro.down(false);
    expect(writes(world)).toEqual([]);
  });

  test('an account that may not change tickets is told so, with Syncro’s words', async () => {
    const world = await start();
    userOf(world, 1750).permissions.ticket.write = false;
    const told = await ask(howardOf(world), 'update 32164 sched', /Not updated/);
    expect(told.text).toContain('Your Syncro account may not do this.');
    expect(statusOf(world, 32164)).toBe('New');
  });

  test('a revoked key sends nothing', async () => {
    const world = await start();
    userOf(world, 1750).keys = [];
    const words = await ask(howardOf(world), 'update 32164 sched', /Syncro refused your key/);
    expect(words.text).toContain('Nothing was sent.');
    expect(writes(world)).toEqual([]);
  });

  test('a key of somebody else sends nothing', async () => {
    const world = await start();
    userOf(world, 1750).keys = [];
    userOf(world, 1737).keys = ['sandbox-howard'];
    const words = await ask(howardOf(world), 'update 32164 sched', /The key belongs to Winter Hale/);
    expect(words.text).toContain('Nothing was sent.');
    expect(writes(world)).toEqual([]);
  });
});

test('without a key of one’s own, every answer says whose name it carries', async () => {
  const config = quickConfig({ more: 'shared_key: { key: { env: SYNCRO_KEY_MICHAEL }, writes: true }' });
  const world = await start({ config: config.replace(', key: { env: SYNCRO_KEY_HOWARD }', '') });
  await ask(howardOf(world), 'update 32164 sched', /Updated #32164: New → Scheduled · as Michael Swanson\./);
  const form = await updateForm(world);
  expect(form.text()).toContain('! Will be posted as Michael Swanson (the shared key), not under your name.');
  expect(sentBy(world).map(({ technician }) => technician)).toEqual([1735]);
});

test('two technicians at once: the second is told who is at it', async () => {
  const world = await start({ shop: { timeout: 1.6 } });
  world.syncro.fault({ ...PUT, kind: 'late', delayMs: 1_200, hang: true });
  await howardOf(world).slash('/syncro', 'update 32164 sched');
  await new Promise((resolve) => setTimeout(resolve, 300));
  const words = await ask(winterOf(world), 'update 32164 resolved', /is being updated right now by Howard Enos/);
  expect(words.text).toContain('Nothing was sent.');
  await howardOf(world).message(UPDATED, { timeoutMs: 10_000 });
  expect(statusOf(world, 32164)).toBe('Scheduled');
  await ask(winterOf(world), 'update 32164 resolved', /Updated #32164: Scheduled → Resolved · as Winter Hale/);
  expect(sentBy(world).map(({ technician }) => technician)).toEqual([1750, 1737]);
});

const updateForm = async (world: World, number = 32164) => {
  await howardOf(world).slash('/syncro', `update ${number}`);
  const form = await howardOf(world).modal(`Update #${number}`);
  await form.waitFor('[Save]');
  return form;
};

describe('/syncro update without words', () => {
  test('opens at once and then shows how the ticket is now', async () => {
    const world = await start({ syncro: { latencyMs: 150 } });
    await howardOf(world).slash('/syncro', 'update 32164');
    const form = await howardOf(world).modal('Update #32164');
    expect(form.text()).toContain('Reading');
    expect(form.text()).not.toContain('[Save]');
    await form.waitFor('[Save]');
    expect(form.text()).toContain('Own cloud thing again');
    expect(form.text()).toContain('Will be posted as Howard Enos.');
    expect(['Status', 'Priority', 'Technician'].map((label) => form.value(label))).toEqual([
      'New',
      '2 Normal',
      'Howard Enos',
    ]);
    expect(form.text()).not.toContain('Nobody');
    expect(form.value('Due date')).toMatch(/^\d{4}-\d{2}-\d{2}$/);
  });

  test('sends only what was changed, and the receipt names it', async () => {
    const world = await start();
    const form = await updateForm(world);
    await form.choose('Priority', '1 High');
    await form.choose('Technician', 'Winter Hale');
    await form.pickDate('Due date', '2027-12-01');
    const { errors } = await form.submit('Save');
    expect(errors).toEqual({});
    await howardOf(world).noModal();
    const receipt = await howardOf(world).message(UPDATED, { channel: 'dm' });
    await receipt.waitFor('✓ Priority 1 High, technician Winter Hale, due Dec 1');
    expect(receipt.text).toContain('Sent once, confirmed.');
    expect(sentBy(world)).toEqual([
      { method: 'PUT', technician: 1750, body: { priority: '1 High', user_id: 1737, due_date: '2027-12-01' } },
    ]);
    const again = await updateForm(world);
    expect(again.value('Due date')).toBe('2027-12-01');
    expect(again.value('Technician')).toBe('Winter Hale');
  });

  test('a day east of here that is not stored is not confirmed, and sent once more', async () => {
    const world = await start();
    Object.assign(world.syncro.state.settings, { time_zone: 'Sydney', time_offset: '+11:00' });
    const ticket = ticketByNumber(world, 32164);
    ticket.due_date = '2026-11-29T13:00:00.000Z';
    const form = await updateForm(world);
    expect(form.value('Due date')).toBe('2026-11-30');
    await form.pickDate('Due date', '2026-11-29');
    world.syncro.fault({ kind: 'cut-before', method: 'PUT', path: /^\/tickets\/\d+$/ });
    await form.submit('Save');
    const receipt = await howardOf(world).message(UPDATED, { channel: 'dm' });
    await receipt.waitFor('✓ Due Nov 29');
    expect(ticket.due_date).toBe('2026-11-28T13:00:00.000Z');
  });

  test('with nothing changed says so', async () => {
    const world = await start();
    const form = await updateForm(world);
    expect((await form.submit('Save')).errors).toEqual({ Status: "You haven't changed anything." });
    expect(writes(world)).toEqual([]);
  });

  test('with what somebody else has done meanwhile says that nothing is left to change', async () => {
    const world = await start();
    const form = await updateForm(world);
    await form.choose('Status', 'Scheduled');
    ticketByNumber(world, 32164).status = 'Scheduled';
    expect((await form.submit('Save')).errors).toEqual({ Status: "You haven't changed anything." });
    expect(writes(world)).toEqual([]);
  });

  test('does not undo what somebody else changed meanwhile', async () => {
    const world = await start();
    const form = await updateForm(world);
    await form.choose('Status', 'Scheduled');
    Object.assign(ticketByNumber(world, 32164), { priority: '0 Urgent', user_id: 1737 });
    await form.submit('Save');
    await howardOf(world).message(UPDATED, { channel: 'dm' });
    expect(ticketByNumber(world, 32164)).toMatchObject({ status: 'Scheduled', priority: '0 Urgent', user_id: 1737 });
  });

  test('offers nobody only where it is nobody’s, and keeps what is in no list', async () => {
    const world = await start();
    Object.assign(ticketByNumber(world, 32166), { status: 'Wating on <!here>', priority: 'Normal', due_date: null });
    const form = await updateForm(world, 32166);
    expect(form.value('Status')).toBe('Wating on <!here>');
    expect(form.value('Priority')).toBe('Normal');
    expect(form.value('Technician')).toBe('Nobody');
    expect(form.value('Due date')).toBe('');
    await form.choose('Technician', 'Howard Enos');
    await form.submit('Save');
    await howardOf(world).message(/Updated #32166/, { channel: 'dm' });
    expect(sentBy(world).map(({ body }) => body)).toEqual([{ user_id: 1750 }]);
  });

  test('does not take a due date away', async () => {
    const world = await start();
    const form = await updateForm(world);
    await form.pickDate('Due date', '');
    expect((await form.submit('Save')).errors['Due date']).toMatch(/not remove it/);
  });

  test('saved twice at once is one change', async () => {
    const world = await start();
    const form = await updateForm(world);
    await form.choose('Status', 'Scheduled');
    await form.submitTwice('Save');
    await howardOf(world).message(UPDATED, { channel: 'dm' });
    await world.slack.idle();
    expect(writes(world)).toHaveLength(1);
    expect(howardOf(world).dm()).toHaveLength(1);
  });

  test('says meanwhile that it takes long, and closes nothing silently', async () => {
    const world = await start({ shop: { timeout: 5 } });
    const form = await updateForm(world);
    await form.choose('Status', 'Scheduled');
    world.syncro.setLatency(1_800);
    await form.submit('Save');
    await (await howardOf(world).modal('Update #32164')).waitFor('✓ On its way', { timeoutMs: 8_000 });
    world.syncro.setLatency(0);
    await howardOf(world).message(UPDATED, { channel: 'dm', timeoutMs: 8_000 });
  });

  test('keeps what was chosen when Syncro can’t be asked, and goes on from there', async () => {
    const world = await start();
    const form = await updateForm(world);
    await form.choose('Status', 'Scheduled');
    await form.choose('Priority', '3 Low');
    world.syncro.down(true);
    await form.submit('Save');
    const problem = await howardOf(world).modal('Update #32164');
    await problem.waitFor('Nothing was sent.', { timeoutMs: 15_000 });
    world.syncro.down(false);
    await problem.click('Back');
    const again = await howardOf(world).modal('Update #32164');
    await again.waitFor('[Save]');
    expect(again.value('Status')).toBe('Scheduled');
    expect(again.value('Priority')).toBe('3 Low');
    await again.submit('Save');
    await howardOf(world).message(UPDATED, { channel: 'dm' });
    expect(sentBy(world).map(({ body }) => body)).toEqual([{ status: 'Scheduled', priority: '3 Low' }]);
  });

  test('while Syncro is down says so and can be tried again', async () => {
    const world = await start();
    await updateForm(world).then((form) => form.close());
    world.syncro.down(true);
    await howardOf(world).slash('/syncro', 'update 32164');
    const form = await howardOf(world).modal('Update #32164');
    await form.waitFor('[Try again]', { timeoutMs: 15_000 });
    expect(form.text()).not.toContain('[Save]');
    world.syncro.down(false);
    await form.click('Try again');
    await form.waitFor('[Save]');
  });

  test('of a ticket that is being billed says by whom and keeps the form', async () => {
    const world = await start({ shop: { timeout: 1.6 } });
    world.syncro.fault({ ...PUT, kind: 'late', delayMs: 1_000, hang: true });
    const form = await updateForm(world);
    await form.choose('Status', 'Scheduled');
    await winterOf(world).slash('/syncro', 'update 32164 resolved');
    await new Promise((resolve) => setTimeout(resolve, 300));
    await form.submit('Save');
    const problem = await howardOf(world).modal('Update #32164');
    await problem.waitFor('is being updated right now by Winter Hale');
    expect(problem.text()).toContain('[Back]');
  });

  test('of a ticket that is not there is no form', async () => {
    const world = await start();
    await howardOf(world).slash('/syncro', 'update 99999');
    const view = await howardOf(world).modal('Update #99999');
    await view.waitFor('No ticket #99999 in Syncro.');
    expect(view.text()).not.toContain('[Save]');
  });
});
