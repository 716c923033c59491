import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { Kysely, PostgresDialect, sql } from 'kysely';
import { Migrator } from 'kysely/migration';
import pg from 'pg';
import { appliedMigrations, KNOWN_MIGRATIONS, MIGRATIONS } from '../../../src/database/migrate.ts';
import { openPostgres, postgresColumns } from '../../../src/database/postgres.ts';
import { createPostgresPool } from '../../../src/database/postgres-pool.ts';
import type { Database } from '../../../src/database/schema.ts';
import { silentLog } from '../../silent-log.ts';
import { newDatabase, type TestDatabase } from '../postgres/new-database.ts';

let database: TestDatabase;
let server: Kysely<Database>;
beforeAll(async () => {
  database = await newDatabase({ empty: true });
  server = new Kysely<Database>({
    dialect: new PostgresDialect({ pool: createPostgresPool(database.url, { log: silentLog, hurried: false }) }),
    plugins: [postgresColumns],
  });
});
afterAll(async () => {
  await server.destroy();
  await database.drop();
});

/** Empties the database, or gives it what an older version had, with rows of that time. */
const before = async (steps: number): Promise<void> => {
  await sql`drop schema public cascade`.execute(server);
  await sql`create schema public`.execute(server);
  if (steps === 0) return;
  const known = Object.fromEntries(Object.entries(MIGRATIONS).slice(0, steps));
  const provider = { getMigrations: () => Promise.resolve(known) };
  const { error } = await new Migrator({ db: server, migrationTableSchema: 'public', provider }).migrateToLatest();
  expect(error).toBeUndefined();
  await sql`insert into forms (id, technician, body, created_at) values ('one', 'U012HOWARD', '{}', 1)`.execute(server);
};

type Query = (this: { processID: number }, ...values: unknown[]) => unknown;

/** Starts, and at that statement the server ends the connection; nothing else is said after it, as of a dead process. */
const startEndedAt = async (at: number): Promise<{ readonly statements: number; readonly error: unknown }> => {
  const { prototype } = pg.Client as unknown as { prototype: { query: Query } };
  const { query } = prototype;
  let statements = 0;
  const asked: Query = async function (...values) {
    statements += 1;
    if (statements === at) {
      prototype.query = query;
      await sql`select pg_terminate_backend(${this.processID})`.execute(server);
      prototype.query = asked;
    }
    if (statements > at) throw new Error('whoever would say this is dead');
    return Reflect.apply(query, this, values);
  };
  prototype.query = asked;
  try {
    await (await openPostgres(database.url, { log: silentLog })).destroy();
    return { statements, error: null };
  } catch (error) {
    return { statements, error };
  } finally {
    prototype.query = query;
  }
};

/** Everything that tells one schema from another, and what a start reads of it. */
const found = async () => {
  const rowsOf = async (query: ReturnType<typeof sql>) => (await query.execute(server)).rows;
  const tables = await rowsOf(sql`select table_name, column_name, data_type from information_schema.columns
    where table_schema = 'public' order by 1, 2`);
  const has = (table: string): boolean => JSON.stringify(tables).includes(`"${table}"`);
  return {
    tables,
    indexes: await rowsOf(sql`select indexdef from pg_indexes where schemaname = 'public' order by 1`),
    forms: has('forms') ? await rowsOf(sql`select id from forms`) : [],
    lock: has('kysely_migration_lock') ? await rowsOf(sql`select * from kysely_migration_lock`) : [],
    applied: await appliedMigrations(server, 'public'),
  };
};

test.each([
  ['the first start', 0],
  ['an upgrade that changes tables with rows', KNOWN_MIGRATIONS.length - 3],
])(
  '%s whose connection ends at one statement or another leaves nothing in the next one’s way',
  async (_when, steps) => {
    await before(steps);
    const { statements, error } = await startEndedAt(Number.POSITIVE_INFINITY);
    expect(error).toBeNull();
    expect(statements).toBeGreaterThan(steps > 0 ? 10 : 50);
    const whole = await found();
    expect(whole).toMatchObject({ applied: KNOWN_MIGRATIONS, forms: steps > 0 ? [{ id: 'one' }] : [] });
    const left = new Set<string>();
    // Each takes a second of the server's; test/database/interrupted.test.ts leaves out none.
    for (let at = 1; at <= statements; at += Math.ceil(statements / 12)) {
      await before(steps);
      expect((await startEndedAt(at)).error).not.toBeNull();
      const state = JSON.stringify(await found());
      // The next start depends on nothing else.
      if (left.has(state)) continue;
      left.add(state);
      await (await openPostgres(database.url, { log: silentLog })).destroy();
      expect(await found()).toEqual(whole);
    }
    // Nothing, or only the tables in which the migrations are noted: never a part of them.
    expect(left.size).toBeLessThanOrEqual(5);
  },
);
