import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import { WebClient } from '@slack/web-api';
import { type SlackSandbox, startSlack } from '../../src/sandbox/slack/slack.ts';
import { createLinks } from '../../src/slack/messages/links.ts';
import { createNotifier } from '../../src/slack/notifier.ts';
import { aQuietLog } from '../app/scripted-syncro.ts';
import { aRun } from '../domain/a-run.ts';
import { noon } from '../domain/a-ticket.ts';
import { holdStill } from '../held-time.ts';

let slack: SlackSandbox | undefined;
beforeEach(() => holdStill(['Date', 'setTimeout', 'clearTimeout'], noon));
afterEach(async () => {
  await slack?.close();
  jest.useRealTimers();
});

const aNotifier = async () => {
  slack = await startSlack();
  const client = new WebClient(slack.botToken, { slackApiUrl: slack.apiUrl });
  const links = createLinks('https://computerguru.syncromsp.com');
  return { slack, howard: slack.person('U012HOWARD'), notifier: createNotifier(client, links, aQuietLog) };
};

const run = aRun({ createdAt: noon });
const finished = { ...run, state: 'stopped', finishedAt: noon } as const;

test('a message that a dead process posted without noting it is found and brought up to date', async () => {
  const { howard, notifier, slack: sandbox } = await aNotifier();
  await notifier.show(aRun({ createdAt: noon, ref: 'OTHER1' }), null, false);
  const posted = await notifier.show(run, null, false);
  expect(await notifier.show(finished, null, true)).toEqual(posted);
  expect(howard.dm().map(({ text }) => /Stopped/.test(text))).toEqual([false, true]);
  expect(sandbox.problems).toEqual([]);
});

test('what was never posted is posted, also when it may be there', async () => {
  const { howard, notifier } = await aNotifier();
  await notifier.show(run, null, true);
  expect(howard.dm()).toHaveLength(1);
});

test('without leave to look, the message is posted rather than lost', async () => {
  const { howard, notifier, slack: sandbox } = await aNotifier();
  sandbox.failNext('conversations.history', { error: 'missing_scope' });
  await notifier.show(run, null, true);
  expect(howard.dm()).toHaveLength(1);
});
