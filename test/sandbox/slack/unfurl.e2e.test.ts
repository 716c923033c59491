import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { type Json, jsonOf } from '../../../sandbox/slack/json.ts';
import { type SlackSandbox, startSlack } from '../../../sandbox/slack/slack.ts';
import { callApi } from './call-api.ts';

const URL = 'https://burger.syncro.example/tickets/32164?a=1&b=2';
const section = (text: string) => ({ blocks: [{ type: 'section', text: { type: 'plain_text', text } }] });
const unfurls = { [URL]: section('Own cloud') };

let slack: SlackSandbox;
beforeEach(async () => {
  slack = await startSlack({ unfurlDomains: ['syncro.example'] });
});
afterEach(() => slack.close());

const unfurl = (args: Json): Promise<Json> => callApi(slack, 'chat.unfurl', args);
/** What the app would hear: nobody listens here, so it is taken from the sandbox's own record. */
const lastUnfurlId = (): string => [...slack.wiring.core.sharedLinks.keys()].at(-1) ?? '';

test('shows blocks under a message, by channel and ts; a second time changes them', async () => {
  const { channel, ts } = await slack.person('U012HOWARD').post('#general', `see ${URL} now`);
  expect(await unfurl({ channel, ts, unfurls })).toMatchObject({ ok: true });
  const seen = await slack.person('U012WINTER').message('Own cloud');
  expect(seen.raw.attachments).toMatchObject([{ from_url: URL, is_app_unfurl: true }]);
  await unfurl({ channel, ts, unfurls: { [URL]: section('Solved') } });
  expect(seen.raw.attachments).toHaveLength(1);
  expect(seen.text).toContain('Solved');
});

test('is found by its unfurl id and source', async () => {
  const message = await slack.person('U012HOWARD').post('#general', URL);
  const unfurl_id = lastUnfurlId();
  expect(await unfurl({ unfurl_id, source: 'composer', unfurls })).toMatchObject({ error: 'cannot_find_message' });
  expect(await unfurl({ unfurl_id, source: 'conversations_history', unfurls })).toMatchObject({ ok: true });
  expect(message.text).toContain('Own cloud');
});

test('shows a preview to whoever is still writing, to nobody else', async () => {
  const draft = await slack.person('U012HOWARD').compose(URL);
  const args = { unfurl_id: lastUnfurlId(), source: 'composer', unfurls };
  expect(await unfurl(args)).toMatchObject({ ok: true });
  expect(jsonOf(draft.preview[0])).toMatchObject({ from_url: URL });
  expect(slack.person('U012HOWARD').messages()).toEqual([]);
});

test.each<[string, (where: Json) => Json, string]>([
  [
    'an address of another domain',
    (where) => ({ ...where, unfurls: { 'https://x.example/1': {} } }),
    'cannot_unfurl_url',
  ],
  [
    'a domain that only ends alike',
    (where) => ({ ...where, unfurls: { 'https://notsyncro.example/': {} } }),
    'cannot_unfurl_url',
  ],
  [
    'an address that nobody wrote',
    (where) => ({ ...where, unfurls: { 'https://a.syncro.example/': {} } }),
    'cannot_unfurl_message',
  ],
  ['no such message', ({ channel }) => ({ channel, ts: '1.1', unfurls }), 'cannot_find_message'],
  ['no such channel', ({ ts }) => ({ channel: 'C0NONE', ts, unfurls }), 'cannot_find_channel'],
  ['no such unfurl id', () => ({ unfurl_id: 'U-x', source: 'composer', unfurls }), 'cannot_find_message'],
  ['an unfurl id without its source', () => ({ unfurl_id: 'U-x', unfurls }), 'missing_channel'],
  ['nothing to show', (where) => where, 'missing_unfurls'],
  ['something that is not JSON', (where) => ({ ...where, unfurls: '{oops' }), 'invalid_unfurls_format'],
  ['blocks over a limit', (where) => ({ ...where, unfurls: { [URL]: section('x'.repeat(3001)) } }), 'invalid_blocks'],
])('refuses %s', async (_name, args, error) => {
  const message = await slack.person('U012HOWARD').post('#general', URL);
  const answer = await unfurl(args({ channel: message.channel, ts: message.ts }));
  expect(answer).toMatchObject({ ok: false, error });
  expect(message.raw.attachments).toEqual([]);
});

test('the app hears of links of its own domains only', async () => {
  const howard = slack.person('U012HOWARD');
  await howard.post('#general', 'https://x.example/1');
  expect(slack.acks).toHaveLength(0);
  await howard.post('#general', URL);
  expect(slack.acks.length).toBeGreaterThan(0);
  expect(slack.wiring.core.sharedLinks.size).toBe(1);
});
