import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import { WebClient } from '@slack/web-api';
import { type SlackSandbox, startSlack } from '../../sandbox/slack/slack.ts';
import { createPeople } from '../../src/slack/people.ts';
import { holdStill } from '../held-time.ts';
import { aManualClock, aQuietLog } from '../syncro/scripted-syncro.ts';

let slack: SlackSandbox | undefined;
// Slack is late when a test says so, not when this machine is.
beforeEach(() => holdStill(['setTimeout', 'clearTimeout']));
afterEach(async () => {
  await slack?.close();
  jest.useRealTimers();
});

const somePeople = async () => {
  slack = await startSlack();
  const client = new WebClient(slack.botToken, { slackApiUrl: slack.apiUrl });
  return { slack, people: createPeople(client, aManualClock(), aQuietLog) };
};

test('a name is asked for once', async () => {
  const { slack: sandbox, people } = await somePeople();
  const names = await people.names(['U012HOWARD', 'U012HOWARD']);
  expect(names('U012HOWARD')).toBe('Howard Enos');
  await people.names(['U012HOWARD']);
  expect(sandbox.calls).toHaveLength(1);
});

test('a name that can’t be had is none, and is asked for again', async () => {
  const { slack: sandbox, people } = await somePeople();
  sandbox.failNext('users.info', { error: 'missing_scope' });
  expect((await people.names(['U012HOWARD', 'U0NOBODY']))('U012HOWARD')).toBeNull();
  expect((await people.names(['U012HOWARD']))('U012HOWARD')).toBe('Howard Enos');
});

test('a text that mentions a whole company asks for few', async () => {
  const { slack: sandbox, people } = await somePeople();
  await people.names(Array.from({ length: 200 }, (_, i) => `U0NOBODY${i}`));
  expect(sandbox.calls.length).toBeLessThanOrEqual(20);
});
