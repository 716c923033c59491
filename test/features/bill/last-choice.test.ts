import { expect, test } from '@jest/globals';
import { mostUsedFirst, readLastChoice } from '../../../src/features/bill/last-choice.ts';
import type { BillRun, Run } from '../../../src/runs/rules/run.ts';
import type { Clock } from '../../../src/shared/system.ts';
import { aPlan, aPlannedLine } from '../../runs/rules/a-bill.ts';
import { aRun, PURPOSES } from '../../runs/rules/a-run.ts';
import { hour, howard, noon, remoteLabor } from '../../runs/rules/a-ticket.ts';

const onsite = { ...remoteLabor, word: 'onsite', productId: 26_118 };
const remoteOf = (fields: Partial<BillRun> = {}) =>
  aRun({ state: 'done', finishedAt: noon - hour, plan: aPlan({}, { audience: 'portal' }), ...fields });
const onsiteOf = (fields: Partial<BillRun> = {}) =>
  remoteOf({ plan: { ...aPlan({}, { audience: 'internal' }), line: aPlannedLine() }, ...fields });

/** Howard's last choice after these runs, oldest end first; with how often the journal was asked. */
const after = async (...runs: readonly Run[]) => {
  let reads = 0;
  const finishedOf = (slackUser: string, since: number) => {
    reads += 1;
    return Promise.resolve(
      slackUser === howard.slackUser ? runs.filter(({ finishedAt }) => (finishedAt ?? 0) >= since) : [],
    );
  };
  const clock = { now: () => noon } as Clock;
  return { choice: await readLastChoice({ runs: { finishedOf }, clock }, howard, [remoteLabor, onsite]), reads };
};

test('the last bill that went through says labor and audience, in one look at the journal', async () => {
  expect(await after(remoteOf(), onsiteOf())).toEqual({ choice: { labor: 'onsite', audience: 'internal' }, reads: 1 });
});

test('what was stopped, and what is no bill, says nothing', async () => {
  const stopped = onsiteOf({ state: 'stopped' });
  const comment = { ...onsiteOf(), ...PURPOSES.comment };
  expect((await after(remoteOf(), stopped, comment)).choice).toEqual({ labor: 'remote', audience: 'portal' });
});

test('whoever was away for weeks is asked for less than a month', async () => {
  const back = await after(onsiteOf({ finishedAt: noon - 20 * 24 * hour }));
  expect(back).toEqual({ choice: { labor: 'onsite', audience: 'internal' }, reads: 2 });
  expect((await after(onsiteOf({ finishedAt: noon - 40 * 24 * hour }))).choice).toEqual({});
});

test('of words with the same product it is the one that was billed by', async () => {
  const night = { ...remoteLabor, word: 'night' };
  const { plan } = remoteOf();
  const run = remoteOf({ plan: { ...plan, laborWord: 'night' } });
  const finishedOf = () => Promise.resolve([run]);
  const clock = { now: () => noon } as Clock;
  const choice = await readLastChoice({ runs: { finishedOf }, clock }, howard, [remoteLabor, night]);
  expect(choice.labor).toBe('night');
});

test('a labor type that left the settings is not guessed', async () => {
  const gone = onsiteOf({
    plan: { ...aPlan({}, { audience: 'email' }), line: aPlannedLine({ productId: 1 }) },
  });
  expect((await after(gone)).choice).toEqual({ audience: 'email' });
});

test('the labor types come in the order of how often they were billed lately', async () => {
  const travel = { ...remoteLabor, word: 'travel', productId: 26_117 };
  const billed = (word: string, fields: Partial<BillRun> = {}) =>
    remoteOf({ plan: { ...aPlan(), laborWord: word }, ...fields });
  const runs = [billed('remote'), billed('onsite'), billed('onsite'), billed('travel', { state: 'stopped' })];
  const since: number[] = [];
  const finishedOf = (_user: string, at: number) => {
    since.push(noon - at);
    return Promise.resolve(runs);
  };
  const clock = { now: () => noon } as Clock;
  const order = await mostUsedFirst({ runs: { finishedOf }, clock }, howard, [travel, remoteLabor, onsite]);
  expect(order.map(({ word }) => word)).toEqual(['onsite', 'remote', 'travel']);
  expect(since).toEqual([14 * 24 * hour]);
});
