import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { WebClient } from '@slack/web-api';
import { startSlack } from '../../sandbox/slack/slack.ts';
import { createLastTimes } from '../../src/database/last-times.ts';
import { openSqlite } from '../../src/database/sqlite.ts';
import { createMembers } from '../../src/slack/members.ts';
import { holdStill } from '../held-time.ts';
import { minute } from '../runs/rules/a-ticket.ts';
import { aManualClock, aQuietLog } from '../syncro/scripted-syncro.ts';

// Slack counts as slow when a test says so, not when this machine is.
beforeEach(() => holdStill(['setTimeout', 'clearTimeout']));
afterEach(() => void jest.useRealTimers());

const withSlack = async (scopes?: readonly string[]) => {
  const slack = await startSlack(scopes ? { scopes } : {});
  const client = new WebClient(slack.botToken, { slackApiUrl: slack.apiUrl, retryConfig: { retries: 0 } });
  const clock = aManualClock();
  const lastTimes = createLastTimes(await openSqlite(':memory:'));
  const options = { clock, teamId: slack.teamId, log: aQuietLog, lastTimes };
  const members = createMembers(client, options);
  const asked = () => slack.calls.filter(({ method }) => method === 'users.info').length;
  return { slack, clock, members, asked, options, client };
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

  test.each([
    ['U0NOBODY', 'not_found'],
    ['U0STRANGER', 'elsewhere'],
    ['U0GUEST', 'guest'],
  ])('that %s lacks has a reason: %s', async (id, outside) => {
    const { slack, members } = await withSlack();
    await members.check(id);
    expect(members.seen(id).outside).toBe(outside);
    await slack.close();
  });

  test('of somebody whom the app may not see is none, and that is why', async () => {
    const { slack, members } = await withSlack();
    slack.failNext('users.info', { error: 'user_not_visible' });
    expect(await members.check('U012HOWARD')).toBe('outsider');
    expect(members.seen('U012HOWARD').outside).toBe('not_visible');
    await slack.close();
  });

  test.each([
    [
      'null where nothing is to be said counts as absent',
      { is_stranger: null, deleted: null, enterprise_user: null },
      'member',
    ],
    ['flags that can’t be read say nothing', { is_restricted: 'yes' }, 'unknown'],
  ])('%s', async (_what, more, membership) => {
    const { slack, client, options } = await withSlack();
    const info: typeof client.users.info = async (who) => {
      const answer = await client.users.info(who);
      return { ...answer, user: { ...answer.user, ...more } } as unknown as typeof answer;
    };
    const members = createMembers({ users: { info } } as WebClient, options);
    expect(await members.check('U012HOWARD')).toBe(membership);
    await slack.close();
  });

  test('is not taken from a Slack that knows no such method', async () => {
    const { slack, members } = await withSlack();
    slack.failNext('users.info', { error: 'unknown_method' });
    expect(await members.check('U0GUEST')).toBe('unknown');
    await slack.close();
  });

  test('may be asked for as it is now', async () => {
    const { slack, clock, members, asked } = await withSlack();
    await members.check('U012HOWARD');
    clock.at += 6_000;
    await members.check('U012HOWARD', 5_000);
    expect(asked()).toBe(2);
    await slack.close();
  });

  test('is asked once in half a minute, and at once when something about the person changed', async () => {
    const { slack, clock, members, asked } = await withSlack();
    await Promise.all([members.check('U012HOWARD'), members.check('U012HOWARD')]);
    clock.at += minute / 2 - 1;
    await members.check('U012HOWARD');
    expect(asked()).toBe(1);
    clock.at += 1;
    await members.check('U012HOWARD');
    expect(asked()).toBe(2);
    const howard = slack.workspace.users.get('U012HOWARD');
    if (howard) howard.deleted = true;
    expect(await members.check('U012HOWARD')).toBe('member');
    await members.forget('U012HOWARD');
    expect(await members.check('U012HOWARD')).toBe('outsider');
    await slack.close();
  });

  test('is asked again by every copy when one of them was told of a change', async () => {
    const { slack, clock, members: here, options, client } = await withSlack();
    const there = createMembers(client, options);
    expect([await here.check('U012HOWARD'), await there.check('U012HOWARD')]).toEqual(['member', 'member']);
    const howard = slack.workspace.users.get('U012HOWARD');
    if (howard) howard.deleted = true;
    clock.at += minute;
    await here.forget('U012HOWARD');
    expect([await there.check('U012HOWARD'), await here.check('U012HOWARD')]).toEqual(['outsider', 'outsider']);
    await slack.close();
  });

  test('is asked of Slack when nobody can say whether something changed', async () => {
    const { client, options, slack, asked } = await withSlack();
    const away = () => Promise.reject(new Error('the database is away'));
    const members = createMembers(client, { ...options, lastTimes: { at: away, set: away } });
    expect([await members.check('U012HOWARD'), await members.check('U012HOWARD')]).toEqual(['member', 'member']);
    expect(asked()).toBe(2);
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
    const { slack, client, options, asked } = await withSlack();
    const answering = Promise.withResolvers<void>();
    const info: typeof client.users.info = async (who) => {
      await answering.promise;
      return client.users.info(who);
    };
    const members = createMembers({ users: { info } } as WebClient, options);
    const pressed = members.check('U012HOWARD');
    await jest.advanceTimersByTimeAsync(1_000);
    expect(await pressed).toBe('unknown');
    const again = members.check('U012HOWARD');
    answering.resolve();
    expect(await again).toBe('member');
    expect(asked()).toBe(1);
    await slack.close();
  });

  test('is not known without the permission to ask', async () => {
    const { slack, members } = await withSlack(['commands', 'chat:write']);
    expect(await members.check('U012HOWARD')).toBe('unknown');
    await slack.close();
  });
});
