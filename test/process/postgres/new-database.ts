import { type Kysely, sql } from 'kysely';
import { underWay } from '../../time/activity.ts';
import { TIME_PATH } from '../../time/time.ts';
import { connected } from './connected.ts';
import { ASK_AT, databaseAt, type Template } from './shared-server.ts';

export type TestDatabase = { readonly url: string; readonly drop: () => Promise<void> };

let asked: Promise<Template> | null = null;

const ask = async (): Promise<Template> => {
  const response = await underWay(fetch(process.env[ASK_AT] ?? ''));
  if (!response.ok) throw new Error(`There is no Postgres to test with: ${await response.text()}`);
  return (await response.json()) as Template;
};

let made = 0;

const withServer = async (work: (db: Kysely<never>) => Promise<unknown>): Promise<void> => {
  asked ??= ask();
  await connected((await asked).url, work);
};

/**
 * The server's clock is what all copies go by. In this database it says what the test says, for statements that find
 * functions of ours before those of Postgres.
 */
const giveTime = async (db: Kysely<never>, name: string): Promise<void> => {
  await sql`create function public.statement_timestamp() returns timestamptz language sql stable as ${sql.lit(
    `select to_timestamp(pg_read_file('${TIME_PATH}')::float8 / 1000)`,
  )}`.execute(db);
  await sql`alter database ${sql.id(name)} set search_path = public, pg_catalog`.execute(db);
};

/** The server counts the machine's time: its own limits are not the test's. What the app waits for is in the test's. */
const unhurried = (url: string): string => {
  const at = new URL(url);
  for (const limit of ['statement_timeout', 'idle_in_transaction_session_timeout'])
    at.searchParams.set(limit, '600000');
  return at.href;
};

/** An empty database of the app's schema, on the server that all test files share. */
export const newDatabase = async ({ empty = false } = {}): Promise<TestDatabase> => {
  asked ??= ask();
  const { url, prefix } = await asked;
  made += 1;
  const name = `${prefix}_${process.pid}_${made}`;
  await withServer((db) =>
    empty
      ? sql`create database ${sql.id(name)}`.execute(db)
      : sql`create database ${sql.id(name)} template ${sql.id(prefix)}`.execute(db),
  );
  const at = unhurried(databaseAt(url, name));
  await connected(at, (db) => giveTime(db, name));
  return {
    url: at,
    drop: () => withServer((db) => sql`drop database if exists ${sql.id(name)} with (force)`.execute(db)),
  };
};
