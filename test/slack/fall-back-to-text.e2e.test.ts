import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { KnownBlock, ModalView } from '@slack/types';
import { type SlackSandbox, startSlack } from '../../sandbox/slack/slack.ts';
import { createLog } from '../../src/shared/log.ts';
import { inRequest } from '../../src/shared/request-context.ts';
import { createSay, respondAt } from '../../src/slack/say.ts';
import { createWebClients } from '../../src/slack/web-clients.ts';

let slack: SlackSandbox;
let lines: string[];
beforeEach(async () => {
  slack = await startSlack();
  lines = [];
});
afterEach(() => slack.close());

const REF = 'K7Q2MX';
const WORDS = 'what a customer wrote ';
const channel = 'C0GENERAL';
const user = 'U012HOWARD';
const text = 'The answer';
const blocks: KnownBlock[] = [
  { type: 'divider' },
  { type: 'section', text: { type: 'plain_text', text: WORDS.repeat(200) } },
];
const fine: KnownBlock[] = [{ type: 'divider' }];
const form = (title: string): ModalView => ({
  type: 'modal',
  title: { type: 'plain_text', text: title },
  blocks: fine,
});
const tooLong = form(WORDS.repeat(2));

const appLog = () => createLog('debug', [], { write: (line) => lines.push(line) });
const client = () => createWebClients(slack.botToken, slack.apiUrl, appLog()).interactive;
const howard = () => slack.person(user);
const trigger = (viewId?: string): string => slack.wiring.core.triggers.issue(user, viewId);

/** What the log says of it, which is nothing of what the message or view holds. */
const logged = (): unknown => {
  expect(lines.join()).not.toContain(WORDS.trim());
  const said = lines.find((line) => line.includes('Slack refuses what a message or form holds'));
  return said === undefined ? undefined : JSON.parse(said);
};

const TOO_LONG_BLOCK = {
  level: 50,
  reason: 'invalid_blocks',
  problems: ['must be less than 3001 characters at /blocks/1/text/text'],
};

describe('a message that Slack refuses because of its blocks', () => {
  test.each([
    ['chat.postMessage', () => client().chat.postMessage({ channel, text, blocks })],
    ['chat.postEphemeral', () => client().chat.postEphemeral({ channel, user, text, blocks })],
    [
      'chat.update',
      async () => {
        const { ts = '' } = await client().chat.postMessage({ channel, text: 'Before', blocks: fine });
        await client().chat.update({ channel, ts, text, blocks });
      },
    ],
  ])('goes out as its text, and the log names the block: %s', async (call, send) => {
    await send();
    expect(
      howard()
        .messages()
        .map((message) => message.text),
    ).toEqual([text]);
    expect(logged()).toMatchObject({ ...TOO_LONG_BLOCK, call });
  });

  test('is answered in its place through a response_url', async () => {
    await client().chat.postMessage({ channel, text: 'Pressed', blocks: fine });
    const original = slack.workspace.messages.at(-1);
    if (!original) throw new Error('nothing was posted');
    const { id } = /\/response\/(?<id>.*)/.exec(slack.wiring.responseUrls.issue({ userId: user, channel, original }))
      ?.groups ?? { id: '' };
    const say = createSay(respondAt(`${slack.url}/response/${id}`), client(), { channel, user }, appLog());
    await say({ text, blocks }, { replace: true });
    expect(
      howard()
        .messages()
        .map((message) => message.text),
    ).toEqual([text]);
    expect(logged()).toMatchObject({ ...TOO_LONG_BLOCK, call: 'response_url' });
  });

  test.each(['invalid_blocks_format', 'msg_blocks_too_long', 'msg_too_long', 'invalid_arguments'])(
    'and names none is told all the same: %s',
    async (reason) => {
      slack.failNext('chat.postMessage', { error: reason });
      await client().chat.postMessage({ channel, text, blocks: fine });
      expect(
        howard()
          .messages()
          .map((message) => message.text),
      ).toEqual([text]);
      expect(logged()).toMatchObject({ reason, problems: [] });
    },
  );

  test('and then for another reason fails as that', async () => {
    slack.failNext('chat.postMessage', { error: 'invalid_blocks' });
    slack.failNext('chat.postMessage', { error: 'is_archived' });
    await expect(client().chat.postMessage({ channel, text, blocks: fine })).rejects.toThrow('is_archived');
  });

  test('is not sent again when it is text alone', async () => {
    slack.failNext('chat.postMessage', { error: 'msg_too_long' });
    await expect(client().chat.postMessage({ channel, text })).rejects.toThrow('msg_too_long');
    expect(slack.calls).toHaveLength(1);
  });
});

test('a message that is refused for another reason is not sent again', async () => {
  slack.failNext('chat.postMessage', { error: 'is_archived' });
  await expect(client().chat.postMessage({ channel, text, blocks: fine })).rejects.toThrow('is_archived');
  expect(slack.calls).toHaveLength(1);
  expect(logged()).toBeUndefined();
});

describe('a view that breaks a limit', () => {
  const NOT_SHOWN = `! Slack could not show this form. Check in Syncro before you repeat anything, and tell your admin the reference.\nref ${REF}`;
  const opened = async (): Promise<string> => {
    const { view } = await client().views.open({ trigger_id: trigger(), view: form('Before') });
    return view?.id ?? '';
  };

  test.each([
    ['views.open', () => client().views.open({ trigger_id: trigger(), view: tooLong })],
    ['views.push', async () => client().views.push({ trigger_id: trigger(await opened()), view: tooLong })],
    ['views.update', async () => client().views.update({ view_id: await opened(), view: tooLong })],
  ])('gives way to one that says so, with the reference: %s', async (call, show) => {
    await inRequest(REF, show);
    expect((await howard().modal('Syncro')).text()).toContain(NOT_SHOWN);
    expect(logged()).toMatchObject({
      call,
      ref: REF,
      reason: 'invalid_arguments',
      problems: ['must be less than 25 characters at /view/title/text'],
    });
  });

  test('is said in the Home', async () => {
    const home = { type: 'home' as const, blocks };
    await inRequest(REF, () => client().views.publish({ user_id: user, view: home }));
    expect(JSON.stringify(slack.workspace.homes.get(user)?.source)).toContain('Slack could not show this page.');
  });
});
