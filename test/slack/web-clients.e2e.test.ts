import { setImmediate as nextTurn } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { type SlackSandbox, startSlack } from '../../sandbox/slack/slack.ts';
import { inRequest } from '../../src/shared/request-context.ts';
import { askSlack, createWebClients } from '../../src/slack/web-clients.ts';
import { aLogOfRefs } from '../log-of-refs.ts';
import { aQuietLog } from '../syncro/scripted-syncro.ts';

let slack: SlackSandbox;
beforeEach(async () => {
  slack = await startSlack();
});
afterEach(() => slack.close());

const ask = () => askSlack(createWebClients(slack.botToken, slack.apiUrl, aQuietLog).interactive);

test('nothing is wrong with a Slack that takes the token, also when it wants fewer calls', async () => {
  expect(await ask()).toBeNull();
  slack.failNext('auth.test', { status: 429, retryAfter: 30 });
  expect(await ask()).toBeNull();
});

test('a refused token is named by Slack’s own word', async () => {
  slack.failNext('auth.test', { error: 'token_revoked' });
  expect(await ask()).toBe('Slack refuses the bot token (token_revoked)');
});

test('a Slack that does not answer is no answer', async () => {
  slack.failNext('auth.test', { status: 500 }, 5);
  await expect(ask()).rejects.toThrow();
});

test('what waits while Slack wants no calls is logged with its own reference, not with that of who had to wait first', async () => {
  const { log, refs } = aLogOfRefs();
  const { background } = createWebClients(slack.botToken, slack.apiUrl, log);
  slack.failNext('auth.test', { status: 429, retryAfter: 2 });
  const first = inRequest('FIRST1', () => background.auth.test());
  while (refs('API Call failed due to rate limiting. Will retry in 2 seconds.').length === 0) await nextTurn();
  const second = inRequest('SECND2', () => background.users.info({ user: 'U012HOWARD' }));
  await Promise.all([first, second]);
  expect(refs(`http request url: ${slack.apiUrl}users.info`)).toEqual(['SECND2']);
});
