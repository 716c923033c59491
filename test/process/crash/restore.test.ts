import { execFile } from 'node:child_process';
import { copyFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import type { SeenMessage } from '../../../sandbox/slack/slack.ts';
import { backUpSqlite } from '../../../src/database/backup/back-up-sqlite.ts';
import { bundled } from '../../bundle/bundled.ts';
import { QUICK_START } from '../../bundle/quick-start.ts';
import { SAMPLE_COMMENT, startBilling } from '../../features/bill/bill-steps.ts';
import { howardOf } from '../../world/people.ts';
import { billedOnce, effectsOn, sends } from './effects.ts';
import { expectBilledOnce } from './judge.ts';
import { type Child, killChildren, type Scene, waitFor, withScene } from './scene.ts';
import { PORTAL, WRITES } from './steps.ts';

afterAll(killChildren);

const backupOf = ({ dir }: Scene): string => join(dir, 'backup.db');

/** As `npm run backup` does, at once: what the bill does meanwhile goes on. */
const backUp = (scene: Scene) => backUpSqlite(join(scene.dir, 'journal.db'), backupOf(scene), Date.now());

const restore = (scene: Scene): Promise<string> =>
  new Promise((done, failed) => {
    const env = { PATH: process.env.PATH, ...QUICK_START, DATABASE_URL: `sqlite:${join(scene.dir, 'journal.db')}` };
    execFile(
      resolve('node_modules/.bin/node'),
      [...bundled('src/bin/restore.ts'), backupOf(scene)],
      { env },
      (error, stdout, stderr) => (error ? failed(new Error(`${stdout}${stderr}`)) : done(stdout)),
    );
  });

const receiptOf = (scene: Scene): Promise<SeenMessage> => howardOf(scene).message(/Sent once, confirmed/);
const end = async (app: Child): Promise<void> => {
  app.kill('SIGTERM');
  expect(await app.exited).toEqual({ code: 0, signal: null });
};

/** Puts the database back to its backup and starts the app on it. */
const goBack = async (scene: Scene, app: Child): Promise<Child> => {
  await end(app);
  expect(await restore(scene)).toContain('1 run, 1 unfinished');
  return scene.launch();
};

const isSlowAt = ({ syncro }: Scene, method: string, path: RegExp): void => {
  syncro.setLatency(() => {
    const last = syncro.requests.at(-1);
    return last?.method === method && path.test(last.path) ? 1_500 : 0;
  });
};

describe('a database restored from a backup made in the middle of a bill that was finished since', () => {
  test.each(WRITES)('doubles nothing: made while the $step was sent', (write) =>
    withScene({}, async (scene) => {
      const { syncro } = scene;
      const app = await scene.launch();
      isSlowAt(scene, write.method, write.path);
      await startBilling(howardOf(scene), 32164, { audience: PORTAL });
      await waitFor('the request arrived', () => sends(syncro, write) > 0);
      expect(await backUp(scene)).toMatchObject({ runs: 1, unfinished: 1 });
      await receiptOf(scene);
      syncro.setLatency(0);
      const restarted = await goBack(scene, app);
      await howardOf(scene).message(/restored from its backup/);
      await waitFor('it is through', () => !/…$/.test(howardOf(scene).dm().at(-1)?.raw.text ?? '…'));
      expectBilledOnce(scene, await receiptOf(scene));
      for (const each of WRITES) expect(sends(syncro, each)).toBe(1);
      expect(howardOf(scene).dm()).toHaveLength(1);
      expect(restarted.output()).toContain('restored from a backup');
    }),
  );

  test('doubles nothing: made before anything was sent, and copied by hand', () =>
    withScene({}, async (scene) => {
      const { syncro } = scene;
      const app = await scene.launch();
      syncro.fault({ kind: '429', method: 'POST', path: /\/comment$/, retryAfter: 2 });
      await startBilling(howardOf(scene), 32164, { audience: PORTAL });
      await howardOf(scene).message(/rate limit is reached/);
      await backUp(scene);
      await receiptOf(scene);
      await end(app);
      copyFileSync(backupOf(scene), join(scene.dir, 'journal.db'));
      await scene.launch();
      await howardOf(scene).message(/restored from its backup/);
      await waitFor('it is through', () => !/…$/.test(howardOf(scene).dm().at(-1)?.raw.text ?? '…'));
      expectBilledOnce(scene, await receiptOf(scene));
      for (const each of WRITES.slice(1)) expect(sends(syncro, each)).toBe(1);
    }));

  test('asks before it sends what is not there: the work may have been stopped since', () =>
    withScene({}, async (scene) => {
      const { syncro } = scene;
      const howard = howardOf(scene);
      const app = await scene.launch();
      syncro.fault({ kind: '429', method: 'POST', path: /\/add_line_item$/, retryAfter: 4 });
      await startBilling(howard, 32164, { audience: PORTAL });
      const waiting = await howard.message(/rate limit is reached/);
      await backUp(scene);
      await waiting.click('Stop');
      await howard.message(/Stopped billing/);
      await goBack(scene, app);
      const question = await howard.message(/is the labor line in Syncro/);
      expect(question.text).toContain('Restored from the backup of');
      expect(sends(syncro, WRITES[1])).toBe(1);
      await question.click('No, send again');
      await receiptOf(scene);
      expect(effectsOn(syncro.state, 32164, SAMPLE_COMMENT)).toEqual(billedOnce(SAMPLE_COMMENT, 1750));
      expect(sends(syncro, WRITES[0])).toBe(1);
      expect(scene.slack.problems).toEqual([]);
    }));
});
