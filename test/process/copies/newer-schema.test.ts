import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import SqliteDatabase from 'better-sqlite3';
import { sql } from 'kysely';
import { closingAll } from '../../closing-all.ts';
import { SAMPLE_COMMENT, startBilling } from '../../features/bill/bill-steps.ts';
import { startOutside, startProcess } from '../../world/app-process.ts';
import { quickConfig } from '../../world/use-world.ts';
import { billedOnce, effectsOn, sends } from '../crash/effects.ts';
import { waitFor } from '../crash/scene.ts';
import { PORTAL, WRITES } from '../crash/steps.ts';
import { connected } from '../postgres/connected.ts';
import { newDatabase } from '../postgres/new-database.ts';

const NEWER = "insert into kysely_migration (name, timestamp) values ('9999-newer', '2030-01-01')";
const OURS_AGAIN = "delete from kysely_migration where name = '9999-newer'";

type Engine = { readonly url: string; readonly say: (statement: string) => Promise<unknown> };
const engines = {
  SQLite: (dir: string): Promise<Engine> => {
    const file = join(dir, 'journal.db');
    const say = (statement: string) => Promise.resolve(new SqliteDatabase(file).exec(statement).close());
    return Promise.resolve({ url: `sqlite:${file}`, say });
  },
  Postgres: async (_dir: string, later: (close: () => Promise<void>) => void): Promise<Engine> => {
    const { url, drop } = await newDatabase();
    later(drop);
    return { url, say: (statement) => connected(url, (db) => sql.raw(statement).execute(db)) };
  },
};

test.each(['SQLite', 'Postgres'] as const)(
  'two copies on %s stop in mid-bill when a newer version changes the schema, and the bill ends once',
  (engine) =>
    closingAll(async (later) => {
      const outside = await startOutside(quickConfig({ timeout: 20, settle: 1 }));
      later(outside.close);
      const { slack, syncro, launch, variables, dir } = outside;
      const { url, say } = await engines[engine](dir, later);
      const env = { DATABASE_URL: url };
      const copies = [await launch(env), await launch(env)];
      const howard = slack.person('U012HOWARD');
      syncro.setLatency(() => (syncro.requests.at(-1)?.path.endsWith('/add_line_item') ? 3_000 : 0));
      await startBilling(howard, 32164, { audience: PORTAL });
      await waitFor('the line is on its way', () => sends(syncro, WRITES[1]) > 0);

      await say(NEWER);
      const heard = (): boolean => copies.every(({ output }) => output().includes('belongs to a newer version'));
      await waitFor('both have seen it', heard);
      const written = (): number => syncro.requests.filter(({ method }) => method !== 'GET').length;
      const before = written();
      await howard.slash('/syncro', 'bill 32161');
      const told = await howard.message(/I'm being upgraded/);
      expect(told.text).toMatch(/Nothing was sent\. Wait for the upgrade to finish, then try again\./);
      for (const { port } of copies) {
        const ready = await fetch(`http://127.0.0.1:${port}/readyz`);
        expect(ready.status).toBe(503);
        expect(await ready.json()).toMatchObject({
          database: expect.stringMatching(/belongs to a newer version of this app \(it has 9999-newer\)/),
        });
      }
      for (const { exited } of copies) expect(await exited).toEqual({ code: 1, signal: null });
      expect(written()).toBe(before);
      expect(sends(syncro, WRITES[2])).toBe(0);

      const refused = startProcess({ ...variables, ...env });
      expect(await refused.exited).toEqual({ code: 1, signal: null });
      expect(refused.output()).toContain('belongs to a newer version');
      await say(OURS_AGAIN);
      await launch(env);
      await howard.message(/Sent once, confirmed/);
      expect(effectsOn(syncro.state, 32164, SAMPLE_COMMENT)).toEqual(billedOnce(SAMPLE_COMMENT, 1750));
      for (const each of WRITES) expect(sends(syncro, each)).toBe(1);
    }),
);
