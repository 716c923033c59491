import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, describe, expect, test } from '@jest/globals';
import { startBilling } from '../../features/bill/bill-steps.ts';
import { howardOf } from '../../world/people.ts';
import { sends } from './effects.ts';
import { expectBilledOnce } from './judge.ts';
import { KINDS, type Kind } from './other-kinds.ts';
import { type Child, killChildren, type Scene, waitFor, withScene } from './scene.ts';
import { PORTAL, WRITES } from './steps.ts';

afterAll(killChildren);

const finished = (scene: Scene) => howardOf(scene).message(/Sent once, confirmed/);

type Pair = { readonly struck: Child; readonly other: Child };

const startBill = (scene: Scene) => startBilling(howardOf(scene), 32164, { audience: PORTAL });

/** Two processes on one database file, one of which is struck in the middle of a bill, or of what else is begun. */
const strikeOne = async (
  scene: Scene,
  variables: Readonly<Record<string, string>>,
  begin: (scene: Scene) => Promise<void> = startBill,
): Promise<Pair> => {
  const marker = join(scene.dir, 'struck');
  const both = await Promise.all([1, 2].map(() => scene.launch({ ...variables, STRIKE_MARKER: marker })));
  await begin(scene);
  const pid = (): string => {
    try {
      return readFileSync(marker, 'utf8');
    } catch {
      return '';
    }
  };
  await waitFor('one is struck', () => pid() !== '');
  const struck = both.find((child) => String(child.pid) === pid());
  const other = both.find((child) => child !== struck);
  if (!struck || !other) throw new Error('nobody was struck');
  scene.deliverTo(other);
  return { struck, other };
};

describe('of two processes on one database file', () => {
  test.each([
    ['comment', 'before-send'],
    ['line_item', 'before-record'],
    ['invoice', 'while-sending'],
    ['verify_invoice', 'before-record'],
    ['ticket_update', 'before-intent'],
  ])('the other finishes the bill when one is killed at %s %s', (step, instant) =>
    withScene({}, async (scene) => {
      const { struck, other } = await strikeOne(scene, { DIE_AT: `${step}:${instant}` });
      expect(await struck.exited).toEqual({ code: null, signal: 'SIGKILL' });
      expectBilledOnce(scene, await finished(scene));
      expect(other.output()).toContain('going on with a run that another process left');
      expect(scene.shown.join('\n')).toContain('The app restarted at');
    }),
  );

  test.each([
    ['charge', 'line_item', 'while-sending'],
    ['notBillable', 'timer', 'before-record'],
    ['newCustomer', 'customer', 'before-record'],
    ['correct', 'line_item_update', 'before-send'],
    ['deletion', 'ticket_delete', 'before-send'],
  ] as const)('the other finishes %s when one is killed at %s %s', (name, step, instant) => {
    const kind: Kind = KINDS[name];
    return withScene(kind.more === undefined ? {} : { more: kind.more }, async (scene) => {
      const person = (kind.who ?? howardOf)(scene);
      const { struck, other } = await strikeOne(scene, { DIE_AT: `${step}:${instant}` }, () => {
        kind.given?.(scene);
        return kind.start(person);
      });
      expect(await struck.exited).toEqual({ code: null, signal: 'SIGKILL' });
      await person.message(kind.receipt);
      expect(kind.count(scene)).toEqual(kind.once);
      expect(other.output()).toContain('going on with a run that another process left');
      expect(person.dm()).toHaveLength(1);
    });
  });

  test('each can be the one that makes the file: all of them start', () =>
    withScene({ empty: true }, async (scene) => {
      const all = await Promise.all([1, 2, 3].map(() => scene.launch()));
      expect(all.map((child) => child.isRunning())).toEqual([true, true, true]);
    }));

  const LEASE_MS = 6_000;
  /** Longer than a lease, and than the app's own limit of 5 seconds between recording the intent and sending. */
  const SLEEPS_MS = LEASE_MS + 2_000;

  test.each([
    ['comment', 'after its intent', 'after-intent'],
    ['line_item', 'after its intent', 'after-intent'],
    ['invoice', 'after its intent', 'after-intent'],
    ['ticket_update', 'after its intent', 'after-intent'],
    ['line_item', 'after it read that the lease is its own', 'after-check'],
  ])('one that sleeps at %s %s for longer than its lease writes nothing when it wakes', (step, _words, instant) =>
    withScene({}, async (scene) => {
      const { struck, other } = await strikeOne(scene, { STOP_AT: `${step}:${instant}`, LEASE_MS: String(LEASE_MS) });
      await waitFor('it sleeps', struck.isStopped);
      const before = struck.output();
      await sleep(SLEEPS_MS);
      struck.kill('SIGCONT');
      await waitFor('it noticed', () => struck.output().includes('the lease ended while a step was in flight'));
      // What it was about to send it did not send: nothing of it stands in its log.
      const [woken = ''] = struck.output().slice(before.length).split('the lease ended while a step was in flight');
      expect(woken).not.toContain('write sent');
      expectBilledOnce(scene, await finished(scene));
      for (const write of WRITES) expect(sends(scene.syncro, write)).toBe(1);
      expect(other.output()).toContain('going on with a run that another process left');
    }),
  );
});

const HANGS_MS = 1_500;

describe('on SIGTERM in the middle of a bill', () => {
  test.each(WRITES)('at $step it records the step, leaves with code 0, and the next start goes on', (write) =>
    withScene({}, async (scene) => {
      const { syncro } = scene;
      const isSlow = (): boolean => {
        const request = syncro.requests.at(-1);
        return request?.method === write.method && write.path.test(request.path);
      };
      syncro.setLatency(() => (isSlow() ? HANGS_MS : 0));
      const first = await scene.launch();
      await startBilling(howardOf(scene), 32164, { audience: PORTAL });
      await waitFor('the request arrived', () => sends(syncro, write) > 0);
      const began = Date.now();
      first.kill('SIGTERM');
      expect(await first.exited).toEqual({ code: 0, signal: null });
      expect(Date.now() - began).toBeLessThan(10_000);
      const later = WRITES.slice(WRITES.indexOf(write) + 1);
      for (const next of later) expect(sends(syncro, next)).toBe(0);
      await scene.goOn();
      expectBilledOnce(scene, await finished(scene));
      for (const each of WRITES) expect(sends(syncro, each)).toBe(1);
      expect(howardOf(scene).dm()).toHaveLength(1);
      if (later.length > 0) expect(scene.shown.join('\n')).toContain('The app restarted at');
    }),
  );
});
