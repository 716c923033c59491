import { describe, expect, test } from '@jest/globals';
import type { Claimed, Runs } from '../../src/runs/ports.ts';
import { createRuns } from '../../src/runs/store/runs.ts';
import { hour, minute, noon } from '../runs/rules/a-ticket.ts';
import { aRunOn, eachTest, type NewStore } from './contract.ts';

const must = async (claim: Promise<Claimed | null>): Promise<Claimed> => {
  const claimed = await claim;
  if (!claimed) throw new Error('Nothing to claim');
  return claimed;
};

const byAlpha = (runs: Runs, now = noon) => must(runs.claim('alpha', now, minute));
const byBravo = (runs: Runs, now = noon) => must(runs.claim('bravo', now, minute));

/** Who may work on a run, whatever the engine. */
export const leaseContract = (newStore: NewStore): void => {
  const journal = () => {
    const { open } = eachTest(newStore);
    return async (...tickets: number[]) => {
      const runs = createRuns(await open());
      for (const ticket of tickets) await runs.add(aRunOn(ticket));
      return runs;
    };
  };

  describe('a claim', () => {
    const withRuns = journal();

    test('is no longer held where the clock has been set back by an hour since', async () => {
      const runs = await withRuns(1);
      await byAlpha(runs, noon + hour);
      expect(await runs.claim('bravo', noon + hour - minute, minute)).toBeNull();
      expect((await byBravo(runs)).run.id).toBe('run-1');
      expect(await runs.claim('alpha', noon, minute)).toBeNull();
    });

    test('gives the run that has waited longest', async () => {
      const runs = await withRuns();
      for (const [ticket, wakeAt] of [
        [1, noon],
        [2, noon - 2 * minute],
        [3, noon - minute],
      ] as const)
        await runs.add(aRunOn(ticket, { wakeAt }));
      const order = [await byAlpha(runs), await byAlpha(runs), await byAlpha(runs)].map(({ run }) => run.id);
      expect(order).toEqual(['run-2', 'run-3', 'run-1']);
      expect(await runs.claim('alpha', noon, minute)).toBeNull();
    });

    test('gives nothing before its time, and at its time', async () => {
      const runs = await withRuns();
      await runs.add(aRunOn(1, { wakeAt: noon + minute }));
      expect(await runs.claim('alpha', noon + minute - 1, minute)).toBeNull();
      expect(await runs.claim('alpha', noon + minute, minute)).not.toBeNull();
    });

    test.each(['asking', 'done', 'stopped'] as const)('never gives a run that is %s', async (state) => {
      const runs = await withRuns();
      await runs.add(aRunOn(1, { state }));
      expect(await runs.claim('alpha', noon, minute)).toBeNull();
    });

    test('gives each of 20 runs once, to two processes at the same time', async () => {
      const here = await withRuns(...Array.from({ length: 20 }, (_, i) => i + 1));
      const there = await withRuns();
      const claims = await Promise.all(
        Array.from({ length: 44 }, (_, i) => (i % 2 ? here : there).claim(i % 2 ? 'alpha' : 'bravo', noon, minute)),
      );
      // An engine may answer "none" to one who came second; asked again, what is left comes.
      for (let more = await here.claim('alpha', noon, minute); more; more = await here.claim('alpha', noon, minute))
        claims.push(more);
      const got = claims.flatMap((claim) => (claim ? [claim] : []));
      expect(got.map(({ run }) => run.id).sort()).toEqual(Array.from({ length: 20 }, (_, i) => `run-${i + 1}`).sort());
      expect(got.every(({ abandonedUntil }) => abandonedUntil === null)).toBe(true);
    });
  });

  describe('a lease', () => {
    const withRuns = journal();

    test('keeps others away until it ends; then they learn until when it was held', async () => {
      const runs = await withRuns(1);
      const { lease, abandonedUntil } = await byAlpha(runs);
      expect(abandonedUntil).toBeNull();
      expect(await runs.claim('bravo', noon + minute - 1, minute)).toBeNull();
      expect(await runs.holds(lease, noon + minute - 1)).toBe(true);
      expect(await runs.holds(lease, noon + minute)).toBe(false);
      const taken = await byBravo(runs, noon + minute);
      expect(taken.abandonedUntil).toBe(noon + minute);
    });

    test('that was renewed holds longer', async () => {
      const runs = await withRuns(1);
      const { lease } = await byAlpha(runs);
      await runs.renew(lease, noon + 2 * minute);
      expect(await runs.claim('bravo', noon + minute, minute)).toBeNull();
      expect((await byBravo(runs, noon + 2 * minute)).abandonedUntil).toBe(noon + 2 * minute);
    });

    test('that was given back is free at once, and nobody abandoned it', async () => {
      const runs = await withRuns(1);
      const { lease } = await byAlpha(runs);
      await runs.release(lease);
      expect(await runs.holds(lease, noon)).toBe(false);
      expect((await byBravo(runs)).abandonedUntil).toBeNull();
    });

    test('given back after being abandoned once is not abandoned any more', async () => {
      const runs = await withRuns(1);
      await byAlpha(runs);
      const { lease } = await byBravo(runs, noon + minute);
      await runs.release(lease);
      expect((await byAlpha(runs, noon + minute)).abandonedUntil).toBeNull();
    });

    test('of a holder that is known to be dead can be ended, and only its own', async () => {
      const runs = await withRuns(1, 2);
      await byAlpha(runs);
      await byBravo(runs);
      expect([...(await runs.holders())].sort()).toEqual(['alpha', 'bravo']);
      await runs.expire('alpha');
      const taken = await byBravo(runs);
      expect(taken.run.id).toBe('run-1');
      expect(taken.abandonedUntil).not.toBeNull();
      expect(await runs.claim('charlie', noon, minute)).toBeNull();
      expect(await runs.holders()).toEqual(['bravo']);
    });

    test('of a finished run is nobody’s concern', async () => {
      const runs = await withRuns(1);
      const { lease } = await byAlpha(runs);
      await runs.save(lease, aRunOn(1, { state: 'done' }));
      expect(await runs.holders()).toEqual([]);
    });
  });

  describe('an old holder', () => {
    const withRuns = journal();

    test.each(['bravo', 'alpha'])('can change nothing once %s has the run', async (owner) => {
      const runs = await withRuns(1);
      const { lease } = await byAlpha(runs);
      const taken = await must(runs.claim(owner, noon + minute, minute));
      const changed = aRunOn(1, { state: 'done' });
      expect(await runs.load(lease)).toBeNull();
      expect(await runs.save(lease, changed)).toBeNull();
      expect(await runs.saveIntent(lease, changed, noon)).toBe(false);
      expect(await runs.holds(lease, noon)).toBe(false);
      await runs.renew(lease, noon + 60 * minute);
      await runs.release(lease);
      expect(await runs.get('run-1')).toEqual(aRunOn(1));
      expect(await runs.holds(taken.lease, noon + minute)).toBe(true);
      expect(await runs.holds(taken.lease, noon + 2 * minute)).toBe(false);
    });

    test('whose lease ended while nobody else took the run may still record what happened', async () => {
      const runs = await withRuns(1);
      const { lease } = await byAlpha(runs);
      expect(await runs.save(lease, aRunOn(1, { wakeAt: noon + minute }))).toEqual({ decision: null });
      expect((await runs.get('run-1'))?.wakeAt).toBe(noon + minute);
    });
  });

  describe('the gate before a send', () => {
    const withRuns = journal();
    const changed = aRunOn(1, { resumedAt: noon });

    test('stores the intent while the lease is in force', async () => {
      const runs = await withRuns(1);
      const { lease } = await byAlpha(runs);
      expect(await runs.saveIntent(lease, changed, noon + minute - 1)).toBe(true);
      expect(await runs.get('run-1')).toEqual(changed);
    });

    test('stores nothing when the lease has ended, even if nobody took the run', async () => {
      const runs = await withRuns(1);
      const { lease } = await byAlpha(runs);
      expect(await runs.saveIntent(lease, changed, noon + minute)).toBe(false);
      expect(await runs.get('run-1')).toEqual(aRunOn(1));
    });

    test('stores nothing when somebody decided something', async () => {
      const runs = await withRuns(1);
      const { lease } = await byAlpha(runs);
      await runs.decide('run-1', { kind: 'stop', step: 0 });
      expect(await runs.saveIntent(lease, changed, noon)).toBe(false);
      expect(await runs.get('run-1')).toEqual(aRunOn(1));
    });

    test('stores nothing for a lease that was given back', async () => {
      const runs = await withRuns(1);
      const { lease } = await byAlpha(runs);
      await runs.release(lease);
      expect(await runs.saveIntent(lease, changed, noon)).toBe(false);
    });
  });
};
