import { afterEach, describe, expect, test } from '@jest/globals';
import { type Running, startApp, type Transport } from './bolt-app.ts';

const open: Running[] = [];
const start = async (transport: Transport = 'http', options = {}): Promise<Running> => {
  const running = await startApp(transport, options);
  open.push(running);
  return running;
};

afterEach(async () => {
  await Promise.all(open.splice(0).map(({ close }) => close()));
});

describe.each<Transport>(['http', 'socket'])('a Bolt app over %s', (transport) => {
  test('answers a command for its caller alone', async () => {
    const { slack } = await start(transport);
    const howard = slack.person('U012HOWARD');
    const { timedOut, status } = await howard.slash('/syncro', 'a < b & c');
    expect({ timedOut, status }).toEqual({ timedOut: false, status: 200 });
    const answer = await howard.message('heard');
    expect(answer.text).toBe('heard: a < b & c');
    expect(answer.ephemeral).toBe(true);
    expect(slack.person('U012WINTER').messages()).toEqual([]);
    expect(slack.problems).toEqual([]);
  });

  test('shows the body of an ack as a message', async () => {
    const { slack } = await start(transport);
    const howard = slack.person('U012HOWARD');
    expect((await howard.slash('/syncro', 'body hello there')).body).toEqual(
      transport === 'http' ? 'hello there' : { text: 'hello there' },
    );
    expect((await howard.message('hello there')).ephemeral).toBe(true);
  });

  test('goes through form, errors, typeahead, pushed preview and receipt', async () => {
    const { slack, events } = await start(transport);
    const howard = slack.person('U012HOWARD');
    await howard.slash('/syncro', 'bill 32164');
    const form = await howard.modal('Bill #32164');
    expect(form.text()).toContain('Own cloud #32164');
    expect(form.text()).toContain('(•) Email the customer ( ) Internal only');
    expect((await form.submit('Preview')).errors).toEqual({
      Minutes: 'Please complete this required field.',
      'Labor type': 'Please complete this required field.',
    });
    expect(events).toEqual([]);
    await form.type('Minutes', 'x');
    expect(await form.typeahead('Labor type', 'onsite')).toEqual(['Labor - Onsite Business']);
    await form.choose('Labor type', 'Labor - Remote Business');
    await form.choose('Audience', 'internal');
    await form.pickDate('Due date', '2026-12-01');
    expect((await form.submit('Preview')).errors).toEqual({ Minutes: 'Try 45 or 1h 30m.' });
    expect(form.text()).toContain('! Try 45 or 1h 30m.');
    await form.type('Minutes', '45');
    await form.submit('Preview');
    const check = await howard.modal('Check and bill');
    expect(check.text()).toContain('0.75 h × $150.00 = $112.50');
    await check.click('Back');
    expect((await howard.modal()).title).toBe('Bill #32164');
    expect(form.value('Minutes')).toBe('45');
    expect(form.value('Labor type')).toBe('Labor - Remote Business');
    expect(form.value('Audience')).toBe('Internal only');
    await form.submit();
    await (await howard.modal('Check and bill')).click('Bill it');
    await howard.noModal();
    await howard.message('Billed #32164');
    expect(howard.dm()).toHaveLength(1);
    expect(slack.problems).toEqual([]);
  });

  test('replaces an ephemeral message whose button was pressed', async () => {
    const { slack } = await start(transport, { allowMentions: ['U012HOWARD'] });
    const howard = slack.person('U012HOWARD');
    await howard.slash('/syncro', 'card');
    const card = await howard.message('Ticket 32164');
    expect(card.text).toContain('[Take] [Open]');
    expect(card.links()).toEqual([{ text: 'Open', url: 'https://x.example/1' }]);
    await card.choose('Status', 'Resolved');
    await howard.message('Status Resolved');
    await card.click('Take');
    await card.waitFor('Taken by @Howard Enos');
    expect(slack.problems).toEqual([]);
  });

  test('hears shortcuts, opened Homes and mentions', async () => {
    const { slack, events } = await start(transport, {
      shortcuts: [{ name: 'Bill time', callbackId: 'bill_message', type: 'message' }],
    });
    const howard = slack.person('U012HOWARD');
    await howard.shortcut('new_ticket');
    await (await howard.modal('New ticket')).close();
    await howard.noModal();
    expect(events).toContain('closed');
    const written = await howard.post('#general', 'printer < broken');
    await howard.messageShortcut(written, 'Bill time');
    await howard.message('on: printer < broken');
    expect((await howard.openHome()).text()).toContain('Nothing to do');
    await howard.post('#general', `<@${slack.botUserId}> hi`);
    expect(events.at(-1)).toMatch(/^mention <@U0SYNCROBOT> hi Ev/);
    expect(slack.problems).toEqual([]);
  });

  test('that never acks leaves the caller with operation_timeout and a problem', async () => {
    const { slack } = await start(transport, { waitsMs: 200 });
    const result = await slack.person('U012HOWARD').slash('/syncro', 'silent');
    expect(result).toMatchObject({ timedOut: true, error: 'operation_timeout' });
    expect(slack.problems).toEqual(['/syncro silent: not acked within 200 ms']);
  });
});

test('an app has three seconds to acknowledge, and to open a view by a trigger', async () => {
  const { slack } = await start('socket');
  const howard = slack.person('U012HOWARD');
  const began = Date.now();
  await howard.slash('/syncro', 'silent');
  expect(Date.now() - began).toBe(3_000);
  expect(slack.problems).toEqual(['/syncro silent: not acked within 3000 ms']);
  const { triggers, clock } = slack.wiring.core;
  const [early, late] = [triggers.issue(howard.id), triggers.issue(howard.id)];
  clock.advance(3_000);
  expect(triggers.take(early)).toMatchObject({ userId: howard.id });
  clock.advance(1);
  expect(triggers.take(late)).toEqual({ error: 'expired_trigger_id' });
});

test('a second identical submission reaches the app as a second request', async () => {
  const { slack, events } = await start();
  const howard = slack.person('U012HOWARD');
  await howard.slash('/syncro', 'bill');
  const form = await howard.modal();
  await form.type('Minutes', 'all');
  await form.choose('Labor type', 'Labor - Onsite Business');
  await form.submitTwice('Preview');
  await howard.noModal();
  expect(events).toEqual(['bill all', 'bill all']);
});

test('an update in the ack keeps what was typed and changes the title', async () => {
  const { slack } = await start();
  const howard = slack.person('U012HOWARD');
  await howard.slash('/syncro', 'bill');
  const form = await howard.modal();
  await form.type('Minutes', 'again');
  await form.choose('Labor type', 'Labor - Onsite Business');
  await form.submit('Preview');
  expect((await howard.modal('Bill again')).value('Minutes')).toBe('again');
});

test.each([
  ['a wrong signature', { wrongSignature: true }, 401],
  ['a stale timestamp', { staleTimestamp: true }, 401],
  ['a charset in the content type', { charset: true }, 400],
])('the app refuses %s', async (_name, tamper, status) => {
  const { slack } = await start();
  const result = await slack.person('U012HOWARD').slash('/syncro', 'hello', { tamper });
  expect(result).toMatchObject({ status, error: 'http_client_error' });
});

test('a duplicated delivery runs the command twice', async () => {
  const { slack } = await start();
  slack.tamperNext({ duplicate: true });
  await slack.person('U012HOWARD').slash('/syncro', 'post twice');
  await slack.until(() => slack.calls.filter(({ method }) => method === 'chat.postMessage').length === 2);
  expect(slack.person('U012HOWARD').dm()).toHaveLength(2);
});

test('a response URL works five times', async () => {
  const { slack } = await start();
  const howard = slack.person('U012HOWARD');
  await howard.slash('/syncro', 'respond 6');
  await slack.until(() => slack.calls.length === 6);
  expect(howard.messages()).toHaveLength(5);
  expect(slack.calls.at(-1)).toMatchObject({ method: 'response_url', ok: false, error: 'used_url' });
  expect(slack.problems).toEqual(['response_url: used 6 times, 5 are allowed']);
});

test('an unescaped broadcast or person is a problem, an escaped one is none', async () => {
  const { slack } = await start();
  const howard = slack.person('U012HOWARD');
  await howard.slash('/syncro', 'post <!channel> escaped');
  await howard.message('<!channel> escaped');
  expect(slack.problems).toEqual([]);
  slack.wiring.core.problems.length = 0;
  const { app } = open[0] as Running;
  await app.client.chat.postMessage({
    token: slack.botToken,
    channel: 'U012HOWARD',
    text: 'x <!here> <@U012WINTER> <!date^1^{date}|d>',
  });
  expect(slack.problems).toEqual([
    'chat.postMessage: unescaped mention <!here>',
    'chat.postMessage: unescaped mention <@U012WINTER>',
  ]);
});

test('a socket that is told to go is replaced by the app', async () => {
  const { slack } = await start('socket');
  slack.socket.disconnect('refresh_requested');
  const stop = Date.now() + 8000;
  while (Date.now() < stop) {
    const result = await slack.person('U012HOWARD').slash('/syncro', 'back');
    if (result.error === undefined) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error('no socket came back');
});
