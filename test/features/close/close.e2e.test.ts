import { describe, expect, test } from '@jest/globals';
import type { Modal, Person } from '../../../sandbox/slack/slack.ts';
import type { World } from '../../../sandbox/world.ts';
import { machineSleeps } from '../../time/time.ts';
import { howardOf, userOf, winterOf } from '../../world/people.ts';
import { useWorld } from '../../world/use-world.ts';
import { addedSince, countAll, NOTHING, statusOf, ticketByNumber, writes } from '../tickets/ticket-effects.ts';
import { sentBy } from '../tickets/ticket-steps.ts';

const start = useWorld();
const CLOSED = /Closed #32164/;
const COMMENT = { method: 'POST', path: /\/comment$/ } as const;
const PUT = { method: 'PUT', path: /^\/tickets\/\d+$/ } as const;
const TEXT = 'Reset the cloud thing, it syncs.';

const closeForm = async (person: Person, number = 32164): Promise<Modal> => {
  await person.slash('/syncro', `close ${number}`);
  const form = await person.modal(`Close #${number}`);
  await form.waitFor('[Close ticket]');
  return form;
};

const close = async (person: Person, resolution: string | null = TEXT, audience?: string): Promise<Modal> => {
  const form = await closeForm(person);
  if (resolution !== null) await form.type('Resolution', resolution);
  if (audience) await form.choose('Audience', audience);
  await form.submit('Close ticket');
  return form;
};

const receiptOf = (person: Person, pattern = CLOSED) => person.message(pattern, { channel: 'dm', timeoutMs: 10_000 });

describe('/syncro close', () => {
  test('opens at once; the inputs come with what is not billed', async () => {
    const world = await start({ syncro: { latencyMs: 150 } });
    await howardOf(world).slash('/syncro', 'close 32164');
    const form = await howardOf(world).modal('Close #32164');
    expect(form.text()).toContain('Reading');
    expect(form.text()).not.toContain('[Close ticket]');
    await form.waitFor('[Close ticket]');
    expect(form.text()).toContain('Own cloud thing again\nJerry Burger');
    expect(form.text()).toContain('New → Resolved');
    expect(form.text()).toContain('Email goes to jerry@customer.example.');
    expect(form.text()).toContain('! Nothing was billed on this ticket.');
    expect(form.text()).toContain('Will be posted as Howard Enos.');
    expect(form.value('Audience')).toBe('Email the customer');
    expect(form.value('Resolution')).toBe('');
  });

  test('says of a customer marked "no email" that the comment was sent, and not that it was emailed', async () => {
    const world = await start();
    for (const customer of world.syncro.state.customers) customer.no_email = true;
    await close(howardOf(world));
    const receipt = await receiptOf(howardOf(world));
    expect(receipt.text).toContain('✓ Comment sent; the customer is marked "no email"\n✓ Status Resolved');
    expect(receipt.text).not.toContain('Emailed');
    expect(world.syncro.state.outbox).toEqual([]);
  });

  test('posts the resolution, then sets the status, under my name; the receipt tells both', async () => {
    const world = await start();
    await close(howardOf(world));
    await howardOf(world).noModal();
    const receipt = await receiptOf(howardOf(world));
    expect(receipt.text).toContain('Closed #32164 Own cloud thing again · Jerry Burger');
    expect(receipt.text).toContain('✓ Emailed jerry@customer.example\n✓ Status Resolved');
    expect(receipt.text).toContain('as Howard Enos');
    expect(receipt.text).toContain('Sent once, confirmed.');
    expect(sentBy(world)).toEqual([
      {
        method: 'POST',
        technician: 1750,
        body: { subject: 'Resolution', body: TEXT, hidden: false, do_not_email: false },
      },
      { method: 'PUT', technician: 1750, body: { status: 'Resolved' } },
    ]);
    expect(howardOf(world).dm()).toHaveLength(1);
  });

  test('without a resolution sets the status only, and mails nobody', async () => {
    const world = await start();
    const before = countAll(world);
    await close(howardOf(world), null);
    const receipt = await receiptOf(howardOf(world));
    expect(receipt.text).not.toContain('Comment');
    expect(addedSince(world, before)).toEqual(NOTHING);
    expect(sentBy(world).map(({ body }) => body)).toEqual([{ status: 'Resolved' }]);
  });

  test('keeps an internal resolution internal', async () => {
    const world = await start();
    const before = countAll(world);
    await close(howardOf(world), '<!channel> the <b>real</b> story & more', 'Internal only');
    await (await receiptOf(howardOf(world))).waitFor('✓ Comment, internal only');
    expect(sentBy(world)[0]?.body).toEqual({
      subject: 'Resolution',
      body: '<!channel> the <b>real</b> story & more',
      hidden: true,
      do_not_email: true,
    });
    expect(addedSince(world, before)).toEqual({ ...NOTHING, comments: 1 });
  });

  test('pressed twice at once closes once', async () => {
    const world = await start();
    const before = countAll(world);
    const form = await closeForm(howardOf(world));
    await form.type('Resolution', TEXT);
    await form.submitTwice('Close ticket');
    await receiptOf(howardOf(world));
    await world.slack.idle();
    expect(addedSince(world, before)).toEqual({ ...NOTHING, comments: 1, mails: 1 });
    expect(writes(world)).toHaveLength(2);
    expect(howardOf(world).dm()).toHaveLength(1);
  });

  test('of a hostile subject mentions nobody', async () => {
    const world = await start();
    const form = await closeForm(howardOf(world), 32154);
    expect(form.text()).toContain('<!channel> & *urgent*');
    await form.submit('Close ticket');
    await receiptOf(howardOf(world), /Closed #32154 <!channel> & \*urgent\*/);
  });

  test('of a ticket that is not there is no form', async () => {
    const world = await start();
    await howardOf(world).slash('/syncro', 'close 99999');
    const view = await howardOf(world).modal('Close #99999');
    await view.waitFor('No ticket #99999 in Syncro.');
    expect(view.text()).not.toContain('[Close ticket]');
  });
});

describe('what is not billed', () => {
  test.each([
    [32159, ['! 1.0 h Labor - Onsite Business $175.00 (', ') is not invoiced.'], 'Nothing was billed'],
    [32155, ['! A timer in Syncro (since', 'still runs on this ticket.', '! Nothing was billed on this ticket.'], '$'],
    [32120, ['! 97 older lines are not invoiced either, $4,375.00 in all.'], 'Nothing was billed'],
  ])('on #%s is named in the form', async (number, words, not) => {
    const world = await start();
    const form = await closeForm(howardOf(world), number);
    for (const each of words) expect(form.text()).toContain(each);
    expect(form.text()).not.toContain(not);
    await form.submit('Close ticket');
    const receipt = await receiptOf(howardOf(world), new RegExp(`Closed #${number}`));
    expect(receipt.text).not.toMatch(/not invoiced|timer|billed/i);
  });

  test('is invoiced from the receipt, where it is charged', async () => {
    const world = await start();
    const before = countAll(world);
    const form = await closeForm(howardOf(world), 32159);
    await form.submit('Close ticket');
    const receipt = await receiptOf(howardOf(world), /Closed #32159/);
    await receipt.click('Invoice $175.00');
    const preview = await howardOf(world).modal('Check and invoice');
    await preview.waitFor('[Invoice $175.00]');
    await preview.submit('Invoice $175.00');
    await howardOf(world).message(/Invoiced #32159 [^$£]*\$175\.00/);
    expect(addedSince(world, before)).toEqual({ ...NOTHING, invoices: 1 });
    expect(statusOf(world, 32159)).toBe('Invoiced');
  });

  test.each([
    ['is on an invoice', (_world: World) => undefined, 32157],
    [
      'is on one, which the account does not flag',
      (world: World) => {
        for (const line of world.syncro.state.lines) Object.assign(line, { converted: false, invoice_id: null });
      },
      32157,
    ],
    ['was never charged', (_world: World) => undefined, 32164],
    [
      'nobody can tell of, since no invoice can be read any more',
      (world: World) => world.syncro.fault({ kind: '401', method: 'GET', path: /^\/invoices/, times: 99 }),
      32159,
    ],
  ])('has no such button on the receipt where it %s', async (_what, change, number) => {
    const world = await start();
    const form = await closeForm(howardOf(world), number);
    change(world);
    await form.submit('Close ticket');
    const receipt = await receiptOf(howardOf(world), new RegExp(`Closed #${number}`));
    expect(receipt.text).not.toContain('[Invoice');
  });

  test('is nothing on a ticket whose line is on an invoice', async () => {
    const world = await start();
    expect((await closeForm(howardOf(world), 32157)).text()).not.toMatch(/invoice|billed/i);
  });

  test('is told by the invoices where the account flags no lines', async () => {
    const world = await start();
    for (const line of world.syncro.state.lines) Object.assign(line, { converted: false, invoice_id: null });
    expect((await closeForm(howardOf(world), 32157)).text()).not.toMatch(/is not invoiced/);
    expect((await closeForm(howardOf(world), 32159)).text()).toMatch(/is not invoiced/);
  });

  test('names timer entries that were recorded but not charged', async () => {
    const world = await start();
    const [timer] = world.syncro.state.timers;
    if (!timer) throw new Error('no timer');
    timer.end_time = new Date(Date.parse(timer.start_time) + 42 * 60_000).toISOString();
    const form = await closeForm(howardOf(world), 32155);
    expect(form.text()).toMatch(/! A time entry in Syncro \(\w+ \d+, 0:42\) was never charged\./);
  });
});

describe('the status to close with', () => {
  test('is the one of the settings, as the account spells it', async () => {
    const world = await start({ shop: { more: 'tickets: { close_as: scheduled }' } });
    await close(howardOf(world), null);
    await (await receiptOf(howardOf(world))).waitFor('✓ Status Scheduled');
    expect(statusOf(world, 32164)).toBe('Scheduled');
  });

  test('that the account does not have is named, with the setting and what there is', async () => {
    const world = await start({ shop: { more: 'tickets: { close_as: Finished }' } });
    await howardOf(world).slash('/syncro', 'close 32164');
    const form = await howardOf(world).modal('Close #32164');
    await form.waitFor('no status "Finished"');
    expect(form.text()).toContain('tickets.close_as');
    expect(form.text()).toContain('New, In Progress, Resolved');
    expect(form.text()).toContain('Nothing was sent.');
    expect(form.text()).not.toContain('[Close ticket]');
  });

  test('that the ticket has already is said; then only a resolution is posted', async () => {
    const world = await start();
    ticketByNumber(world, 32164).status = 'Resolved';
    const form = await closeForm(howardOf(world));
    expect(form.text()).toContain('! It is already Resolved.');
    const { errors } = await form.submit('Close ticket');
    expect(errors.Resolution).toMatch(/It is already Resolved\. Write a resolution/);
    expect(writes(world)).toEqual([]);
    await form.type('Resolution', TEXT);
    await form.submit('Close ticket');
    await receiptOf(howardOf(world));
    expect(sentBy(world).map(({ method }) => method)).toEqual(['POST']);
  });
});

describe('Syncro’s bad days', () => {
  test.each([
    ['comment', COMMENT],
    ['status', PUT],
  ])('an answer to the %s that is cut off after it arrived: found, nothing twice', async (_what, where) => {
    const world = await start();
    const before = countAll(world);
    world.syncro.fault({ ...where, kind: 'cut-after' });
    await close(howardOf(world));
    await (await receiptOf(howardOf(world))).waitFor('Sent once, confirmed.');
    expect(addedSince(world, before)).toEqual({ ...NOTHING, comments: 1, mails: 1 });
    expect(statusOf(world, 32164)).toBe('Resolved');
  });

  test('a mail of which nobody knows is asked about before it is sent again', async () => {
    const world = await start();
    world.syncro.fault({ ...COMMENT, kind: 'cut-before' });
    await close(howardOf(world));
    const asked = await howardOf(world).message('did the comment reach', {
      timeoutMs: 10_000,
    });
    expect(asked.text).toContain('Not done: status.');
    await asked.click('No, send again');
    await receiptOf(howardOf(world));
    expect(world.syncro.state.comments.filter(({ body }) => body === TEXT)).toHaveLength(1);
    expect(statusOf(world, 32164)).toBe('Resolved');
  });

  test('a refused comment leaves the status alone until it is corrected', async () => {
    const world = await start();
    world.syncro.fault({ ...COMMENT, kind: '422', body: { error: "Body can't be blank" } });
    await close(howardOf(world));
    const refused = await howardOf(world).message(/Syncro refused the comment: "Body can't be blank"/);
    expect(statusOf(world, 32164)).toBe('New');
    await refused.click('Fix and continue');
    await (await howardOf(world).modal('Fix and continue')).submit('Go on');
    await receiptOf(howardOf(world));
    expect(statusOf(world, 32164)).toBe('Resolved');
  });

  test('a refused status after the comment says what was done, and is tried again with one press', async () => {
    const world = await start();
    world.syncro.fault({ ...PUT, kind: '422', body: { message: ['Needs a checklist'] } });
    await close(howardOf(world));
    const refused = await howardOf(world).message(/Syncro refused the status: "Needs a checklist"/);
    expect(refused.text).toContain('Done: comment.   Not done: status.');
    await refused.click('Try again');
    await receiptOf(howardOf(world));
  });

  test('an account that may not change tickets is told so', async () => {
    const world = await start();
    userOf(world, 1750).permissions.ticket.write = false;
    await close(howardOf(world), null);
    await howardOf(world).message(/Your Syncro account may not do this/, { channel: 'dm' });
    expect(statusOf(world, 32164)).toBe('New');
  });

  test('a key that is refused sends nothing, and shows no form', async () => {
    const world = await start();
    userOf(world, 1750).keys = [];
    await howardOf(world).slash('/syncro', 'close 32164');
    const form = await howardOf(world).modal('Close #32164');
    await form.waitFor('Syncro refused your key');
    expect(form.text()).toContain('Nothing was sent.');
    expect(form.text()).not.toContain('[Close ticket]');
  });

  test('Syncro being down when it is pressed: nothing is lost of what was typed', async () => {
    const world = await start();
    const form = await closeForm(howardOf(world));
    await form.type('Resolution', TEXT);
    await form.choose('Audience', 'Internal only');
    world.syncro.down(true);
    await form.submit('Close ticket');
    const problem = await howardOf(world).modal('Close #32164');
    await problem.waitFor('Nothing was sent.', { timeoutMs: 15_000 });
    await problem.click('Back');
    const again = await howardOf(world).modal('Close #32164');
    await again.waitFor('[Try again]', { timeoutMs: 15_000 });
    world.syncro.down(false);
    await again.click('Try again');
    await again.waitFor('[Close ticket]');
    expect(again.value('Resolution')).toBe(TEXT);
    expect(again.value('Audience')).toBe('Internal only');
    await again.submit('Close ticket');
    await receiptOf(howardOf(world));
    expect(sentBy(world)[0]?.body).toMatchObject({ body: TEXT, hidden: true });
  });

  test('somebody closing it at the same time is named, and the resolution is kept', async () => {
    const world = await start({ shop: { timeout: 3 } });
    const form = await closeForm(howardOf(world));
    await form.type('Resolution', TEXT);
    world.syncro.fault({ ...PUT, kind: 'late', delayMs: 1_500, hang: true });
    await winterOf(world).slash('/syncro', 'close 32164');
    const other = await winterOf(world).modal('Close #32164');
    await other.waitFor('[Close ticket]');
    await other.submit('Close ticket');
    await form.submit('Close ticket');
    const problem = await howardOf(world).modal('Close #32164');
    await problem.waitFor('is being closed right now by Winter Hale');
    await receiptOf(winterOf(world));
    await problem.click('Back');
    const again = await howardOf(world).modal('Close #32164');
    await again.waitFor('It is already Resolved');
    expect(again.value('Resolution')).toBe(TEXT);
  });
});

describe('what changed while the form was open', () => {
  const AGAIN = 'Resolution for #32164, in other words.';
  const pass = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

  const filledIn = async (person: Person): Promise<Modal> => {
    const form = await closeForm(person);
    await form.type('Resolution', AGAIN);
    return form;
  };

  const refused = async (form: Modal, ...words: readonly string[]): Promise<void> => {
    await form.submit('Close ticket');
    await form.waitFor(/Nothing was sent\. Press Back/);
    for (const each of words) expect(form.text()).toContain(each);
  };

  const goOn = async (form: Modal): Promise<void> => {
    await form.click('Back');
    await form.waitFor('[Close ticket]');
    expect(form.value('Resolution')).toBe(AGAIN);
    await form.submit('Close ticket');
  };

  test('a colleague’s close is said; nobody is mailed a second resolution unasked', async () => {
    const world = await start();
    const form = await filledIn(howardOf(world));
    await close(winterOf(world));
    await receiptOf(winterOf(world));
    await pass(60_000);
    await refused(
      form,
      '#32164 changed while you were writing.',
      'Its status is now Resolved, not New.',
      'Winter Hale wrote:',
      TEXT,
    );
    expect(world.syncro.state.outbox).toHaveLength(1);
    await goOn(form);
    await receiptOf(howardOf(world));
    expect(world.syncro.state.outbox).toHaveLength(2);
  });

  test('another status overnight is said, and not set back unasked', async () => {
    const world = await start();
    const form = await filledIn(howardOf(world));
    ticketByNumber(world, 32164).status = 'Invoiced';
    await machineSleeps(14 * 3_600_000);
    await refused(form, 'Its status is now Invoiced, not New.');
    expect(writes(world)).toEqual([]);
    await form.click('Back');
    await form.waitFor('Invoiced → Resolved');
  });

  test('a customer’s reply is shown before anything is sent', async () => {
    const world = await start();
    const form = await filledIn(howardOf(world));
    world.syncro.customerReply(108443837, '<p>It <b>stopped</b> again.</p>');
    await refused(form, 'The customer wrote:', 'It stopped again.');
    expect(writes(world)).toEqual([]);
    await goOn(form);
    await receiptOf(howardOf(world));
  });

  test('my own resolution of just before is warned of, and posted again on my word', async () => {
    const world = await start();
    await close(howardOf(world), AGAIN);
    await receiptOf(howardOf(world));
    const form = await filledIn(howardOf(world));
    expect(form.text()).not.toContain('The same comment');
    await refused(form, 'The same comment was posted');
    expect(form.text()).not.toContain('changed while');
    expect(world.syncro.state.outbox).toHaveLength(1);
    await form.click('Back');
    await form.waitFor('[Close ticket]');
    expect(form.text()).toMatch(/! The same comment was posted .* by Howard Enos\./);
    await form.submit('Close ticket');
    await pass(10_000);
    expect(world.syncro.state.outbox).toHaveLength(2);
  });
});

test('a restart in mid-close goes on by itself and says so', async () => {
  const world = await start({ shop: { timeout: 1.5 } });
  world.syncro.fault({ ...PUT, kind: 'late', delayMs: 500, hang: true });
  await close(howardOf(world));
  await howardOf(world).message(/✓ Emailed/);
  await world.stopApp();
  await world.startApp();
  await receiptOf(howardOf(world));
  expect(world.syncro.state.comments.filter(({ body }) => body === TEXT)).toHaveLength(1);
});
