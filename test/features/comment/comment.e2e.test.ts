import { describe, expect, test } from '@jest/globals';
import type { Modal, Person } from '../../../sandbox/slack/slack.ts';
import { howardOf } from '../../world/people.ts';
import { useWorld } from '../../world/use-world.ts';
import { ticketByNumber, writes } from '../tickets/ticket-effects.ts';

const start = useWorld();

const commentForm = async (person: Person, text = '32164'): Promise<Modal> => {
  await person.slash('/syncro', `comment ${text}`);
  const form = await person.modal(/Comment on #/);
  await form.waitFor('Email goes to');
  return form;
};

const previewed = async (person: Person, words: string, audience: string, ticket = '32164'): Promise<Modal> => {
  const form = await commentForm(person, ticket);
  await form.type('Comment', words);
  await form.choose('Audience', audience);
  await form.submit('Preview');
  const preview = await person.modal('Check and post');
  await preview.waitFor(/\[(Email|Post) /);
  return preview;
};

describe('/syncro comment', () => {
  test('presets the text that was typed and no audience', async () => {
    const world = await start();
    const form = await commentForm(howardOf(world), '32164 Rebooted it & it <works>.');
    expect(form.value('Comment')).toBe('Rebooted it & it <works>.');
    expect(form.value('Audience')).toBe('');
    expect(form.text()).toContain('Email goes to jerry@customer.example.');
    const { errors } = await form.submit('Preview');
    expect(errors).toEqual({ Audience: 'Please complete this required field.' });
  });

  test.each([
    [
      'Email the customer',
      'Emails jerry@customer.example:',
      'Email Jerry',
      { hidden: false, do_not_email: false },
      'Update',
    ],
    [
      'Customer portal, no email',
      'Customer portal, no email:',
      'Post to portal',
      { hidden: false, do_not_email: true },
      'Update',
    ],
    [
      'Internal only',
      'Only your team sees it:',
      'Post internally',
      { hidden: true, do_not_email: true },
      'Internal Note',
    ],
  ])('for "%s" shows who gets it and sends just that', async (audience, words, button, flags, subject) => {
    const world = await start();
    const howard = howardOf(world);
    const preview = await previewed(howard, 'Please try again.', audience);
    expect(preview.text()).toContain(words);
    expect(preview.text()).toContain('Please try again.');
    expect(preview.text()).toContain('as Howard Enos');
    expect(writes(world)).toEqual([]);
    await preview.submit(button);
    const receipt = await howard.message(/Commented on #32164/);
    await receipt.waitFor('Sent once, confirmed.');
    const { id } = ticketByNumber(world, 32164);
    expect(writes(world)).toEqual([`POST /tickets/${id}/comment`]);
    expect(world.syncro.requests.find(({ method }) => method === 'POST')?.body).toEqual({
      subject,
      body: 'Please try again.',
      ...flags,
    });
    expect(howard.dm()).toHaveLength(1);
    await howard.noModal();
  });

  test('names on the button who gets the mail, in the 24 characters that Slack shows', async () => {
    const world = await start();
    const jim = world.syncro.state.contacts.find(({ email }) => email === 'jim@customer.example');
    if (!jim) throw new Error('no contact named Jim');
    const howard = howardOf(world);
    for (const [name, button] of [
      ['Jim Parkinson', 'Email Jim'],
      ['Maximiliana-Theophania Parkinson', 'Email Maximiliana-Theop…'],
    ] as const) {
      jim.name = name;
      const preview = await previewed(howard, 'Please try again.', 'Email the customer', '32163');
      expect(preview.text()).toContain(`[${button}]`);
      await preview.closeAll();
    }
  });

  test('names on its button the one whose address it is, not a contact without one', async () => {
    const world = await start();
    const jim = world.syncro.state.contacts.find(({ name }) => name === 'Jim Parkinson');
    if (!jim) throw new Error('no contact named Jim');
    jim.email = null;
    const preview = await previewed(howardOf(world), 'Done.', 'Email the customer', '32163');
    expect(preview.text()).toContain('Emails leeann@customer.example:');
    expect(preview.text()).toContain('[Email LeeAnn]');
  });

  test('warns of the same comment, and of nobody to mail it to', async () => {
    const world = await start();
    const jerry = world.syncro.state.customers.find(({ firstname }) => firstname === 'Jerry');
    if (jerry) jerry.email = null;
    const howard = howardOf(world);
    await howard.slash('/syncro', 'comment 32164');
    const form = await howard.modal('Comment on #32164');
    await form.waitFor('no email address');
    await form.type('Comment', 'Rebooted, sync runs again.');
    await form.choose('Audience', 'Email the customer');
    await form.submit('Preview');
    const preview = await howard.modal('Check and post');
    await preview.waitFor('nobody will get the comment by email');
    expect(preview.text()).toMatch(/The same comment was posted .* by Howard Enos/);
    expect(preview.text()).toContain('[Post comment]');
  });

  test('warns of a customer that Syncro is told not to email, before, in the preview and in the receipt', async () => {
    const world = await start();
    const jerry = world.syncro.state.customers.find(({ firstname }) => firstname === 'Jerry');
    if (jerry) jerry.no_email = true;
    const howard = howardOf(world);
    await howard.slash('/syncro', 'comment 32164');
    const form = await howard.modal('Comment on #32164');
    await form.waitFor('marked "no email" in Syncro');
    await form.type('Comment', 'A new password is set.');
    await form.choose('Audience', 'Email the customer');
    await form.submit('Preview');
    const preview = await howard.modal('Check and post');
    await preview.waitFor('marked "no email" in Syncro');
    await preview.submit('Email Jerry');
    const receipt = await howard.message(/Commented on #32164/);
    expect(receipt.text).toContain('✓ Comment sent; the customer is marked "no email"');
    expect(receipt.text).not.toContain('jerry@customer.example');
    expect(world.syncro.state.outbox).toEqual([]);
  });

  test('goes back with everything that was typed, and posts once when pressed twice', async () => {
    const world = await start();
    const howard = howardOf(world);
    const preview = await previewed(howard, 'First words.', 'Internal only');
    await preview.click('Back');
    const form = await howard.modal('Comment on #32164');
    expect(form.value('Comment')).toBe('First words.');
    await form.type('Comment', 'Better words.');
    await form.submit('Preview');
    const again = await howard.modal('Check and post');
    await again.waitFor('Better words.');
    await again.submitTwice(/^(Email|Post) /);
    await howard.message(/Commented on #32164/);
    await world.slack.idle();
    expect(writes(world)).toHaveLength(1);
    expect(world.syncro.state.comments.at(-1)).toMatchObject({ body: 'Better words.', hidden: true, user_id: 1750 });
  });

  test('that gets no answer is looked for, never sent twice', async () => {
    const world = await start();
    const howard = howardOf(world);
    world.syncro.fault({ method: 'POST', kind: 'cut-after' });
    const preview = await previewed(howard, 'Only once, please.', 'Email the customer');
    await preview.submit(/^(Email|Post) /);
    const receipt = await howard.message(/Commented on #32164/, { timeoutMs: 10_000 });
    await receipt.waitFor('Sent once, confirmed.');
    const sent = world.syncro.state.comments.filter(({ body }) => body === 'Only once, please.');
    expect(sent).toHaveLength(1);
  });

  test('on a ticket that does not exist says so instead of a form', async () => {
    const world = await start();
    await howardOf(world).slash('/syncro', 'comment 99999');
    const view = await howardOf(world).modal('Comment on #99999');
    await view.waitFor('No ticket #99999 in Syncro.');
    expect(view.text()).toContain('Nothing was sent.');
  });
});
