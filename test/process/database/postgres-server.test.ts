import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { Kysely, PostgresDialect, sql } from 'kysely';
import { databaseNow } from '../../../src/database/database-clock.ts';
import { openPostgres } from '../../../src/database/postgres.ts';
import { createPostgresPool } from '../../../src/database/postgres-pool.ts';
import type { Database } from '../../../src/database/schema.ts';
import { createWriteCheck } from '../../../src/database/write-check.ts';
import { createRuns } from '../../../src/runs/store/runs.ts';
import { AppError } from '../../../src/shared/errors.ts';
import { currentRef, inRequest } from '../../../src/shared/request-context.ts';
import type { Log } from '../../../src/shared/system.ts';
import { systemClock } from '../../../src/shared/system.ts';
import { createBudget } from '../../../src/syncro/store/budget.ts';
import { aRunOn } from '../../database/contract.ts';
import { holdStill } from '../../held-time.ts';
import { minute, noon } from '../../runs/rules/a-ticket.ts';
import { silentLog } from '../../silent-log.ts';
import { type CuttingProxy, startCuttingProxy } from '../postgres/cutting-proxy.ts';
import { newDatabase, type TestDatabase } from '../postgres/new-database.ts';

const opened: Kysely<Database>[] = [];
const databases: TestDatabase[] = [];
const proxies: CuttingProxy[] = [];
// A connection or an answer is late when a test says so, not when this machine is.
beforeEach(() => holdStill(['setTimeout', 'clearTimeout']));
afterEach(async () => {
  await Promise.all(opened.splice(0).map((db) => db.destroy()));
  await Promise.all(proxies.splice(0).map((proxy) => proxy.close()));
  await Promise.all(databases.splice(0).map((database) => database.drop()));
  jest.useRealTimers();
});

const aDatabase = async (options?: { empty: boolean }): Promise<string> => {
  const database = await newDatabase(options);
  databases.push(database);
  return database.url;
};
const open = async (url: string, log: Log = silentLog): Promise<Kysely<Database>> => {
  const db = await openPostgres(url, { log });
  opened.push(db);
  return db;
};
const behindProxy = async (log?: Log): Promise<{ readonly db: Kysely<Database>; readonly proxy: CuttingProxy }> => {
  const proxy = await startCuttingProxy(await aDatabase());
  proxies.push(proxy);
  return { db: await open(proxy.url, log), proxy };
};

/** Resolves when something was said so many times. */
const aListener = () => {
  const heard: Array<string | undefined> = [];
  const waiting: Array<{ readonly times: number; readonly resolve: () => void }> = [];
  const log: Log = {
    ...silentLog,
    warn: () => {
      heard.push(currentRef());
      for (const { times, resolve } of waiting) if (heard.length >= times) resolve();
    },
  };
  const said = (times: number): Promise<void> =>
    new Promise((resolve) => {
      if (heard.length >= times) resolve();
      else waiting.push({ times, resolve });
    });
  /** `refs`: whose each was. */
  return { log, said, refs: heard };
};

/** How it failed: the code that says what is known of it. */
const codeOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'no failure',
    (error: unknown) => (error instanceof AppError ? error.code : String(error)),
  );

describe('opening a Postgres', () => {
  test('that has no table yet, several copies at once, gives all of them the same tables', async () => {
    const url = await aDatabase({ empty: true });
    const copies = await Promise.all(Array.from({ length: 6 }, () => open(url)));
    for (const db of copies) expect(await createRuns(db).claim('alpha', noon, minute)).toBeNull();
    const [first] = copies;
    if (!first) throw new Error('nobody opened it');
    const { rows } = await sql<{ name: string }>`select name from kysely_migration order by name`.execute(first);
    expect(rows.length).toBeGreaterThan(5);
    expect(new Set(rows.map(({ name }) => name)).size).toBe(rows.length);
  });

  test('sorts and compares texts byte by byte, whatever language the server sorts in', async () => {
    const db = await open(await aDatabase());
    const { rows } = await sql<{ name: string }>`
      select table_name || '.' || column_name as name from information_schema.columns
      where table_schema = 'public' and table_name not like 'kysely%' and data_type = 'text'
        and collation_name is distinct from 'C'`.execute(db);
    expect(rows).toEqual([]);
  });

  test.each<[string, (url: URL) => void, RegExp]>([
    ['a refused password', (url) => (url.password = 'planted-password'), /refuses the user or the password/],
    ['a missing database', (url) => (url.pathname = '/nowhere_planted'), /no database with that name/],
    ['nobody listening', (url) => (url.port = '1'), /nothing listens there/],
    ['a host that is not known', (url) => (url.hostname = 'planted.invalid'), /its host is unknown/],
    ['TLS that it does not speak', (url) => url.searchParams.set('sslmode', 'require'), /does not offer TLS/],
    [
      'a certificate that is not there',
      (url) => url.searchParams.set('sslrootcert', '/no/planted'),
      /a file named in its address does not exist/,
    ],
  ])('says of %s what it is, and nothing of the address', async (_what, change, words) => {
    const url = new URL(await aDatabase());
    change(url);
    const error: unknown = await openPostgres(url.href, { log: silentLog }).then(
      () => null,
      (thrown: unknown) => thrown,
    );
    expect(error).toBeInstanceOf(AppError);
    expect((error as AppError).message).toMatch(words);
    const everything = `${JSON.stringify(error)} ${String((error as AppError).stack)}`;
    expect(everything).not.toMatch(/planted|sandbox-password/);
  });

  test('waits for a server that comes a little later', async () => {
    const { proxy } = await behindProxy();
    proxy.down(true);
    const { log, said } = aListener();
    const opening = openPostgres(proxy.url, { log, patienceMs: 3_600_000 });
    await said(1);
    proxy.down(false);
    await (await opening).destroy();
  });
});

describe('a connection that breaks', () => {
  test('while nobody uses it is replaced when it is needed', async () => {
    const { log, said, refs } = aListener();
    const db = await open(await aDatabase(), log);
    const answers = await inRequest('PRESS1', () =>
      Promise.all(Array.from({ length: 5 }, () => sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(db))),
    );
    const pids = new Set(answers.map(({ rows }) => rows[0]?.pid));
    const other = await open(databases[0]?.url ?? '');
    for (const pid of pids) await sql`select pg_terminate_backend(${pid})`.execute(other);
    await said(pids.size);
    // Whose request opened it has nothing to do with that.
    expect(new Set(refs)).toEqual(new Set([undefined]));
    expect(await createRuns(db).holders()).toEqual([]);
  });

  test('while something is read changed nothing; while something is stored, nobody knows', async () => {
    const { db, proxy } = await behindProxy();
    const runs = createRuns(db);
    proxy.loseAnswerTo('select distinct');
    expect(await codeOf(runs.holders())).toBe('no_database');
    proxy.loseAnswerTo('insert into "runs"');
    expect(await codeOf(runs.add(aRunOn(1)))).toBe('unsure');
    expect(await runs.get('run-1')).toEqual(aRunOn(1));
  });

  test('a server that has become read-only stored nothing, and is told as one that can’t be written', async () => {
    const db = await open(await aDatabase());
    const { rows } = await sql<{ name: string }>`select current_database() as name`.execute(db);
    await sql`alter database ${sql.id(rows[0]?.name ?? '')} set default_transaction_read_only = on`.execute(db);
    const after = new Kysely<Database>({
      dialect: new PostgresDialect({ pool: createPostgresPool(databases[0]?.url ?? '', { log: silentLog }) }),
    });
    opened.push(after);
    await expect(createRuns(after).add(aRunOn(1))).rejects.toMatchObject({ code: 'no_database', why: 'unwritable' });
    await expect(createWriteCheck(after, systemClock)()).rejects.toThrow("can't be written: the server is read-only");
    expect(await createRuns(after).get('run-1')).toBeNull();
  });

  test('before anything was asked stored nothing', async () => {
    const { log, said } = aListener();
    const { db, proxy } = await behindProxy(log);
    proxy.down(true);
    await said(1);
    expect(await codeOf(createRuns(db).add(aRunOn(1)))).toBe('no_database');
    proxy.down(false);
    expect(await createRuns(db).add(aRunOn(1))).toEqual({ result: 'added' });
  });

  test('after a claim was stored leaves the run to its lease', async () => {
    const { db, proxy } = await behindProxy();
    const runs = createRuns(db);
    await runs.add(aRunOn(1));
    proxy.loseAnswerTo('update "runs" set "fence"');
    expect(await codeOf(runs.claim('alpha', noon, minute))).toBe('unsure');
    expect(await runs.claim('bravo', noon, minute)).toBeNull();
    expect((await runs.claim('bravo', noon + minute, minute))?.abandonedUntil).toBe(noon + minute);
  });
});

describe('the budget by the database’s clock', () => {
  const LIMIT = 180;
  const SPENT = 171;
  const budgetsOn = async (url: string, copies: number) => {
    const dbs = await Promise.all(Array.from({ length: copies }, () => open(url)));
    return dbs.map((db) => createBudget(db, LIMIT, systemClock, () => databaseNow));
  };
  const grantedOf = async (
    budgets: Awaited<ReturnType<typeof budgetsOn>>,
    asks: number,
    leave = 0,
  ): Promise<number> => {
    const waits = await Promise.all(
      Array.from({ length: asks }, (_, i) => Promise.resolve(budgets[i % budgets.length]?.take(leave) ?? 1)),
    );
    return waits.filter((wait) => wait === 0).length;
  };
  /** As if so much time had passed on the server. */
  const pass = async (ms: number): Promise<void> => {
    await sql`update request_slots set sent_at = sent_at - ${sql.lit(ms)}`.execute(opened[0] as Kysely<Database>);
  };

  test('lets no minute have more than the limit, four copies asking over forty connections', async () => {
    const budgets = await budgetsOn(await aDatabase(), 4);
    type Burst = { readonly from: number; readonly to: number; readonly count: number };
    const bursts: Burst[] = [];
    let passed = 0;
    // Bursts with pauses that let some of the places, all of them, or none come free.
    for (const pauseMs of [0, 0, 30_000, 30_500, 200, 58_000, 2_100]) {
      if (pauseMs > 0) await pass(pauseMs);
      passed += pauseMs;
      const from = Date.now() + passed;
      const count = await grantedOf(budgets, pauseMs === 0 ? 90 : 200);
      bursts.push({ from, to: Date.now() + passed, count });
    }
    // Certainly within one minute, however long each took.
    for (const { from } of bursts) {
      const within = bursts.filter((burst) => burst.from >= from && burst.to < from + 60_000);
      expect(within.reduce((sum, { count }) => sum + count, 0)).toBeLessThanOrEqual(SPENT);
    }
    // And nothing is lost either: a whole minute later everything is free again.
    await pass(61_000);
    let granted = 0;
    for (let tries = 0; tries < 20 && granted < SPENT; tries++) granted += await grantedOf(budgets, 60);
    expect(granted).toBe(SPENT);
  });

  test('gives the place that comes free to the person who waits, not to the background of another copy', async () => {
    const [here, there] = await budgetsOn(await aDatabase(), 2);
    if (!here || !there) throw new Error('two copies');
    for (let tries = 0; tries < 20 && (await here.take(0)) === 0; ) tries += 0;
    expect(await here.take(0)).toBeGreaterThan(0);
    // Twenty places come free, one after the other; the background asks first and more often each time.
    for (let freed = 1; freed <= 20; freed++) {
      await sql`update request_slots set sent_at = sent_at - 62000 where slot = ${sql.lit(freed)}`.execute(
        opened[0] as Kysely<Database>,
      );
      for (let i = 0; i < 3; i++) expect(await there.take(LIMIT / 3)).toBeGreaterThan(0);
      expect(await here.take(0)).toBe(0);
    }
  });

  test('is not confused by a copy whose own clock is an hour off', async () => {
    const db = await open(await aDatabase());
    const wrong = { ...systemClock, now: () => Date.now() + 3_600_000 };
    const budgets = [
      createBudget(db, LIMIT, wrong, () => databaseNow),
      createBudget(db, LIMIT, systemClock, () => databaseNow),
    ];
    let granted = 0;
    for (let i = 0; i < 400 && granted < 400; i++) if ((await budgets[i % 2]?.take(0)) === 0) granted += 1;
    expect(granted).toBe(SPENT);
  });
});
