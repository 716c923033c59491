import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { type SlackSandbox, startSlack } from '../../sandbox/slack/slack.ts';
import { askSlack, createWebClients } from '../../src/slack/web-clients.ts';
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
