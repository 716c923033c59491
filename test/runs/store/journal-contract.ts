import { describe, expect, test } from '@jest/globals';
import { sql } from 'kysely';
import type { Runs } from '../../../src/runs/ports.ts';
import type { Decision, Progress, Run } from '../../../src/runs/rules/run.ts';
import { createRuns } from '../../../src/runs/store/runs.ts';
import { aRunOn, eachTest, type NewStore } from '../../database/contract.ts';
import { aRunFor } from '../rules/a-run.ts';
import { minute, noon } from '../rules/a-ticket.ts';

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

    test('lets nobody work once a newer version has changed the schema, and still keeps what a send came to', async () => {
      const db = await open();
      const runs = createRuns(db);
      for (const n of [1, 2]) await runs.add(aRunOn(n));
      const lease = await claimed(runs);
      const gates = async () => ({
        claim: (await runs.claim('bravo', noon, minute)) !== null,
        load: (await runs.load(lease)) !== null,
        intent: await runs.saveIntent(lease, aRunOn(1), noon),
        holds: await runs.holds(lease, noon),
      });
      await sql`insert into kysely_migration (name, timestamp) values ('9999-newer', '2030-01-01')`.execute(db);
      const newer = await gates();
      const kept = await runs.save(lease, aRunOn(1));
      await sql`delete from kysely_migration where name = '9999-newer'`.execute(db);
      expect(newer).toEqual({ claim: false, load: false, intent: false, holds: false });
      expect(kept).not.toBeNull();
      expect(await gates()).toEqual({ claim: true, load: true, intent: true, holds: true });
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

    test('stores runs that have no ticket yet, any number of them', async () => {
      const runs = await journal();
      const newTicket = (n: number) => {
        const { id, formId } = aRunOn(n);
        return aRunFor('create', { id, formId });
      };
      expect(await runs.add(newTicket(1))).toEqual({ result: 'added' });
      expect(await runs.add(newTicket(2))).toEqual({ result: 'added' });
      expect(await runs.add({ ...newTicket(2), id: 'other' })).toMatchObject({ result: 'exists' });
      expect(await runs.get('run-2')).toEqual(newTicket(2));
    });

    test('knows every run that ended on a ticket after a moment, newest end first', async () => {
      const runs = await journal();
      const ended = (id: string, finishedAt: number, ticket = 1) =>
        aRunOn(ticket, { id, formId: id, state: 'done', createdAt: noon - minute, finishedAt });
      const [at, after, later] = [ended('at', noon), ended('after', noon + 1), ended('later', noon + 2)];
      for (const run of [at, later, after, ended('elsewhere', noon + 3, 2), aRunOn(1)]) await runs.add(run);
      expect(await runs.endedOn(1, noon)).toEqual([later, after]);
      expect(await runs.endedOn(1, noon + 2)).toEqual([]);
    });

    test('lists a technician’s unfinished runs, oldest first, and nobody else’s', async () => {
      const runs = await journal();
      const by = (slackUser: string) => ({ technician: { ...aRunOn(1).technician, slackUser } });
      const asking = aRunOn(1, { state: 'asking', createdAt: noon + minute });
      const open = aRunOn(2, { createdAt: noon });
      for (const run of [asking, open, done(aRunOn(3)), aRunOn(4, { state: 'stopped' }), aRunOn(5, by('U034MIKE'))])
        await runs.add(run);
      expect(await runs.unfinishedOf('U012HOWARD')).toEqual([open, asking]);
      expect(await runs.unfinishedOf('U0NOBODY')).toEqual([]);
      expect(await runs.asking()).toEqual([asking]);
    });

    test('lists what a technician’s runs came to since a moment, by when they ended', async () => {
      const runs = await journal();
      const ended = (ticket: number, finishedAt: number, fields: Partial<Progress> = {}) =>
        aRunOn(ticket, { state: 'done', finishedAt, ...fields });
      const mike = { technician: { ...aRunOn(1).technician, slackUser: 'U034MIKE' } };
      const [early, late] = [ended(1, noon), ended(2, noon + 2)];
      for (const run of [late, early, ended(3, noon - 1), ended(4, noon, mike), aRunOn(5)]) await runs.add(run);
      expect(await runs.finishedOf('U012HOWARD', noon)).toEqual([early, late]);
      // It counts from the moment when a worker ends it.
      const lease = await claimed(runs);
      const stopped = aRunOn(5, { state: 'stopped', finishedAt: noon + 1 });
      await runs.save(lease, stopped);
      expect(await runs.finishedOf('U012HOWARD', noon)).toEqual([early, stopped, late]);
    });

    test('is not added when a run ended on its ticket that was not looked at', async () => {
      const runs = await journal();
      const ended = (id: string, finishedAt: number, ticket = 1) =>
        aRunOn(ticket, { id, formId: id, state: 'done', finishedAt });
      await runs.add(ended('before', noon));
      await runs.add(ended('elsewhere', noon + 1, 2));
      const next = aRunOn(1);
      await runs.add(ended('known', noon + 1));
      expect(await runs.add(next, { since: noon, ended: [] })).toEqual({ result: 'overtaken' });
      expect(await runs.get(next.id)).toBeNull();
      await runs.add(ended('unknown', noon + 2));
      expect(await runs.add(next, { since: noon, ended: ['known'] })).toEqual({ result: 'overtaken' });
      expect(await runs.add(next, { since: noon, ended: ['known', 'unknown'] })).toEqual({ result: 'added' });
      expect(await runs.get(next.id)).toEqual(next);
      expect(await runs.add({ ...next, id: 'again' }, { since: noon, ended: [] })).toEqual({
        result: 'exists',
        run: next,
      });
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
      expect(await runs.save(lease, aRunOn(1, { wakeAt: noon + 1 }), { decided: again })).not.toBeNull();
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
    const journal = async () => createRuns(await open());
    const unshown = (runs: Runs, now = noon, limit = 10) => runs.claimUnshown(now, minute, limit);
    const one = async (runs: Runs, now = noon) => {
      const [claim, more] = await unshown(runs, now);
      if (!claim || more) throw new Error('One run was to be shown');
      return claim;
    };

    test('is every change once', async () => {
      const runs = await journal();
      await runs.add(aRunOn(1));
      await runs.add(aRunOn(2));
      const claims = await unshown(runs);
      expect(claims.map(({ run }) => run.id).sort()).toEqual(['run-1', 'run-2']);
      expect(claims.map((claim) => claim.notice)).toEqual([null, null]);
      for (const claim of claims) await runs.shown(claim, notice);
      expect(await unshown(runs)).toEqual([]);
    });

    test('is the newest run first, when not all can be shown at once', async () => {
      const runs = await journal();
      for (const ticket of [1, 2, 3]) await runs.add(aRunOn(ticket, { createdAt: noon + (ticket === 2 ? 1 : 0) }));
      expect((await unshown(runs, noon, 1)).map(({ run }) => run.id)).toEqual(['run-2']);
      // The one that is being shown does not stand in the others' way.
      expect(await unshown(runs, noon, 1)).toHaveLength(1);
      expect(await unshown(runs, noon, 5)).toHaveLength(1);
    });

    test('is due again after a save, in the same message', async () => {
      const runs = await journal();
      await runs.add(aRunOn(1));
      await runs.shown(await one(runs), notice);
      await runs.save(await claimed(runs), done(aRunOn(1)));
      expect(await one(runs)).toMatchObject({ run: { state: 'done' }, notice });
    });

    test('stays due when the run changed while it was being shown', async () => {
      const runs = await journal();
      await runs.add(aRunOn(1));
      const before = await one(runs);
      await runs.save(await claimed(runs), done(aRunOn(1)));
      await runs.shown(before, notice);
      expect(await one(runs)).toMatchObject({ run: { state: 'done' }, notice });
    });

    test('is shown by one process at a time, until that one takes too long', async () => {
      const [here, there] = [await journal(), await journal()];
      await here.add(aRunOn(1));
      const claims = await Promise.all([unshown(here), unshown(there), unshown(here), unshown(there)]);
      expect(claims.flat()).toHaveLength(1);
      expect(await unshown(there, noon + minute - 1)).toEqual([]);
      expect(await unshown(there, noon + minute)).toHaveLength(1);
    });

    test('can be shown by another at once when a claim is given back by its end alone', async () => {
      const [here, there] = [await journal(), await journal()];
      await here.add(aRunOn(1));
      await unshown(here);
      await there.unclaimShows(noon + minute + 1);
      expect(await unshown(there)).toEqual([]);
      await here.unclaimShows(noon + minute);
      expect(await unshown(there)).toHaveLength(1);
    });

    test('by one that took too long is shown once more: its state may be the older one', async () => {
      const runs = await journal();
      await runs.add(aRunOn(1));
      const slow = await one(runs);
      await runs.save(await claimed(runs), done(aRunOn(1)));
      await runs.shown(await one(runs, noon + minute), notice);
      expect(await unshown(runs, noon + 2 * minute)).toEqual([]);
      await runs.shown(slow, { channel: 'D1', ts: 'old' });
      expect(await one(runs, noon + 2 * minute)).toMatchObject({ run: { state: 'done' }, notice });
    });

    test('that Slack did not take is due again at its time, and not for one who took too long', async () => {
      const runs = await journal();
      await runs.add(aRunOn(1));
      const slow = await one(runs);
      const claim = await one(runs, noon + minute);
      await runs.notShown(slow, noon + 60 * minute);
      await runs.notShown(claim, noon + 2 * minute);
      expect(await unshown(runs, noon + 2 * minute - 1)).toEqual([]);
      expect(await unshown(runs, noon + 2 * minute)).toHaveLength(1);
    });

    test('of which nothing was said is due again when there is something to say, unless it changed', async () => {
      const runs = await journal();
      await runs.add(aRunOn(1));
      const claim = await one(runs);
      await runs.shown(claim, null);
      expect(await unshown(runs)).toEqual([]);
      await runs.showAgain(claim.run.id, claim.version + 1);
      expect(await unshown(runs)).toEqual([]);
      await runs.showAgain(claim.run.id, claim.version);
      expect(await one(runs)).toMatchObject({ version: claim.version, notice: null });
    });

    test('by a process that is known to be dead can be shown by another at once', async () => {
      const runs = await journal();
      await runs.add(aRunOn(1));
      await claimed(runs);
      await unshown(runs);
      await runs.expire('alpha');
      expect(await unshown(runs)).toHaveLength(1);
    });
  });
};
