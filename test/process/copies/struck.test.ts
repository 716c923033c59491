import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, describe, expect, test } from '@jest/globals';
import { startBilling } from '../../features/bill/bill-steps.ts';
import { dueAgo, MINUTE } from '../../features/digests/digest-due.ts';
import { howardOf } from '../../world/people.ts';
import { sends } from '../crash/effects.ts';
import { expectBilledOnce } from '../crash/judge.ts';
import { type Child, killChildren, waitFor } from '../crash/scene.ts';
import { PORTAL, WRITES } from '../crash/steps.ts';
import { type Copies, withCopies } from './two-copies.ts';

afterAll(killChildren);

const finished = (copies: Copies) => howardOf(copies).message(/Sent once, confirmed/);

/** Two copies, one of which is struck in the middle of a bill; Slack's requests went to any of the two. */
const strikeOne = async (copies: Copies, blow: Readonly<Record<string, string>>) => {
  const both = await copies.launchCopies(2, { ...blow, STRIKE_MARKER: copies.marker });
  await startBilling(howardOf(copies), 32164, { audience: PORTAL });
  const pid = (): string => {
    try {
      return readFileSync(copies.marker, 'utf8');
    } catch {
      return '';
    }
  };
  await waitFor('one is struck', () => pid() !== '');
  const struck = both.find((child) => String(child.pid) === pid());
  const other = both.find((child) => child !== struck);
  if (!struck || !other) throw new Error('nobody was struck');
  copies.serveBy(other);
  return { struck, other };
};

const INSTANTS = ['before-intent', 'after-intent', 'before-send', 'while-sending', 'before-record', 'after-record'];
/** `WHOLE_TABLE=1 npm run jest -- test/process/copies/struck`: every step and instant; some of each belong to every test run. */
const WHOLE = WRITES.flatMap(({ step }) => INSTANTS.map((instant) => [step, instant] as const));
const SOME = [
  ['comment', 'before-send'],
  ['line_item', 'before-record'],
  ['invoice', 'while-sending'],
] as const;

describe('of two copies on one Postgres', () => {
  test.each(process.env.WHOLE_TABLE ? WHOLE : SOME)(
    'the other finishes the bill when one is killed at %s %s',
    (step, instant) =>
      withCopies({}, async (copies) => {
        const { struck, other } = await strikeOne(copies, { DIE_AT: `${step}:${instant}` });
        expect(await struck.exited).toEqual({ code: null, signal: 'SIGKILL' });
        expectBilledOnce(copies, await finished(copies));
        // After the last step all that is left is to show it; and the answer to the last send may have been recorded.
        if (step !== 'ticket_update' || !/send|record/.test(instant))
          expect(other.output()).toContain('going on with a run that another process left');
        expect(howardOf(copies).dm()).toHaveLength(1);
      }),
  );

  const LEASE_MS = 1_500;
  test('one that sleeps after its intent for longer than its lease writes nothing when it wakes', () =>
    withCopies({}, async (copies) => {
      const blow = { STOP_AT: 'line_item:after-intent', LEASE_MS: String(LEASE_MS) };
      const { struck, other } = await strikeOne(copies, blow);
      await waitFor('it sleeps', struck.isStopped);
      const before = struck.output();
      await sleep(LEASE_MS + 700);
      struck.kill('SIGCONT');
      await waitFor('it noticed', () => struck.output().includes('the lease ended while a step was in flight'));
      const [woken = ''] = struck.output().slice(before.length).split('the lease ended while a step was in flight');
      expect(woken).not.toContain('write sent');
      expectBilledOnce(copies, await finished(copies));
      for (const write of WRITES) expect(sends(copies.syncro, write)).toBe(1);
      expect(other.output()).toContain('going on with a run that another process left');
    }));

  test('both may be killed and come back: the bill goes on', () =>
    withCopies({}, async (copies) => {
      const { struck, other } = await strikeOne(copies, { DIE_AT: 'line_item:before-record' });
      await struck.exited;
      other.kill('SIGKILL');
      await other.exited;
      await copies.launchCopies(2);
      expectBilledOnce(copies, await finished(copies));
      expect(howardOf(copies).dm()).toHaveLength(1);
    }));

  test('and a third on a database without a table, all start, and post one digest', () =>
    withCopies({ more: dueAgo(2 * MINUTE), empty: true }, async (copies) => {
      const started: readonly Child[] = await copies.launchCopies(3, { LEASE_MS: '2000', TICK_MS: '100' });
      expect(started.map((child) => child.isRunning())).toEqual([true, true, true]);
      const posts = () =>
        copies.slack.calls.filter(({ method, args }) => method === 'chat.postMessage' && args.channel === 'C0GENERAL');
      await waitFor('it is there', () => posts().length > 0);
      await sleep(4_000);
      expect(posts()).toHaveLength(1);
    }));
});
