import { describe, expect, test } from '@jest/globals';
import type { Runs } from '../../src/app/ports.ts';
import type { Decision, Run } from '../../src/domain/run.ts';
import { createRuns } from '../../src/store/runs.ts';
import { minute, noon } from '../domain/a-ticket.ts';
import { aRunOn, eachTest, type NewStore } from './contract.ts';

const stop: Decision = { kind: 'stop', step: 0 };
const again: Decision = { kind: 'send_again', step: 0 };
const done = (run: Run): Run => ({ ...run, state: 'done', finishedAt: noon });

/** Claims the one run that is due. */
const claimed = async (runs: Runs, now = noon) => {
  const claim = await runs.claim('alpha', now, minute);
  if (!claim) throw new Error('Nothing to claim');
  return claim.lease;
};

/** What the journal keeps, whatever the engine. */
export const journalContract = (newStore: NewStore): void => {
  describe('the journal', () => {
    const { open } = eachTest(newStore);
    const journal = async () => createRuns(await open());

    test('gives a run back as it was stored', async () => {
      const runs = await journal();
      const run = aRunOn(1, { ref: 'K7Q2MX', resumedAt: noon });
      expect(await runs.add(run)).toEqual({ result: 'added' });
      expect(await runs.get(run.id)).toEqual(run);
      expect(await runs.byForm(run.formId)).toEqual(run);
      expect(await runs.openOn(1)).toEqual(run);
    });

    test('knows nothing of what was never stored', async () => {
      const runs = await journal();
      expect([await runs.get('no'), await runs.byForm('no'), await runs.openOn(1)]).toEqual([null, null, null]);
    });

    test('takes a form once: again it answers with the run that is there', async () => {
      const runs = await journal();
      const run = aRunOn(1);
      await runs.add(run);
      const second = { ...aRunOn(2), id: 'other', formId: run.formId };
      expect(await runs.add(second)).toEqual({ result: 'exists', run });
      expect(await runs.get('other')).toBeNull();
    });

    test('finds the run of a form also when that run is done', async () => {
      const runs = await journal();
      await runs.add(aRunOn(1));
      await runs.save(await claimed(runs), done(aRunOn(1)));
      expect(await runs.add({ ...aRunOn(1), id: 'other' })).toMatchObject({ result: 'exists', run: { id: 'run-1' } });
    });

    test.each(['open', 'asking'] as const)('holds a ticket while its run is %s', async (state) => {
      const runs = await journal();
      const run = aRunOn(1, { state });
      await runs.add(run);
      const other = { ...aRunOn(1), id: 'other', formId: 'other' };
      expect(await runs.add(other)).toEqual({ result: 'busy', run });
      expect(await runs.add(aRunOn(2))).toEqual({ result: 'added' });
    });

    test.each(['done', 'stopped'] as const)('frees a ticket when its run is %s', async (state) => {
      const runs = await journal();
      await runs.add(aRunOn(1));
      await runs.save(await claimed(runs), aRunOn(1, { state }));
      expect(await runs.openOn(1)).toBeNull();
      expect(await runs.add({ ...aRunOn(1), id: 'other', formId: 'other' })).toEqual({ result: 'added' });
    });

    test('stores one of many that are added at once for a ticket', async () => {
      const [here, there] = [await journal(), await journal()];
      const added = await Promise.all(
        Array.from({ length: 10 }, (_, i) =>
          (i % 2 ? here : there).add({ ...aRunOn(1), id: `run-${i}`, formId: `form-${i}` }),
        ),
      );
      expect(added.filter(({ result }) => result === 'added')).toHaveLength(1);
      expect(added.filter(({ result }) => result === 'busy')).toHaveLength(9);
    });

    test('keeps everything when the database is opened again', async () => {
      await (await journal()).add(aRunOn(1));
      expect(await (await journal()).get('run-1')).toEqual(aRunOn(1));
    });
  });

  describe('a decision', () => {
    const { open } = eachTest(newStore);
    const withRun = async (run = aRunOn(1)) => {
      const runs = createRuns(await open());
      await runs.add(run);
      return runs;
    };

    test('waits for the holder of the run and is used up by it', async () => {
      const runs = await withRun();
      const lease = await claimed(runs);
      expect(await runs.load(lease)).toEqual({ run: aRunOn(1), decision: null });
      expect(await runs.decide('run-1', again)).toBe(true);
      expect(await runs.load(lease)).toEqual({ run: aRunOn(1), decision: again });
      expect(await runs.save(lease, aRunOn(1, { wakeAt: noon + 1 }), { decided: again })).toBe(true);
      expect(await runs.load(lease)).toEqual({ run: aRunOn(1, { wakeAt: noon + 1 }), decision: null });
    });

    test('survives a save that knows nothing of it', async () => {
      const runs = await withRun();
      const lease = await claimed(runs);
      await runs.decide('run-1', again);
      await runs.save(lease, aRunOn(1));
      expect(await runs.load(lease)).toMatchObject({ decision: again });
    });

    test('that comes while an older one is carried out is not lost with it', async () => {
      const runs = await withRun();
      const lease = await claimed(runs);
      await runs.decide('run-1', again);
      const loaded = await runs.load(lease);
      await runs.decide('run-1', stop);
      await runs.save(lease, aRunOn(1), loaded?.decision ? { decided: loaded.decision } : undefined);
      expect(await runs.load(lease)).toMatchObject({ decision: stop });
    });

    test('of later replaces an earlier one that still waits', async () => {
      const runs = await withRun();
      await runs.decide('run-1', again);
      const later: Decision = { kind: 'it_is_there', step: 0 };
      expect(await runs.decide('run-1', later)).toBe(true);
      expect(await runs.load(await claimed(runs))).toMatchObject({ decision: later });
    });

    test('to stop is never replaced', async () => {
      const runs = await withRun();
      await runs.decide('run-1', stop);
      expect(await runs.decide('run-1', again)).toBe(false);
      expect(await runs.decide('run-1', stop)).toBe(true);
      expect(await runs.load(await claimed(runs))).toMatchObject({ decision: stop });
    });

    test('whose text looks like a stop is none', async () => {
      const runs = await withRun();
      await runs.decide('run-1', { kind: 'correct', step: 0, text: '{"kind":"stop"}' });
      expect(await runs.decide('run-1', again)).toBe(true);
    });

    test.each(['done', 'stopped'] as const)('about a run that is %s, or none, is refused', async (state) => {
      const runs = await withRun(aRunOn(1, { state }));
      expect(await runs.decide('run-1', stop)).toBe(false);
      expect(await runs.decide('no', stop)).toBe(false);
    });

    test('makes a run due that waits for a person, or for later', async () => {
      const runs = await withRun(aRunOn(1, { state: 'asking' }));
      await runs.add(aRunOn(2, { wakeAt: noon + minute }));
      expect(await runs.claim('alpha', noon, minute)).toBeNull();
      await runs.decide('run-1', again);
      await runs.decide('run-2', stop);
      const ids = [await claimed(runs), await claimed(runs)].map(({ runId }) => runId);
      expect(ids.sort()).toEqual(['run-1', 'run-2']);
    });
  });

  describe('what is shown', () => {
    const { open } = eachTest(newStore);
    const notice = { channel: 'D1', ts: '1.2' };

    test('is every change once, newest run first', async () => {
      const runs = createRuns(await open());
      await runs.add(aRunOn(1));
      await runs.add(aRunOn(2, { createdAt: noon + 1 }));
      const rows = await runs.unshown(10);
      expect(rows.map(({ run, notice: at }) => [run.id, at])).toEqual([
        ['run-2', null],
        ['run-1', null],
      ]);
      expect(await runs.unshown(1)).toHaveLength(1);
      for (const { run, version } of rows) await runs.shown(run.id, version, notice);
      expect(await runs.unshown(10)).toEqual([]);
    });

    test('is due again after a save, in the same message', async () => {
      const runs = createRuns(await open());
      await runs.add(aRunOn(1));
      await runs.shown('run-1', 1, notice);
      await runs.save(await claimed(runs), done(aRunOn(1)));
      expect(await runs.unshown(10)).toMatchObject([{ run: { state: 'done' }, notice }]);
    });

    test('stays due when the run changed while it was being shown', async () => {
      const runs = createRuns(await open());
      await runs.add(aRunOn(1));
      const [before] = await runs.unshown(1);
      await runs.save(await claimed(runs), done(aRunOn(1)));
      await runs.shown('run-1', before?.version ?? 0, notice);
      expect(await runs.unshown(10)).toMatchObject([{ run: { state: 'done' }, notice }]);
    });

    test('is not undone by an older display that ends later', async () => {
      const runs = createRuns(await open());
      await runs.add(aRunOn(1));
      await runs.save(await claimed(runs), done(aRunOn(1)));
      await runs.shown('run-1', 2, notice);
      await runs.shown('run-1', 1, { channel: 'D1', ts: 'old' });
      expect(await runs.unshown(10)).toEqual([]);
    });
  });
};
