import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, describe, expect, test } from '@jest/globals';
import { type Child, killChildren, type Scene, waitFor, withScene } from './scene.ts';

afterAll(killChildren);

const LEASE_MS = 4_000;
const SECRET = 'a-secret-that-only-Syncro-knows_42';
const QUICK = { LEASE_MS: String(LEASE_MS), TICK_MS: '400', SYNCRO_HOOK_SECRET: SECRET };
const JERRYS = 108443837;

const told = ({ slack }: Scene): readonly string[] =>
  slack
    .person('U012HOWARD')
    .dm()
    .map(({ text }) => text);

const sent = ({ slack }: Scene): number =>
  slack.calls.filter(({ method, args }) => method === 'chat.postMessage' && args.channel === 'D012HOWARD').length;

const expectOne = (scene: Scene): void => {
  expect(told(scene)).toEqual([expect.stringContaining('Jerry Burger replied on #32164')]);
  expect(scene.slack.problems).toEqual([]);
};

/** The customer writes, and Syncro notifies one of the processes. */
const reply = async ({ syncro }: Scene, { port }: Child): Promise<void> => {
  syncro.notifyAt(`http://127.0.0.1:${port}/hooks/syncro/${SECRET}`);
  syncro.customerReply(JERRYS, 'It stopped again.');
  await syncro.notified();
};

const notifyAgain = ({ port }: Child): Promise<unknown> =>
  fetch(`http://127.0.0.1:${port}/hooks/syncro/${SECRET}`, {
    method: 'POST',
    body: JSON.stringify({ link: `https://computerguru.syncromsp.com/tickets/${JERRYS}` }),
  }).catch(() => null);

const settle = (): Promise<void> => sleep(2 * LEASE_MS);

describe('a reply', () => {
  test('is not told by a process that slept while another told it', () =>
    withScene({}, async (scene) => {
      const strike = { STOP_AT: 'reply:after-check', STRIKE_MARKER: join(scene.dir, 'struck') };
      const both = await Promise.all([1, 2].map(() => scene.launch({ ...QUICK, ...strike })));
      const [first] = both;
      if (first) await reply(scene, first);
      await waitFor('one sleeps', () => both.some((child) => child.isStopped()));
      await waitFor('the other tells it', () => told(scene).length > 0);
      await sleep(6_000);
      for (const child of both) if (child.isStopped()) child.kill('SIGCONT');
      await settle();
      expectOne(scene);
      expect(sent(scene)).toBe(1);
    }));

  test('is told once by three processes that all hear of it', () =>
    withScene({}, async (scene) => {
      const all = await Promise.all([1, 2, 3].map(() => scene.launch(QUICK)));
      const [first] = all;
      if (first) await reply(scene, first);
      await Promise.all(all.map(notifyAgain));
      await waitFor('it is there', () => told(scene).length > 0);
      await settle();
      expectOne(scene);
      expect(sent(scene)).toBe(1);
    }));

  test.each(['record:after-record', 'reply:after-intent', 'reply:after-check', 'reply:before-record'])(
    'comes once when its process is killed at %s, without another notification',
    (at) =>
      withScene({}, async (scene) => {
        const strike = { DIE_AT: at, STRIKE_MARKER: join(scene.dir, 'struck') };
        const first = await scene.launch({ ...QUICK, ...strike });
        await reply(scene, first);
        expect((await first.exited).signal).toBe('SIGKILL');
        await scene.goOn(QUICK);
        await waitFor('it is there', () => told(scene).length > 0);
        await settle();
        expectOne(scene);
        expect(sent(scene)).toBe(1);
      }),
  );
});
