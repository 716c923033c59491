import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { WebClient } from '@slack/web-api';
import { isJson, type Json } from '../../../sandbox/slack/json.ts';
import { type SlackSandbox, startSlack } from '../../../sandbox/slack/slack.ts';
import { billView } from './bolt-app.ts';
import { callApi } from './call-api.ts';

let slack: SlackSandbox;
beforeEach(async () => {
  slack = await startSlack();
});
afterEach(() => slack.close());

const call = (method: string, args: Json, token?: string): Promise<Json> => callApi(slack, method, args, token);
const trigger = (viewId?: string): string => slack.wiring.core.triggers.issue('U012HOWARD', viewId);
const openModal = async (view: object = billView()): Promise<Json> => {
  const { view: opened } = await call('views.open', { trigger_id: trigger(), view });
  return isJson(opened) ? opened : {};
};

test.each([
  ['', 'auth.test', 'not_authed'],
  ['xoxb-wrong', 'auth.test', 'invalid_auth'],
  ['xapp-sandbox-app', 'auth.test', 'not_allowed_token_type'],
  ['xoxb-sandbox-bot', 'apps.connections.open', 'not_allowed_token_type'],
  ['xoxb-sandbox-bot', 'chat.postMesage', 'unknown_method'],
])('token "%s" calling %s gets %s', async (token, method, error) => {
  expect(await call(method, {}, token)).toMatchObject({ ok: false, error });
});

test('blocks over a limit are refused in the wire format of Slack', async () => {
  const blocks = [{ type: 'section', text: { type: 'mrkdwn', text: 'x'.repeat(3001) } }];
  const answer = await call('chat.postMessage', { channel: 'C0GENERAL', text: 'x', blocks });
  expect(answer).toMatchObject({
    ok: false,
    error: 'invalid_blocks',
    errors: ['must be less than 3001 characters [json-pointer:/blocks/0/text/text]'],
    response_metadata: {
      messages: ['[ERROR] must be less than 3001 characters [json-pointer:/blocks/0/text/text]'],
    },
  });
  expect(slack.problems).toEqual([
    'chat.postMessage: must be less than 3001 characters [json-pointer:/blocks/0/text/text]',
  ]);
  expect(slack.person('U012HOWARD').messages()).toEqual([]);
});

test('a view over a limit is refused with a pointer into the view', async () => {
  const answer = await call('views.open', { trigger_id: trigger(), view: billView('x'.repeat(25)) });
  expect(answer).toMatchObject({
    error: 'invalid_arguments',
    response_metadata: { messages: ['[ERROR] must be less than 25 characters [json-pointer:/view/title/text]'] },
  });
});

test('a trigger opens one view, within three seconds', async () => {
  const used = trigger();
  const old = trigger();
  expect(await call('views.open', { trigger_id: used, view: billView() })).toMatchObject({ ok: true });
  expect(await call('views.open', { trigger_id: used, view: billView() })).toMatchObject({
    error: 'exchanged_trigger_id',
  });
  expect(await call('views.open', { trigger_id: 'nonsense', view: billView() })).toMatchObject({
    error: 'invalid_trigger_id',
  });
  slack.advance(3001);
  expect(await call('views.open', { trigger_id: old, view: billView() })).toMatchObject({
    error: 'expired_trigger_id',
  });
});

test('a stack holds three views', async () => {
  await openModal();
  for (const error of [undefined, undefined, 'push_limit_reached']) {
    const answer = await call('views.push', { trigger_id: trigger(), view: billView() });
    expect(answer.error).toBe(error);
  }
});

test('an update needs the current hash, a known view and a free external id', async () => {
  const { id, hash } = await openModal({ ...billView(), external_id: 'one' });
  const view = billView('Second');
  const updated = await call('views.update', { view_id: id, hash, view: { ...view, external_id: 'one' } });
  expect(updated.ok).toBe(true);
  expect(await call('views.update', { view_id: id, hash, view })).toMatchObject({ error: 'hash_conflict' });
  expect(await call('views.update', { external_id: 'one', view: { ...view, external_id: 'one' } })).toMatchObject({
    ok: true,
  });
  expect(await call('views.update', { view_id: 'V0', view })).toMatchObject({ error: 'not_found' });
  expect(await call('views.push', { trigger_id: trigger(), view: { ...view, external_id: 'one' } })).toMatchObject({
    error: 'duplicate_external_id',
  });
});

test('what was typed survives an update of the same ids and is lost with others', async () => {
  const { id } = await openModal();
  const form = await slack.person('U012HOWARD').modal('Bill #32164');
  await form.type('Minutes', '45');
  await call('views.update', { view_id: id, view: billView('Second') });
  expect(form.value('Minutes')).toBe('45');
  const view = billView('Third');
  const blocks = view.blocks.map((block) => (block.block_id === 'minutes' ? { ...block, block_id: 'other' } : block));
  await call('views.update', { view_id: id, view: { ...view, blocks } });
  expect(form.value('Minutes')).toBe('');
});

describe('messages', () => {
  test.each([
    [{ channel: 'C0NONE', text: 'x' }, 'channel_not_found'],
    [{ channel: 'C0PRIVATE', text: 'x' }, 'channel_not_found'],
    [{ channel: 'C0ARCHIVED', text: 'x' }, 'is_archived'],
    [{ channel: 'C0GENERAL' }, 'no_text'],
    [{ channel: 'C0GENERAL', text: 'x', blocks: '[oops' }, 'invalid_blocks_format'],
    [{ channel: 'U0DELETED', text: 'x' }, 'channel_not_found'],
  ])('%j are refused with %s', async (args, error) => {
    expect(await call('chat.postMessage', args)).toMatchObject({ ok: false, error });
  });

  test('are changed by their author, up to 4,000 characters', async () => {
    const { ts, channel } = await call('chat.postMessage', { channel: 'U012HOWARD', text: 'x' });
    expect(channel).toBe('D012HOWARD');
    expect(await call('chat.update', { channel, ts, text: 'y' })).toMatchObject({ ok: true, text: 'y' });
    const tooLong = { channel, ts, text: 'y'.repeat(4001) };
    expect(await call('chat.update', tooLong)).toMatchObject({ error: 'msg_too_long' });
    expect(await call('chat.update', { channel, ts: '1.1', text: 'y' })).toMatchObject({ error: 'message_not_found' });
    const mine = await slack.person('U012HOWARD').post('#general', 'mine');
    expect(await call('chat.update', { channel: mine.channel, ts: mine.ts, text: 'y' })).toMatchObject({
      error: 'cant_update_message',
    });
  });

  test('with blocks need a text for notifications', async () => {
    await call('chat.postMessage', { channel: 'C0GENERAL', blocks: [{ type: 'divider' }] });
    expect(slack.problems).toEqual(['chat.postMessage: blocks without a fallback text']);
  });
});

test('a second message to a channel within a second gets 429 once limits are on', async () => {
  slack.limitRates(true);
  const args = { channel: 'C0GENERAL', text: 'x' };
  expect((await call('chat.postMessage', args)).status).toBe(200);
  expect(await call('chat.postMessage', args)).toMatchObject({ status: 429, retryAfter: '1', error: 'ratelimited' });
  expect((await call('chat.postMessage', { ...args, channel: 'U012HOWARD' })).status).toBe(200);
  slack.advance(1001);
  expect((await call('chat.postMessage', args)).status).toBe(200);
});

test('faults come as ordered, then the method works again', async () => {
  slack.failNext('team.info', { error: 'fatal_error' });
  slack.failNext('team.info', { status: 503 });
  expect(await call('team.info', {})).toMatchObject({ error: 'fatal_error', status: 200 });
  expect((await call('team.info', {})).status).toBe(503);
  expect((await call('team.info', {})).ok).toBe(true);
});

test('people of every kind can be told apart', async () => {
  const info = async (user: string): Promise<unknown> => (await call('users.info', { user })).user;
  expect(await info('U012HOWARD')).toMatchObject({ team_id: slack.teamId, is_restricted: false, deleted: false });
  expect(await info('U0GUEST')).toMatchObject({ is_restricted: true });
  expect(await info('U0DELETED')).toMatchObject({ deleted: true });
  expect(await info('U0STRANGER')).toMatchObject({ is_stranger: true, team_id: 'T0STRANGER' });
  expect(await info('U0OTHERBOT')).toMatchObject({ is_bot: true });
});

test('a file goes up in three steps through the SDK', async () => {
  const client = new WebClient(slack.botToken, { slackApiUrl: slack.apiUrl });
  await client.filesUploadV2({
    channel_id: 'C0GENERAL',
    filename: 'log.md',
    content: '# log',
    initial_comment: 'here',
  });
  expect((await slack.person('U012HOWARD').message('log.md')).text).toBe('here\nlog.md');
});

test('an envelope acked twice is a problem, and its address works once', async () => {
  const { url } = await call('apps.connections.open', {}, slack.appToken);
  const socket = new WebSocket(String(url));
  socket.addEventListener('message', ({ data }) => {
    const frame: unknown = JSON.parse(String(data));
    if (!isJson(frame) || frame.envelope_id === undefined) return;
    for (let times = 0; times < 2; times += 1) socket.send(JSON.stringify({ envelope_id: frame.envelope_id }));
  });
  await slack.until(() => slack.socket.connections() === 1);
  expect((await slack.person('U012HOWARD').slash('/syncro', 'x')).status).toBe(200);
  await slack.until(() => slack.problems.length > 0);
  expect(slack.problems).toEqual([expect.stringMatching(/^socket: envelope \w+ acked twice$/)]);
  const second = new WebSocket(String(url));
  await new Promise((resolve) => second.addEventListener('error', resolve));
});
