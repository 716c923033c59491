import { describe, expect, test } from '@jest/globals';
import { followRun } from '../../src/runs/decide-run.ts';
import type { Run } from '../../src/runs/rules/run.ts';
import { aManualClock } from '../syncro/scripted-syncro.ts';
import { anUnclear, aRun, aRunAt, sending } from './rules/a-run.ts';
import { noon } from './rules/a-ticket.ts';

/** The journal shows these states one after the other, then the last for good. @returns how long it was followed */
const follow = async (before: Run, states: ReadonlyArray<Run | null>): Promise<number> => {
  const clock = aManualClock();
  let looks = 0;
  const get = () => Promise.resolve(states[Math.min(looks++, states.length - 1)] ?? null);
  await followRun({ runs: { get }, clock }, before, 5_000);
  return clock.at - noon;
};

describe('following a run that was decided about', () => {
  const asking = aRun({ state: 'asking' });

  test('ends when it has moved and stands still', async () => {
    const going = aRun({ state: 'open' });
    expect(await follow(asking, [asking, asking, sending(going), aRunAt('line_item'), anUnclear(going)])).toBe(400);
    expect(await follow(asking, [going, aRun({ state: 'stopped' })])).toBe(100);
  });

  test('waits no longer than told for one that does not move or never stands still', async () => {
    expect(await follow(asking, [asking])).toBe(5_000);
    expect(await follow(asking, [sending(aRun())])).toBe(5_000);
  });

  test('is over at once when it had ended before', async () => {
    for (const state of ['stopped', 'done'] as const) {
      const ended = aRun({ state });
      expect(await follow(ended, [ended])).toBe(0);
    }
  });

  test('of nothing is over', async () => {
    expect(await follow(asking, [null])).toBe(0);
  });
});
