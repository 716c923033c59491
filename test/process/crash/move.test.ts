import { execFile } from 'node:child_process';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, expect, test } from '@jest/globals';
import { bundled } from '../../bundle/bundled.ts';
import { QUICK_START } from '../../bundle/quick-start.ts';
import { startBilling } from '../../features/bill/bill-steps.ts';
import { howardOf } from '../../world/people.ts';
import { newDatabase } from '../postgres/new-database.ts';
import { sends } from './effects.ts';
import { expectBilledOnce } from './judge.ts';
import { type Child, killChildren, waitFor, withScene } from './scene.ts';
import { PORTAL, WRITES } from './steps.ts';

afterAll(killChildren);

const move = (from: string, to: string) =>
  promisify(execFile)(resolve('node_modules/.bin/node'), [...bundled('src/bin/move.ts'), from, to], {
    env: { PATH: process.env.PATH, ...QUICK_START },
  });

const end = async (app: Child): Promise<void> => {
  app.kill('SIGTERM');
  expect(await app.exited).toEqual({ code: 0, signal: null });
};

test('a bill that was under way goes on where the database went, once, and not where it was', async () => {
  const server = await newDatabase({ empty: true });
  try {
    await withScene({}, async (scene) => {
      const { syncro } = scene;
      const howard = howardOf(scene);
      const first = await scene.launch();
      syncro.fault({ kind: '429', method: 'POST', path: /\/add_line_item$/, retryAfter: 30 });
      await startBilling(howard, 32164, { audience: PORTAL });
      await howard.message(/rate limit is reached/);
      await end(first);
      await move(`sqlite:${join(scene.dir, 'journal.db')}`, server.url);

      const moved = await scene.launch({ DATABASE_URL: server.url });
      const receipt = await howard.message(/Sent once, confirmed/);
      expectBilledOnce(scene, receipt);
      expect(moved.output()).not.toContain('restored from a backup');
      await end(moved);

      // Somebody starts it on the old file all the same.
      const forgotten = await scene.launch();
      await waitFor('it looked', () => forgotten.output().includes('restored from a backup'));
      await waitFor('it is through', () => !/…$/.test(howard.dm().at(-1)?.raw.text ?? '…'));
      expectBilledOnce(scene, receipt);
      expect(sends(syncro, WRITES[0])).toBe(1);
    });
  } finally {
    await server.drop();
  }
});
