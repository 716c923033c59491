import { describe, expect, test } from '@jest/globals';
import { seeToRestore } from '../../src/runs/see-to-restore.ts';
import { createForms } from '../../src/runs/store/forms.ts';
import { createRestores } from '../../src/runs/store/restores.ts';
import { createRuns } from '../../src/runs/store/runs.ts';
import { minute, noon } from '../runs/rules/a-ticket.ts';
import { aRunOn, eachTest, type NewStore } from './contract.ts';

const log = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };
const clock = { now: () => noon, sleep: () => Promise.resolve() };

/** What a database does that came out of a backup, whatever the engine. */
export const restoresContract = (newStore: NewStore): void => {
  describe('a restored database', () => {
    const { open } = eachTest(newStore);

    test('is told from one that was not', async () => {
      const restores = createRestores(await open());
      expect(await seeToRestore({ restores, clock, log })).toBeNull();
      await restores.markBackup(noon - minute);
      expect(await restores.backupAt()).toBe(noon - minute);
      expect(await seeToRestore({ restores, clock, log })).toBe(noon);
      expect([await restores.backupAt(), await restores.restoredAt()]).toEqual([null, noon]);
    });

    test('takes its unfinished runs from whoever held them, and leaves finished ones alone', async () => {
      const db = await open();
      const [runs, restores] = [createRuns(db), createRestores(db)];
      const done = aRunOn(2, { state: 'done', finishedAt: noon });
      await runs.add(aRunOn(1));
      await runs.add(done);
      const claim = await runs.claim('alpha', noon, minute);
      await runs.decide('run-1', { kind: 'send_again', step: 0 });
      await restores.markBackup(noon - minute);
      await seeToRestore({ restores, clock, log });
      expect(await runs.get('run-1')).toMatchObject({ restored: { backupAt: noon - minute, at: noon } });
      expect(await runs.get('run-2')).toEqual(done);
      expect(claim && (await runs.holds(claim.lease, noon))).toBe(false);
      const next = await runs.claim('beta', noon, minute);
      expect(next?.run.id).toBe('run-1');
      expect(next && (await runs.load(next.lease))?.decision).toBeNull();
    });

    test('is seen to once where two copies start on it', async () => {
      const db = await open();
      const [runs, restores] = [createRuns(db), createRestores(db)];
      await runs.add(aRunOn(1));
      const [seen] = await restores.unfinished();
      if (!seen) throw new Error('nothing is unfinished');
      await restores.put({ ...seen, run: { ...seen.run, wakeAt: 1 } });
      // The second copy had read it before the first changed it.
      await restores.put({ ...seen, run: { ...seen.run, wakeAt: 2 } });
      expect(await runs.get('run-1')).toMatchObject({ wakeAt: 1 });
    });

    test('knows no form of before: it may have been submitted since', async () => {
      const db = await open();
      const forms = createForms(db);
      await db.insertInto('forms').values({ id: 'f', technician: 'U1', body: '{}', created_at: noon }).execute();
      const restores = createRestores(db);
      await restores.markBackup(noon);
      await seeToRestore({ restores, clock, log });
      expect(await forms.get('f')).toBeNull();
    });
  });
};
