import { describe, expect, test } from '@jest/globals';
import { textOf } from '../../../sandbox/slack/json.ts';
import { addMessage } from '../../../sandbox/slack/messages.ts';
import type { Modal, Person, SeenMessage } from '../../../sandbox/slack/slack.ts';
import type { World } from '../../../sandbox/world.ts';
import { howardOf, winterOf } from '../../world/people.ts';
import { quickConfig, useWorld } from '../../world/use-world.ts';
import { fillIn } from '../bill/bill-steps.ts';
import { ticketByNumber, writes } from '../tickets/ticket-effects.ts';

const start = useWorld();

/** A message as Slack stores it: entities, mentions and all, or blocks of a bot. */
const store = (
  world: World,
  content: Readonly<Record<string, unknown>>,
  { channel = 'C0GENERAL', user = 'U012WINTER', threadTs }: { channel?: string; user?: string; threadTs?: string } = {},
): SeenMessage => {
  const { ts } = addMessage(world.slack.wiring.core, {
    channel,
    user,
    content,
    ...(threadTs === undefined ? {} : { threadTs }),
  });
  const seen = howardOf(world)
    .messages()
    .find((message) => message.ts === ts);
  if (!seen) throw new Error('Howard does not see it');
  return seen;
};

const linkOf = ({ channel, ts }: SeenMessage): string =>
  `https://sandbox.slack.com/archives/${channel}/p${ts.replace('.', '')}`;

const chooser = async (person: Person, title: string): Promise<Modal> => {
  const modal = await person.modal(title);
  await modal.waitFor('Continue');
  return modal;
};

describe('"Bill time" on a message', () => {
  test.each([
    ['#32164', 'It works again, #32164'],
    ['a word', 'ticket 32164 works again'],
    ['nothing else', '32164'],
    ['its page', 'https://computerguru.syncromsp.com/tickets/PAGE works again'],
  ])('that names its ticket by %s opens the bill form with the text, internal', async (_how, text) => {
    const world = await start();
    const { id } = ticketByNumber(world, 32164);
    const message = await winterOf(world).post('C0GENERAL', text.replace('PAGE', String(id)));
    const { timedOut } = await howardOf(world).messageShortcut(message, 'Bill time');
    expect(timedOut).toBe(false);
    const form = await howardOf(world).modal('Bill #32164');
    await form.waitFor('Invoice');
    expect(form.value('Comment')).toBe(
      `${text.replace('PAGE', String(id))}\n\n— Winter Hale in Slack, ${linkOf(message)}`,
    );
    expect(form.value('Audience')).toBe('Internal only');
    expect(form.value('Minutes')).toBe('');
    expect(form.value('Labor type')).toBe('');
    expect(writes(world)).toEqual([]);
  });

  test('offers the minutes that the message names, and sets none', async () => {
    const world = await start();
    const howard = howardOf(world);
    const message = await winterOf(world).post('C0GENERAL', 'Took me 25 minutes to reset the cloud thing, #32164');
    await howard.messageShortcut(message, 'Bill time');
    const form = await howard.modal('Bill #32164');
    await form.waitFor('Invoice');
    expect(form.value('Minutes')).toBe('');
    expect(form.text()).toContain('[25 · in the message] [15] [30] [45] [60]');
    await form.click('25 · in the message');
    await world.slack.until(() => form.value('Minutes') === '25');
    expect(form.value('Comment')).toContain('Took me 25 minutes');
    expect(form.text()).toContain('[25 · in the message] [15]');
  });

  test('bills with that comment, which nobody is mailed', async () => {
    const world = await start();
    const howard = howardOf(world);
    const message = await winterOf(world).post('C0GENERAL', 'Reset the cloud thing & it works, #32164');
    await howard.messageShortcut(message, 'Bill time');
    const form = await howard.modal('Bill #32164');
    await form.waitFor('Invoice');
    await fillIn(form, { minutes: '45', labor: 'remote' });
    await form.submit('Preview');
    const preview = await howard.modal('Check and bill');
    await preview.waitFor('[Bill ');
    await preview.submit(/^Bill /);
    await howard.message(/Billed #32164/, { timeoutMs: 8_000 });
    const posted = world.syncro.requests.find(({ path }) => path.endsWith('/comment'));
    expect(posted?.body).toMatchObject({
      body: `Reset the cloud thing & it works, #32164\n\n— Winter Hale in Slack, ${linkOf(message)}`,
      hidden: true,
      do_not_email: true,
    });
    expect(world.syncro.state.outbox).toEqual([]);
  });
});

describe('"Add to ticket" on a message', () => {
  test('posts the text and where it was said, internal', async () => {
    const world = await start();
    const howard = howardOf(world);
    const message = store(world, {
      text: '&lt;b&gt; &amp; <@U012HOWARD>, see <https://a.example|this> for #32164 <!channel>',
    });
    await howard.messageShortcut(message, 'Add to ticket');
    const form = await howard.modal('Comment on #32164');
    await form.waitFor('Email goes to');
    expect(form.value('Audience')).toBe('Internal only');
    await form.submit('Preview');
    const preview = await howard.modal('Check and post');
    await preview.waitFor(/\[(Email|Post) /);
    expect(preview.text()).toContain(linkOf(message));
    await preview.submit(/^(Email|Post) /);
    await howard.message(/Commented on #32164/);
    expect(world.syncro.requests.find(({ method }) => method === 'POST')?.body).toEqual({
      subject: 'Internal Note',
      body: `<b> & @Howard Enos, see this (https://a.example) for #32164 @channel\n\n— Winter Hale in Slack, ${linkOf(message)}`,
      hidden: true,
      do_not_email: true,
    });
  });

  test('in a thread finds the ticket that was named last before it', async () => {
    const world = await start();
    const howard = howardOf(world);
    const parent = store(world, { text: 'LeeAnn called about #32163' });
    const threadTs = parent.ts;
    store(world, { text: 'no, that was Jerry, #32164' }, { threadTs });
    store(world, { text: 'right' }, { threadTs });
    const message = store(world, { text: 'Rebooted it.' }, { threadTs });
    store(world, { text: 'and #32163 is another one' }, { threadTs });
    await howard.messageShortcut(message, 'Add to ticket');
    const form = await howard.modal('Comment on #32164');
    expect(form.value('Comment')).toContain('Rebooted it.');
  });

  test('on the message that a thread began with finds what was answered', async () => {
    const world = await start();
    const howard = howardOf(world);
    const parent = await winterOf(world).post('C0GENERAL', 'Jerry called again');
    Object.assign(parent.raw, { threadTs: parent.ts });
    await howard.post('C0GENERAL', 'that is #32164', { threadTs: parent.ts });
    await howard.messageShortcut(parent, 'Add to ticket');
    await howard.modal('Comment on #32164');
  });

  test('asks which ticket where none is named, and loses no word', async () => {
    const world = await start();
    const howard = howardOf(world);
    const message = await winterOf(world).post('C0GENERAL', 'Rebooted it, 32164 times.');
    await howard.messageShortcut(message, 'Add to ticket');
    const question = await chooser(howard, 'Add to ticket');
    expect(question.text()).toContain('Rebooted it, 32164 times.');
    expect((await question.submit('Continue')).errors).toEqual({ Ticket: 'Please complete this required field.' });
    await question.choose('Ticket', '#32164');
    await question.submit('Continue');
    const form = await howard.modal('Comment on #32164');
    await form.waitFor('Email goes to');
    expect(form.value('Comment')).toBe(`Rebooted it, 32164 times.\n\n— Winter Hale in Slack, ${linkOf(message)}`);
    expect(form.value('Audience')).toBe('Internal only');
    await form.submit('Preview');
    const preview = await howard.modal('Check and post');
    await preview.waitFor(/\[(Email|Post) /);
    await preview.click('Back');
    const again = await howard.modal('Comment on #32164');
    expect(again.value('Comment')).toContain('Rebooted it, 32164 times.');
  });

  test('guesses nothing of several tickets and offers them', async () => {
    const world = await start();
    const howard = howardOf(world);
    const message = await winterOf(world).post('C0GENERAL', '#32163 and #32164 are the same, not #99999');
    await howard.messageShortcut(message, 'Add to ticket');
    const question = await chooser(howard, 'Add to ticket');
    expect(question.text()).toContain('The message names several tickets. Which one?');
    expect(question.text()).toContain('[#32163 ');
    expect(question.text()).toContain('#99999: no such ticket in Syncro.');
    await question.click('#32164 Own cloud thing again');
    const form = await howard.modal('Comment on #32164');
    expect(form.value('Comment')).toContain('are the same');
    expect(form.value('Audience')).toBe('Internal only');
  });

  test('of a number that no ticket has says so and asks', async () => {
    const world = await start();
    const howard = howardOf(world);
    const message = await winterOf(world).post('C0GENERAL', 'look at #99999');
    await howard.messageShortcut(message, 'Add to ticket');
    const question = await chooser(howard, 'Add to ticket');
    expect(question.text()).toContain('#99999: no such ticket in Syncro.');
  });

  test('of another Syncro’s page asks instead of opening somebody else’s ticket', async () => {
    const world = await start();
    const howard = howardOf(world);
    const { id } = ticketByNumber(world, 32164);
    const message = await winterOf(world).post('C0GENERAL', `https://other.syncromsp.com/tickets/${id}`);
    await howard.messageShortcut(message, 'Add to ticket');
    const question = await chooser(howard, 'Add to ticket');
    expect(question.text()).not.toContain('#32164');
  });

  test('works where the app is no member and may not read the thread', async () => {
    const world = await start();
    const howard = howardOf(world);
    const parent = store(world, { text: '#32164' }, { channel: 'C0PRIVATE' });
    const message = store(world, { text: 'Rebooted it.' }, { channel: 'C0PRIVATE', threadTs: parent.ts });
    await howard.messageShortcut(message, 'Add to ticket');
    const question = await chooser(howard, 'Add to ticket');
    expect(world.slack.calls.filter(({ method }) => method === 'conversations.replies')).toMatchObject([{ ok: false }]);
    await question.choose('Ticket', '#32164');
    await question.submit('Continue');
    const form = await howard.modal('Comment on #32164');
    expect(form.value('Comment')).toContain('Rebooted it.');
  });

  test('says that it may not read the thread where that was not granted, and asks', async () => {
    const world = await start({ slack: { declined: ['channels:history'] } });
    const howard = howardOf(world);
    const parent = store(world, { text: '#32164' });
    await howard.messageShortcut(store(world, { text: 'Rebooted it.' }, { threadTs: parent.ts }), 'Add to ticket');
    expect((await chooser(howard, 'Add to ticket')).text()).toContain(
      "I'm not allowed to read the rest of this thread: the Slack app was not granted channels:history.",
    );
    // What names its ticket itself needs no thread.
    await howard.messageShortcut(store(world, { text: 'see #32164' }, { threadTs: parent.ts }), 'Add to ticket');
    await howard.modal('Comment on #32164');
  });

  test('goes on without names and address when Slack tells neither', async () => {
    const world = await start();
    const howard = howardOf(world);
    // Slack has said who Howard is; only then it stops telling.
    await howard.slash('/syncro', 'help');
    await howard.message(/What \/syncro can do/);
    world.slack.failNext('users.info', { error: 'missing_scope' }, 5);
    world.slack.failNext('chat.getPermalink', { error: 'channel_not_found' }, 5);
    const message = store(world, { text: '<@U012MIKE> says #32164 works' });
    await howard.messageShortcut(message, 'Add to ticket');
    const form = await howard.modal('Comment on #32164');
    expect(form.value('Comment')).toBe('@somebody says #32164 works\n\n— somebody in Slack');
  });

  test.each([
    ['5,000 characters', { text: `#32164 ${'x'.repeat(5_000)}` }, '(cut here; the rest is in Slack)'],
    [
      'a bot without text',
      { blocks: [{ type: 'section', text: { type: 'mrkdwn', text: 'Disk full, see #32164' } }] },
      'Disk full, see #32164',
    ],
    ['an attachment', { attachments: [{ title: 'Alert', text: 'for #32164 <!everyone>' }] }, 'for #32164 @everyone'],
    ['markup', { text: '#32164 &lt;img src=x onerror=alert(1)&gt; *_~`' }, '<img src=x onerror=alert(1)> *_~`'],
  ])('takes a message of %s', async (_what, content, words) => {
    const world = await start();
    const howard = howardOf(world);
    await howard.messageShortcut(store(world, content), 'Add to ticket');
    const form = await howard.modal('Comment on #32164');
    await form.waitFor('Email goes to');
    expect(form.value('Comment')).toContain(words);
    expect(form.value('Comment').length).toBeLessThanOrEqual(3_000);
    await form.submit('Preview');
    await (await howard.modal('Check and post')).waitFor(/\[(Email|Post) /);
  });

  test('takes a message with nothing to read in it', async () => {
    const world = await start();
    const howard = howardOf(world);
    const message = store(world, { text: '' });
    await howard.messageShortcut(message, 'Add to ticket');
    const question = await chooser(howard, 'Add to ticket');
    expect(question.text()).toContain(`— Winter Hale in Slack, ${linkOf(message)}`);
  });
});

describe('the question which ticket', () => {
  const asked = async (world: World): Promise<Modal> => {
    await howardOf(world).shortcut('Bill time');
    return chooser(howardOf(world), 'Bill time');
  };

  test('offers my open tickets, then what fits, the exact number first', async () => {
    const world = await start();
    const question = await asked(world);
    const mine = await question.typeahead('Ticket', '');
    const numbers = world.syncro.state.tickets
      .filter(({ user_id, status }) => user_id === 1750 && !['Resolved', 'Invoiced', 'Closed'].includes(status))
      .map(({ number }) => `#${number}`);
    expect(new Set(mine.map((text) => text.split(' ')[0]))).toEqual(new Set(numbers));
    expect(numbers).not.toEqual([]);
    expect((await question.typeahead('Ticket', 'cloud'))[0]).toContain('Own cloud thing again');
    expect((await question.typeahead('Ticket', '32164'))[0]).toMatch(/^#32164 /);
    expect((await question.typeahead('Ticket', '#32164'))[0]).toMatch(/^#32164 /);
    expect(await question.typeahead('Ticket', 'nothing fits this')).toEqual([]);
  });

  test('says in words that Syncro is down, and takes a number all the same', async () => {
    const world = await start();
    const question = await asked(world);
    world.syncro.fault({ method: 'GET', kind: '500-before', times: 100 });
    const from = Date.now();
    expect(await question.typeahead('Ticket', 'burger')).toEqual(["Syncro isn't answering. Type the ticket's number."]);
    expect(Date.now() - from).toBeLessThan(3_000);
    await question.choose('Ticket', 'Syncro isn');
    expect((await question.submit('Continue')).errors).toEqual({ Ticket: 'Choose a ticket, or type its number.' });
    await question.choose('Ticket', '32164');
    await question.submit('Continue');
    await howardOf(world).modal('Bill #32164');
  });

  test('answers within Slack’s 3 seconds when Syncro hangs', async () => {
    const world = await start();
    const question = await asked(world);
    world.syncro.fault({ method: 'GET', kind: 'hang', times: 20 });
    const from = Date.now();
    expect(await question.typeahead('Ticket', '32164')).toEqual(["#32164 (not checked: Syncro isn't answering)"]);
    expect(Date.now() - from).toBeLessThan(3_000);
  });

  test('takes any customer’s name', async () => {
    const world = await start();
    for (const ticket of world.syncro.state.tickets) ticket.subject = `<!channel> ${'🖨️'.repeat(200)}`;
    const question = await asked(world);
    for (const text of await question.typeahead('Ticket', '32164')) expect(text.length).toBeLessThanOrEqual(75);
  });
});

describe('shortcuts without a message', () => {
  test('"Bill time" leads to an empty bill form', async () => {
    const world = await start();
    const howard = howardOf(world);
    await howard.shortcut('Bill time');
    const question = await chooser(howard, 'Bill time');
    await question.choose('Ticket', '#32164');
    await question.submit('Continue');
    const form = await howard.modal('Bill #32164');
    await form.waitFor('Invoice');
    expect(form.value('Comment')).toBe('');
    expect(form.value('Audience')).toBe('Email the customer');
  });

  test('"New ticket" opens the form for one', async () => {
    const world = await start();
    await howardOf(world).shortcut('New ticket');
    const form = await howardOf(world).modal('New ticket');
    expect(form.value('Subject')).toBe('');
  });

  test('late ones are told so in the direct message', async () => {
    const world = await start();
    world.slack.failNext('views.open', { error: 'expired_trigger_id' });
    await howardOf(world).shortcut('Bill time');
    const words = await howardOf(world).message('Slack allows 3 seconds to open a form');
    expect(words.text).toContain('Nothing was sent.');
  });
});

describe('"Create ticket" on a message', () => {
  test('presets subject and description', async () => {
    const world = await start();
    const howard = howardOf(world);
    const message = await winterOf(world).post('C0GENERAL', `${'Printer '.repeat(30)}\nSecond line`);
    await howard.messageShortcut(message, 'Create ticket');
    const form = await howard.modal('New ticket');
    await form.waitFor('Subject');
    expect(form.value('Subject')).toMatch(/^Printer Printer .*…$/);
    expect(form.value('Subject').length).toBeLessThanOrEqual(120);
    expect(form.value('Description')).toContain('Second line');
    expect(form.value('Description')).toContain(linkOf(message));
  });
});

describe('what goes wrong meanwhile', () => {
  test('is told in the view that is open', async () => {
    const world = await start({ env: { SYNCRO_KEY_HOWARD: 'no-such-key' } });
    const howard = howardOf(world);
    const message = await winterOf(world).post('C0GENERAL', '#32164');
    await howard.messageShortcut(message, 'Bill time');
    const view = await howard.modal('Bill #32164');
    await view.waitFor('Syncro refused your key');
    expect(view.text()).toContain('Nothing was sent.');
    expect(view.value('Comment')).toContain('#32164');
  });

  test.each(['Bill time', 'Add to ticket'])(
    'is told in the view of "%s" when nothing can be read at all',
    async (name) => {
      const world = await start({ config: quickConfig().replace(', key: { env: SYNCRO_KEY_HOWARD }', '') });
      const howard = howardOf(world);
      const message = await winterOf(world).post('C0GENERAL', '#32164');
      await howard.messageShortcut(message, name);
      const view = await howard.modal(name);
      await view.waitFor('First, connect your Syncro account');
      expect(view.text()).toContain('Nothing was sent.');
    },
  );

  test('closing the view early leaves nothing behind', async () => {
    const world = await start();
    const howard = howardOf(world);
    world.slack.failNext('chat.getPermalink', { delayMs: 400 });
    const message = await winterOf(world).post('C0GENERAL', '#32164');
    await howard.messageShortcut(message, 'Bill time');
    await (await howard.modal('Bill time')).close();
    await world.slack.idle();
    await new Promise((resolve) => setTimeout(resolve, 600));
    await howard.noModal();
  });
});

describe.each(['U0GUEST', 'U0STRANGER'])('%s', (id) => {
  const REFUSAL = /You are not set up to use Syncro here, so nothing was shown or changed/;

  test('is refused every shortcut, politely and without data', async () => {
    const world = await start();
    world.slack.workspace.channels.get('C0GENERAL')?.members.add(id);
    const person = world.slack.person(id);
    const message = await winterOf(world).post('C0GENERAL', '#32164');
    const theirs = person.messages().find(({ ts }) => ts === message.ts);
    if (!theirs) throw new Error('not visible');
    for (const name of ['Bill time', 'Add to ticket', 'Create ticket']) {
      const before = person.messages().at(-1)?.ts ?? '';
      await person.messageShortcut(theirs, name);
      expect((await person.message(REFUSAL, { after: before })).ephemeral).toBe(true);
    }
    for (const name of ['Bill time', 'New ticket']) {
      await person.shortcut(name);
      const view = await person.modal('Syncro');
      expect(view.text()).toMatch(REFUSAL);
      await view.close();
    }
    expect(world.syncro.requests).toEqual([]);
    expect(world.slack.calls.filter(({ method }) => textOf(method).startsWith('users.'))).toEqual([]);
  });
});
