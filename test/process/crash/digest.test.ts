import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, describe, expect, test } from '@jest/globals';
import { dueAgo, MINUTE } from '../../features/digests/digest-due.ts';
import { killChildren, type Scene, waitFor, withScene } from './scene.ts';

afterAll(killChildren);

const LEASE_MS = 4_000;
const QUICK = { LEASE_MS: String(LEASE_MS), TICK_MS: '400' };
const options = { more: dueAgo(2 * MINUTE) };

const digests = ({ slack }: Scene): readonly string[] =>
  slack
    .person('U012HOWARD')
    .messages({ channel: 'C0GENERAL' })
    .map(({ text }) => text);

/** How often the app asked Slack to post into the channel. */
const sent = ({ slack }: Scene): number =>
  slack.calls.filter(({ method, args }) => method === 'chat.postMessage' && args.channel === 'C0GENERAL').length;

/** Long enough for a second one to come, if there were one. */
const settle = (): Promise<void> => sleep(2 * LEASE_MS);

const expectOne = (scene: Scene): void => {
  expect(digests(scene)).toEqual([expect.stringContaining('Open tickets · ')]);
  expect(scene.slack.problems).toEqual([]);
};

describe('a digest', () => {
  test('that sleeps between its intent and the send is not sent by two', () =>
    withScene(options, async (scene) => {
      const strike = { STOP_AT: 'digest:after-intent', STRIKE_MARKER: join(scene.dir, 'struck') };
      const both = await Promise.all([1, 2].map(() => scene.launch({ ...QUICK, ...strike })));
      await waitFor('one sleeps', () => both.some((child) => child.isStopped()));
      await waitFor('the other posts it', () => digests(scene).length > 0);
      await sleep(6_000);
      const asleep = both.find((child) => child.isStopped());
      asleep?.kill('SIGCONT');
      await settle();
      expectOne(scene);
      // It did not even try: the connection may be dead by then, but that is luck.
      expect(asleep?.output()).not.toContain('a digest was not taken by Slack');
    }));

  test('is posted once by three processes on one database file', () =>
    withScene(options, async (scene) => {
      await Promise.all([1, 2, 3].map(() => scene.launch(QUICK)));
      await waitFor('it is there', () => digests(scene).length > 0);
      await settle();
      expectOne(scene);
      expect(sent(scene)).toBe(1);
    }));

  test('is not posted again by the next start', () =>
    withScene(options, async (scene) => {
      const first = await scene.launch(QUICK);
      await waitFor('it is recorded', () => first.output().includes('"state":"posted"'));
      first.kill('SIGTERM');
      expect((await first.exited).code).toBe(0);
      await scene.goOn(QUICK);
      await settle();
      expectOne(scene);
      expect(sent(scene)).toBe(1);
    }));

  test.each([
    ['before-intent', 1],
    ['after-intent', 1],
    ['before-record', 1],
    ['after-record', 1],
  ])('comes once when its process is killed %s', (instant, posts) =>
    withScene(options, async (scene) => {
      const strike = { DIE_AT: `digest:${instant}`, STRIKE_MARKER: join(scene.dir, 'struck') };
      const first = await scene.launch({ ...QUICK, ...strike }).catch(() => null);
      if (first) expect((await first.exited).signal).toBe('SIGKILL');
      await scene.goOn(QUICK);
      await waitFor('it is there', () => digests(scene).length > 0);
      await settle();
      expectOne(scene);
      expect(sent(scene)).toBe(posts);
    }),
  );

  test.each([
    ['a 500', { status: 500, committed: true }],
    ['an error of Slack that may hide a success', { error: 'fatal_error', committed: true }],
  ])('that was posted although the answer was %s is found, not repeated', (_words, fault) =>
    withScene(options, async (scene) => {
      scene.slack.failNext('chat.postMessage', fault);
      const app = await scene.launch(QUICK);
      await waitFor('it is found', () => app.output().includes('"state":"posted"'));
      expectOne(scene);
      expect(sent(scene)).toBe(1);
    }),
  );

  test('that was not posted behind a lost answer is posted when that is certain', () =>
    withScene(options, async (scene) => {
      scene.slack.failNext('chat.postMessage', { status: 500 });
      const app = await scene.launch(QUICK);
      await waitFor('it is there', () => app.output().includes('"state":"posted"'));
      expectOne(scene);
      expect(sent(scene)).toBe(2);
    }));

  test.each([true, false])('that may have been posted (%s) comes no second time where nobody may look', (committed) =>
    withScene(options, async (scene) => {
      scene.slack.failNext('chat.postMessage', { status: 500, committed });
      scene.slack.failNext('conversations.history', { error: 'missing_scope' });
      const app = await scene.launch(QUICK);
      await waitFor('it gave up', () => app.output().includes('"state":"unknown"'));
      await settle();
      expect(digests(scene)).toHaveLength(committed ? 1 : 0);
      expect(sent(scene)).toBe(1);
    }),
  );

  test('that Slack refuses is told to the admins once, and not tried every half a minute', () =>
    withScene({ ...options, more: dueAgo(2 * MINUTE, 'C0ARCHIVED') }, async (scene) => {
      await Promise.all([1, 2].map(() => scene.launch(QUICK)));
      const admin = scene.slack.person('U012MIKE');
      await admin.message(/The digest of .* for #old-stuff could not be posted\. The channel is archived\./);
      await settle();
      expect(admin.dm()).toHaveLength(1);
      expect(scene.slack.person('U012HOWARD').dm()).toHaveLength(0);
      expect(scene.slack.calls.filter(({ error }) => error === 'is_archived')).toHaveLength(1);
    }));
});
