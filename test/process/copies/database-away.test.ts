import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from '@jest/globals';
import { startPostgres } from '../../../sandbox/postgres/start-postgres.ts';
import type { Person } from '../../../sandbox/slack/slack.ts';
import { startWorld, type World } from '../../../sandbox/world.ts';
import { openPostgres } from '../../../src/database/postgres.ts';
import { toRun } from '../../../src/runs/store/run-row.ts';
import { closingAll } from '../../closing-all.ts';
import { bill, previewBill, startBilling } from '../../features/bill/bill-steps.ts';
import { silentLog } from '../../silent-log.ts';
import { quickConfig } from '../../world/quick-config.ts';
import { sends } from '../crash/effects.ts';
import { expectBilledOnce } from '../crash/judge.ts';
import { waitFor } from '../crash/scene.ts';
import { PORTAL, WRITES, type WriteStep } from '../crash/steps.ts';
import { type CuttingProxy, startCuttingProxy } from '../postgres/cutting-proxy.ts';
import { newDatabase } from '../postgres/new-database.ts';

type Away = { readonly world: World; readonly howard: Person; readonly proxy: CuttingProxy; readonly url: string };

/** Two copies whose database can be taken away; all of it is gone afterwards, however it went. */
const away =
  <Args extends readonly unknown[]>(play: (away: Away, ...args: Args) => Promise<void>) =>
  (...args: Args): Promise<void> =>
    closingAll(async (later) => {
      const database = await newDatabase();
      later(database.drop);
      const proxy = await startCuttingProxy(database.url);
      later(proxy.close);
      const world = await startWorld({
        config: quickConfig({ timeout: 2, settle: 1 }),
        syncro: { data: 'tiny' },
        copies: 2,
        env: { DATABASE_URL: proxy.url },
      });
      later(world.close);
      await play({ world, proxy, url: database.url, howard: world.slack.person('U012HOWARD') }, ...args);
    });

/** The steps that somebody had to look for, since their answer was not recorded. */
const foundByLooking = async (url: string): Promise<readonly string[]> => {
  const db = await openPostgres(url, { log: silentLog });
  const rows = await db.selectFrom('runs').select('body').execute();
  await db.destroy();
  return rows.flatMap((row) =>
    toRun(row).steps.flatMap(({ action, state }) =>
      state.phase === 'done' && state.how !== 'answered' ? [action.kind] : [],
    ),
  );
};

const finished = (howard: Person) => howard.message(/Sent once, confirmed/);

describe('a bill whose storing got no answer', () => {
  test(
    'is stored once, goes on, and nobody hears that nothing was sent',
    away(async ({ world, howard, proxy }) => {
      const preview = await previewBill(howard, 32164, { audience: PORTAL });
      proxy.loseAnswerTo('insert into "runs"', 2);
      await preview.submit(/^Bill /);
      expectBilledOnce(world, await finished(howard));
      expect(preview.isOpen()).toBe(false);
      expect(howard.dm()).toHaveLength(1);
    }),
  );

  test(
    'is called unknown when the database stays away, and goes on by itself when it is back',
    away(async ({ world, howard, proxy }) => {
      const preview = await previewBill(howard, 32164, { audience: PORTAL });
      proxy.loseAnswerTo('insert into "runs"', 1);
      const pressed = preview.submit(/^Bill /);
      await waitFor('the answer was lost', () => proxy.lost() === 1);
      proxy.down(true);
      await pressed;
      expect(preview.text()).toContain('Unknown: check before repeating.');
      expect(preview.text()).not.toContain('Nothing was sent');
      proxy.down(false);
      expectBilledOnce(world, await finished(howard));
    }),
  );
});

describe('while the database is away', () => {
  test(
    'a command says so with a reference, /readyz names it, and all of it works when it is back',
    away(async ({ world, howard, proxy }) => {
      const form = await previewBill(howard, 32164, { audience: PORTAL });
      proxy.down(true);
      await howard.slash('/syncro', 'ticket 32164');
      const read = await howard.message(/My database isn't answering/);
      expect(read.text).toMatch(
        /Nothing was changed\. Try again in a moment; .* continues by itself\.\nref [0-9A-Z]{6}/,
      );
      await form.submit(/^Bill /);
      expect(form.text()).toMatch(/My database isn't answering\. Nothing was sent\./);
      const ready = await fetch(`http://127.0.0.1:${world.port()}/readyz`);
      expect(ready.status).toBe(503);
      expect(await ready.json()).toMatchObject({ database: expect.stringMatching(/^The database can't be reached: /) });
      expect((await fetch(`http://127.0.0.1:${world.port()}/healthz`)).status).toBe(200);
      proxy.down(false);
      await howard.slash('/syncro', 'ticket 32164');
      await howard.message(/Own cloud thing again/);
      expect(sends(world.syncro, WRITES[0])).toBe(0);
      await bill(howard, 32164, { audience: PORTAL });
      expectBilledOnce(world, await finished(howard));
    }),
  );

  test.each([WRITES[0], WRITES[2]])(
    'the outcome of $step is kept until it is back, and the bill goes on without a look',
    away(async ({ world, howard, proxy, url }, write: WriteStep) => {
      const isIt = (): boolean => {
        const request = world.syncro.requests.at(-1);
        return request?.method === write.method && write.path.test(request.path);
      };
      world.syncro.setLatency(() => (isIt() ? 600 : 0));
      await startBilling(howard, 32164, { audience: PORTAL });
      await waitFor('it was sent', () => sends(world.syncro, write) > 0);
      proxy.down(true);
      await sleep(1_500);
      expect(sends(world.syncro, write)).toBe(1);
      proxy.down(false);
      // In Syncro: the message may wait for its own claim, whose answer was lost, too.
      await waitFor('it went on', () => sends(world.syncro, WRITES[3]) > 0);
      for (const each of WRITES) expect(sends(world.syncro, each)).toBe(1);
      expect(await foundByLooking(url)).toEqual([]);
    }),
  );
});

test(
  'a bill goes on when each change of its run is stored without an answer, and sends nothing twice',
  away(async ({ world, howard, proxy }) => {
    const preview = await previewBill(howard, 32164, { audience: PORTAL });
    const before = proxy.lost();
    proxy.loseAnswerTo('update "runs" set "body"', 6);
    await preview.submit(/^Bill /);
    expectBilledOnce(world, await finished(howard));
    for (const each of WRITES) expect(sends(world.syncro, each)).toBe(1);
    expect(proxy.lost() - before).toBe(6);
  }),
);

test('a crash of Postgres in mid-bill: it goes on when it is back', () =>
  closingAll(async (later) => {
    const server = await startPostgres();
    later(server.close);
    const world = await startWorld({
      config: quickConfig({ timeout: 2, settle: 1 }),
      syncro: { data: 'tiny', latencyMs: 150 },
      copies: 2,
      env: { DATABASE_URL: server.url() },
    });
    later(world.close);
    const howard = world.slack.person('U012HOWARD');
    await startBilling(howard, 32164, { audience: PORTAL });
    await waitFor('it is under way', () => sends(world.syncro, WRITES[1]) > 0);
    await server.stop('immediate');
    await sleep(500);
    await server.start();
    expectBilledOnce(world, await finished(howard));
    for (const each of WRITES) expect(sends(world.syncro, each)).toBe(1);
  }));
