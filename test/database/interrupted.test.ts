import { copyFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import SqliteDatabase from 'better-sqlite3';
import { Kysely, SqliteDialect } from 'kysely';
import { type Migration, Migrator } from 'kysely/migration';
import { lookAtSqlite } from '../../src/database/look-at-database.ts';
import { appliedMigrations, KNOWN_MIGRATIONS, MIGRATIONS } from '../../src/database/migrate.ts';
import { journal } from '../../src/database/migrations/0001-journal.ts';
import { everyday } from '../../src/database/migrations/0002-everyday.ts';
import { searchTables } from '../../src/database/migrations/0008-search.ts';
import type { Database } from '../../src/database/schema.ts';
import { openSqlite } from '../../src/database/sqlite.ts';

let dir = '';
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'interrupted-'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

type Ways = Readonly<Record<'run' | 'all', (...values: unknown[]) => unknown>>;

/** Calls `before` ahead of each statement that any connection of this process carries out. */
const watched = async (before: () => void, work: () => Promise<unknown>): Promise<void> => {
  const any = new SqliteDatabase(':memory:');
  const statements = Object.getPrototypeOf(any.prepare('select 1')) as Ways;
  any.close();
  const { run, all } = statements;
  const spied = (way: Ways['run']) =>
    function (this: unknown, ...values: unknown[]): unknown {
      before();
      return Reflect.apply(way, this, values);
    };
  Object.assign(statements, { run: spied(run), all: spied(all) });
  try {
    await work();
  } finally {
    Object.assign(statements, { run, all });
  }
};

/** What kill -9 leaves: what the process had written, in the file and in its log. */
const leave = (file: string, as: string): void => {
  for (const end of ['', '-wal']) if (existsSync(file + end)) copyFileSync(file + end, as + end);
};

type Schema = ReadonlyArray<{ readonly type: string; readonly name: string }>;

/** What is there when the next start has opened it. */
const opened = async (file: string) => {
  const db = await openSqlite(file);
  const applied = await appliedMigrations(db);
  await db.destroy();
  const sqlite = new SqliteDatabase(file);
  const schema = sqlite.prepare('select type, name from sqlite_master order by type, name').all() as Schema;
  const forms = sqlite.prepare('select id from forms order by id').pluck().all();
  const sent = sqlite.prepare('select count(*) from request_slots').pluck().get();
  const check = sqlite.pragma('integrity_check', { simple: true });
  sqlite.close();
  return { applied, schema, forms, sent, check };
};

/** As many migrations as an older version had, and rows of that time. */
const older = async (file: string, steps: number): Promise<void> => {
  const sqlite = new SqliteDatabase(file);
  sqlite.pragma('journal_mode = WAL');
  const db = new Kysely<Database>({ dialect: new SqliteDialect({ database: sqlite }) });
  const known = Object.fromEntries(Object.entries(MIGRATIONS).slice(0, steps));
  const { error } = await new Migrator({
    db,
    provider: { getMigrations: () => Promise.resolve(known) },
  }).migrateToLatest();
  expect(error).toBeUndefined();
  for (const id of ['one', 'two'])
    await db
      .insertInto('forms')
      .values({ id, technician: 'U012HOWARD', body: '{}', created_at: 1 } as never)
      .execute();
  const old = db as unknown as Kysely<{ requests: { sent_at: number } }>;
  if (steps === 1) for (const sent_at of [7, 8, 9]) await old.insertInto('requests').values({ sent_at }).execute();
  await db.destroy();
};

test.each([
  ['the first start', 0],
  ['an upgrade of the first version', 1],
  ['an upgrade that changes rows', KNOWN_MIGRATIONS.length - 1],
])('%s that is killed at any statement leaves nothing in the next one’s way', async (_when, steps) => {
  const file = join(dir, 'journal.db');
  if (steps > 0) await older(file, steps);
  const left: string[] = [];
  await watched(
    () => {
      const as = join(dir, `killed-${left.length}.db`);
      leave(file, as);
      left.push(as);
    },
    async () => (await openSqlite(file)).destroy(),
  );
  expect(left.length).toBeGreaterThan(steps > 1 ? 10 : 60);
  const whole = await opened(file);
  expect(whole).toMatchObject({
    applied: KNOWN_MIGRATIONS,
    forms: steps > 0 ? ['one', 'two'] : [],
    sent: steps === 1 ? 3 : 0,
    check: 'ok',
  });
  for (const as of left) expect(await opened(as)).toEqual(whole);
});

/** What versions left that did not make all changes in one transaction: a migration that is done and not noted. */
const halfMade = async (file: string, steps: number, migration: Migration): Promise<void> => {
  if (steps > 0) await older(file, steps);
  const db = new Kysely<Database>({ dialect: new SqliteDialect({ database: new SqliteDatabase(file) }) });
  await migration.up(db);
  await db.destroy();
};

const NOTHING_IN_IT =
  /half-made.*Nothing was stored in it yet, so you can delete it.*: rm -f '\S+journal.db' '\S+-wal' '\S+-shm'$/;
const ROWS_IN_IT = /half-made.*Don't delete it \(rows in it: 2 forms\): restore the backup made before that\.$/;

test.each([
  ['in its first start', 0, journal, NOTHING_IN_IT],
  ['in an upgrade', 1, everyday, ROWS_IN_IT],
  ['in an upgrade that makes virtual tables', 7, searchTables, ROWS_IN_IT],
] as const)(
  'what an older version left half-made %s is told in words, and is left as it is',
  async (_when, steps, migration, words) => {
    const file = join(dir, 'journal.db');
    await halfMade(file, steps, migration);
    await expect(openSqlite(file)).rejects.toThrow(words);
    expect(await lookAtSqlite(file)).toEqual({ is: 'half-made', words: expect.stringMatching(words) });
  },
);

test('a file that is only older is not called half-made', async () => {
  for (let steps = 1; steps < KNOWN_MIGRATIONS.length; steps++) {
    const file = join(dir, `older-${steps}.db`);
    await older(file, steps);
    expect(await lookAtSqlite(file)).toMatchObject({ is: 'behind' });
  }
});
