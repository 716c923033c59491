import { describe, expect, test } from '@jest/globals';
import { escapeCommand } from '../../sandbox/slack/escape-typed.ts';
import { createWorkspace } from '../../sandbox/slack/workspace.ts';
import { ask } from '../features/tickets/ticket-steps.ts';
import { howardOf } from '../world/people.ts';
import { useWorld } from '../world/use-world.ts';

const start = useWorld();
const PAGE = 'https://computerguru.syncromsp.com/tickets/108443837';

test('the fake escapes a command as Slack does where the manifest asks for it', () => {
  const typed =
    'see acme.example, https://x.example/?a=1&b=2. ask @winter in #general, j@b.example or (520) 555-0001 & <b> ftp://x.example/y';
  expect(escapeCommand(createWorkspace({}), typed)).toBe(
    'see <http://acme.example|acme.example>, <https://x.example/?a=1&amp;b=2>. ask <@U012WINTER|winter> in ' +
      '<#C0GENERAL|general>, <mailto:j@b.example|j@b.example> or <tel:5205550001|(520) 555-0001> &amp; &lt;b&gt; <ftp://x.example/y>',
  );
});

describe('what is typed behind /syncro', () => {
  test('reaches a form as the person saw it', async () => {
    const howard = howardOf(await start());
    const typed = 'See acme.example, ftp://x.example/y, ask @winter in #general & “call” 520-555-0001';
    await howard.slash('/syncro', `comment 32164 ${typed}`);
    const form = await howard.modal('Comment on #32164');
    expect(form.value('Comment')).toBe(typed.replace(/[“”]/g, '"'));
  });

  test.each([
    '32164\u200b',
    '32164.',
    '32164:',
    '(#32164)',
    '\u200e#32164',
    '٣٢١٦٤',
    PAGE,
    `${PAGE}.`,
    PAGE.replace('https://', ''),
  ])('names the ticket as %j', async (typed) => {
    const howard = howardOf(await start());
    expect((await ask(howard, `ticket ${typed}`, /#32164/)).text).toContain('Own cloud thing');
    await howard.slash('/syncro', `bill ${typed} 45min remote`);
    const form = await howard.modal('Bill #32164');
    expect(form.value('Minutes')).toBe('45min');
  });

  test.each([
    ['comment', /Comment on #32164/],
    ['close', /Close #32164/],
    ['update', /Update #32164/],
  ])('takes the address of a ticket behind %s', async (command, title) => {
    const howard = howardOf(await start());
    await howard.slash('/syncro', `${command} ${PAGE}`);
    expect(await howard.modal(title)).toBeDefined();
  });

  test.each([
    ['timer start', /32164/],
    ['audit', /#32164/],
    ['update', /#32164/, 'wait c'],
  ])('and behind %s, which opens no form', async (command, answer, more = '') => {
    const howard = howardOf(await start());
    await ask(howard, `${command} ${PAGE} ${more}`, answer);
  });

  test('and behind search, and in its form', async () => {
    const howard = howardOf(await start());
    const { text } = await ask(howard, `search ${PAGE}`, /#32164 [^#]*Own cloud thing/);
    expect(text).toContain('for "32164"');
    await (await ask(howard, '', /Your open tickets/)).click('Search');
    const form = await howard.modal('Search tickets');
    await form.type('Words', PAGE);
    const after = howard.messages().at(-1)?.ts ?? '';
    await form.submit('Search');
    await howard.message(/for "32164"/, { after });
    await ask(howard, `search ${PAGE.replace('1084', '999')}`, /No ticket with id 99943837/);
    const other = 'https://other.syncromsp.com/tickets/108443837';
    await ask(howard, `search ${other}`, /No tickets for/);
  });

  test('an address of another Syncro opens no form', async () => {
    const howard = howardOf(await start());
    await ask(howard, 'bill https://other.syncromsp.com/tickets/108443837', /other.syncromsp.com is not your Syncro/);
  });

  test.each([
    '520-555-0001',
    '(520) 555 0001',
    '+1 520 555 0001',
    '520–555–0001',
    '520.555.0001',
    '5205550001',
    '520-555-0001,',
    '520-555-0001 x12',
  ])('finds the customer of the phone number %s, in the command as in the typeahead', async (phone) => {
    const howard = howardOf(await start());
    expect((await ask(howard, `customers ${phone}`, /Jerry Burger/)).text).toContain('520-555-0001');
    await howard.slash('/syncro', 'create');
    const form = await howard.modal('New ticket');
    expect((await form.typeahead('Customer', phone)).join()).toContain('Jerry Burger');
  });

  test('finds a customer by the address that Slack makes a link', async () => {
    await ask(howardOf(await start()), 'customers jerry@customer.example', /Jerry Burger/);
  });
});

test('what is pasted into a form loses Slack’s markup, too', async () => {
  const howard = howardOf(await start());
  await howard.slash('/syncro', 'comment 32164');
  const form = await howard.modal('Comment on #32164');
  await form.waitFor('Email goes to');
  await form.type('Comment', 'See <https://acme.example|acme.example>\u200b and <#C0GENERAL|general>');
  await form.choose('Audience', 'Internal only');
  await form.submit('Preview');
  const preview = await howard.modal('Check and post');
  await preview.waitFor(/\[(Email|Post) /);
  expect(preview.text()).toContain('See acme.example and #general');
});
