import { describe, expect, test } from '@jest/globals';
import { WebClient } from '@slack/web-api';
import { startSlack } from '../../src/sandbox/slack/slack.ts';
import { createMembers } from '../../src/slack/members.ts';
import { aManualClock, aQuietLog } from '../app/scripted-syncro.ts';
import { minute } from '../domain/a-ticket.ts';

const withSlack = async (scopes?: readonly string[]) => {
  const slack = await startSlack(scopes ? { scopes } : {});
  const client = new WebClient(slack.botToken, { slackApiUrl: slack.apiUrl, retryConfig: { retries: 0 } });
  const clock = aManualClock();
  const members = createMembers(client, { clock, teamId: slack.teamId, log: aQuietLog });
  const asked = () => slack.calls.filter(({ method }) => method === 'users.info').length;
  return { slack, clock, members, asked };
};

describe('membership', () => {
  test('is full membership of this workspace, and nothing less', async () => {
    const { slack, members } = await withSlack();
    const of = (id: string) => members.check(id);
    expect([await of('U012HOWARD'), await of('U0GUEST'), await of('U0DELETED')]).toEqual([
      'member',
      'outsider',
      'outsider',
    ]);
    expect([await of('U0STRANGER'), await of('U0OTHERBOT'), await of('U0NOBODY')]).toEqual([
      'outsider',
      'outsider',
      'outsider',
    ]);
    await slack.close();
  });

  test('is asked once in five minutes, and at once when something about the person changed', async () => {
    const { slack, clock, members, asked } = await withSlack();
    await Promise.all([members.check('U012HOWARD'), members.check('U012HOWARD')]);
    clock.at += 5 * minute - 1;
    await members.check('U012HOWARD');
    expect(asked()).toBe(1);
    clock.at += 1;
    await members.check('U012HOWARD');
    expect(asked()).toBe(2);
    const howard = slack.workspace.users.get('U012HOWARD');
    if (howard) howard.deleted = true;
    expect(await members.check('U012HOWARD')).toBe('member');
    members.forget('U012HOWARD');
    expect(await members.check('U012HOWARD')).toBe('outsider');
    await slack.close();
  });

  test('is not known while Slack can’t say, and asked again the next time', async () => {
    const { slack, members } = await withSlack();
    slack.failNext('users.info', { error: 'internal_error' });
    expect(await members.check('U012HOWARD')).toBe('unknown');
    expect(await members.check('U012HOWARD')).toBe('member');
    await slack.close();
  });

  test('is not known when Slack is slow; its answer counts for the next time', async () => {
    const { slack, members, asked } = await withSlack();
    slack.failNext('users.info', { delayMs: 1_300 });
    expect(await members.check('U012HOWARD')).toBe('unknown');
    await new Promise((resolve) => setTimeout(resolve, 600));
    expect(await members.check('U012HOWARD')).toBe('member');
    expect(asked()).toBe(1);
    await slack.close();
  });

  test('is not known without the permission to ask', async () => {
    const { slack, members } = await withSlack(['commands', 'chat:write']);
    expect(await members.check('U012HOWARD')).toBe('unknown');
    await slack.close();
  });
});
