import { afterEach, expect, test } from '@jest/globals';
import { WebClient } from '@slack/web-api';
import type { Json } from '../../../sandbox/slack/json.ts';
import { type SlackOptions, type SlackSandbox, startSlack } from '../../../sandbox/slack/slack.ts';
import { billView } from './bolt-app.ts';
import { callApi } from './call-api.ts';

const open: SlackSandbox[] = [];
const start = async (options: SlackOptions = {}): Promise<SlackSandbox> => {
  const slack = await startSlack(options);
  open.push(slack);
  return slack;
};
afterEach(async () => {
  await Promise.all(open.splice(0).map((slack) => slack.close()));
});

const inSeconds = (slack: SlackSandbox, seconds: number): number =>
  Math.floor(slack.wiring.core.clock.now() / 1000) + seconds;

test('a scheduled message is posted when its time comes, not before', async () => {
  const slack = await start();
  const howard = slack.person('U012HOWARD');
  const client = new WebClient(slack.botToken, { slackApiUrl: slack.apiUrl });
  const post_at = inSeconds(slack, 3600);
  const answer = await client.chat.scheduleMessage({ channel: 'U012HOWARD', text: 'the digest', post_at });
  expect(answer).toMatchObject({ ok: true, channel: 'D012HOWARD', post_at, message: { text: 'the digest' } });
  expect(answer.scheduled_message_id).toMatch(/^Q/);
  slack.advance(3_500_000);
  expect(howard.messages()).toEqual([]);
  slack.advance(100_000);
  expect(howard.dm().map(({ text }) => text)).toEqual(['the digest']);
  slack.advance(3_600_000);
  expect(howard.dm()).toHaveLength(1);
});

test.each<[string, (slack: SlackSandbox) => Json, string]>([
  ['the past', (slack) => ({ post_at: inSeconds(slack, -10) }), 'time_in_past'],
  ['121 days from now', (slack) => ({ post_at: inSeconds(slack, 121 * 86_400) }), 'time_too_far'],
  ['no time', () => ({}), 'invalid_time'],
  ['a word', () => ({ post_at: 'tomorrow' }), 'invalid_time'],
  ['no channel', (slack) => ({ channel: 'C0NONE', post_at: inSeconds(slack, 60) }), 'channel_not_found'],
  ['an archive', (slack) => ({ channel: 'C0ARCHIVED', post_at: inSeconds(slack, 60) }), 'is_archived'],
])('a message can’t be scheduled for %s', async (_name, args, error) => {
  const slack = await start();
  const answer = await callApi(slack, 'chat.scheduleMessage', { channel: 'C0GENERAL', text: 'x', ...args(slack) });
  expect(answer).toMatchObject({ ok: false, error });
});

test('a person is found by address unless deleted, a group’s people by its id', async () => {
  const slack = await start({ userGroups: [{ id: 'S0TECHS', users: ['U012HOWARD'] }] });
  const byEmail = (email: string): Promise<Json> => callApi(slack, 'users.lookupByEmail', { email });
  expect(await byEmail('howard@msp.example')).toMatchObject({ user: { id: 'U012HOWARD' } });
  expect(await byEmail('u0deleted@msp.example')).toMatchObject({ error: 'users_not_found' });
  const group = (usergroup: string): Promise<Json> => callApi(slack, 'usergroups.users.list', { usergroup });
  expect(await group('S0TECHS')).toMatchObject({ ok: true, users: ['U012HOWARD'] });
  expect(await group('S0NONE')).toMatchObject({ ok: false, error: 'no_such_subteam' });
});

test('blocks are judged without a token and without being sent', async () => {
  const slack = await start();
  const validate = (args: Json): Promise<Json> => callApi(slack, 'blocks.validate', args, '');
  const blocks = [{ type: 'section', text: { type: 'invalid', text: 'x' } }];
  expect(await validate({ blocks })).toMatchObject({
    ok: false,
    error: 'invalid_blocks',
    errors: [
      {
        code: 'failed_constraint',
        message: 'unsupported type: invalid',
        pointer: '/0/text/type',
        constraint: { type: 'enum', got: 'invalid' },
      },
    ],
  });
  expect(await validate({ message: { blocks } })).toMatchObject({
    error: 'invalid_message',
    errors: [{ pointer: '/blocks/0/text/type' }],
  });
  expect(await validate({ view: billView('x'.repeat(25)) })).toMatchObject({
    error: 'invalid_view',
    errors: [{ pointer: '/title/text', constraint: { type: 'max_length', expected: ['25'] } }],
  });
  expect(await validate({ view: billView() })).toMatchObject({ ok: true });
  expect(await validate({ blocks, view: billView() })).toMatchObject({ error: 'invalid_arguments' });
  expect(await validate({})).toMatchObject({ error: 'invalid_arguments' });
  expect(slack.problems).toEqual([]);
});

test('what the SDK sends as a form is read like JSON', async () => {
  const slack = await start();
  const client = new WebClient(slack.botToken, { slackApiUrl: slack.apiUrl });
  const refused = client.blocks.validate({ message: { blocks: [{ type: 'nonsense' }] } });
  await expect(refused).rejects.toThrow('invalid_message');
  expect(await client.blocks.validate({ message: { blocks: [{ type: 'divider' }] } })).toMatchObject({ ok: true });
  const trigger_id = slack.wiring.core.triggers.issue('U012HOWARD');
  expect(await client.entity.presentDetails({ trigger_id, error: { status: 'not_found' } })).toMatchObject({
    ok: true,
  });
});

test('details of a Work Object reach whoever asked, once', async () => {
  const slack = await start();
  const { core } = slack.wiring;
  const present = (args: Json): Promise<Json> => callApi(slack, 'entity.presentDetails', args);
  const trigger_id = core.triggers.issue('U012HOWARD');
  const metadata = {
    entity_type: 'slack#/entities/task',
    external_ref: { id: '32164' },
    url: 'https://x.example/32164',
    entity_payload: { attributes: { title: { text: 'Own cloud' } } },
  };
  expect(await present({ trigger_id, metadata })).toMatchObject({ ok: true });
  expect(core.workspace.details.get('U012HOWARD')).toEqual(metadata);
  expect(await present({ trigger_id, metadata })).toMatchObject({ error: 'invalid_trigger_id' });
  const second = core.triggers.issue('U012WINTER');
  expect(await present({ trigger_id: second, metadata: {} })).toMatchObject({ error: 'invalid_metadata' });
  expect(core.workspace.details.has('U012WINTER')).toBe(false);
  const error = { status: 'not_found' };
  expect(await present({ trigger_id: core.triggers.issue('U012WINTER'), error })).toMatchObject({ ok: true });
  expect(core.workspace.details.get('U012WINTER')).toMatchObject({ error });
});

test('a method whose scope was not granted is refused with what it needs', async () => {
  const slack = await start({ scopes: ['chat:write', 'im:write', 'users:read'] });
  expect(await callApi(slack, 'users.lookupByEmail', { email: 'howard@msp.example' })).toMatchObject({
    ok: false,
    error: 'missing_scope',
    needed: 'users:read.email',
    provided: 'chat:write,im:write,users:read',
  });
  expect(await callApi(slack, 'conversations.list', {})).toMatchObject({
    error: 'missing_scope',
    needed: 'channels:read,groups:read,im:read,mpim:read',
  });
  expect(slack.problems).toEqual([
    'users.lookupByEmail: missing scope users:read.email',
    'conversations.list: missing scope channels:read,groups:read,im:read,mpim:read',
  ]);
  for (const [method, args] of [
    ['auth.test', {}],
    ['conversations.open', { users: 'U012HOWARD' }],
    ['chat.postMessage', { channel: 'C0GENERAL', text: 'x' }],
  ] as const) {
    expect(await callApi(slack, method, args)).toMatchObject({ ok: true });
  }
  const { user } = await callApi(slack, 'users.info', { user: 'U012HOWARD' });
  expect(user).toMatchObject({ profile: { real_name: 'Howard Enos' } });
  expect(JSON.stringify(user)).not.toContain('@');
});

test('a channel is read by the scope of its kind, and what was declined may be tried', async () => {
  const slack = await start({
    scopes: ['im:history', 'groups:history', 'channels:history'],
    declined: ['channels:history'],
  });
  const refused = { error: 'missing_scope', needed: 'channels:history', provided: 'im:history,groups:history' };
  expect(await callApi(slack, 'conversations.history', { channel: 'C0GENERAL' })).toMatchObject(refused);
  expect(slack.problems).toEqual([]);
  expect(await callApi(slack, 'conversations.history', { channel: 'C0PRIVATE' })).toMatchObject({
    error: 'channel_not_found',
  });
});

test('without a list of scopes all are granted', async () => {
  const slack = await start();
  expect(await callApi(slack, 'users.info', { user: 'U012HOWARD' })).toMatchObject({
    user: { profile: { email: 'howard@msp.example' } },
  });
  expect(await callApi(slack, 'conversations.list', {})).toMatchObject({ ok: true });
});

test('metadata is kept with a message and shown to who asks for it, never to people', async () => {
  const slack = await start();
  const metadata = { event_type: 'digest', event_payload: { slot: 1 } };
  const client = new WebClient(slack.botToken, { slackApiUrl: slack.apiUrl });
  await client.chat.postMessage({ channel: 'C0GENERAL', text: 'x', metadata });
  const all = await client.conversations.history({ channel: 'C0GENERAL', include_all_metadata: true });
  expect(all.messages?.[0]).toMatchObject({ text: 'x', metadata });
  const plain = await client.conversations.history({ channel: 'C0GENERAL' });
  expect(plain.messages?.[0]).not.toHaveProperty('metadata');
  expect(slack.person('U012HOWARD').messages().at(-1)?.text).toBe('x');
  for (const odd of ['digest', { event_type: 'digest' }, { event_payload: {} }, []])
    expect(await callApi(slack, 'chat.postMessage', { channel: 'C0GENERAL', text: 'x', metadata: odd })).toMatchObject({
      error: 'invalid_metadata_format',
    });
});

test('a call can take effect although its answer is a failure', async () => {
  const slack = await start();
  slack.failNext('chat.postMessage', { status: 500, committed: true });
  slack.failNext('chat.postMessage', { error: 'internal_error' });
  const post = (text: string) => callApi(slack, 'chat.postMessage', { channel: 'C0GENERAL', text });
  expect(await post('arrives')).toMatchObject({ ok: false, status: 500 });
  expect(await post('does not')).toMatchObject({ ok: false, error: 'internal_error' });
  expect(
    slack
      .person('U012HOWARD')
      .messages()
      .map(({ text }) => text),
  ).toEqual(['arrives']);
});
