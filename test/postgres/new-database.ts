import { type Kysely, sql } from 'kysely';
import { connected } from './connected.ts';
import { ASK_AT, databaseAt, type Template } from './shared-server.ts';

export type TestDatabase = { readonly url: string; readonly drop: () => Promise<void> };

let asked: Promise<Template> | null = null;

const ask = async (): Promise<Template> => {
  const response = await fetch(process.env[ASK_AT] ?? '');
  if (!response.ok) throw new Error(`There is no Postgres to test with: ${await response.text()}`);
  return (await response.json()) as Template;
};

let made = 0;

const withServer = async (work: (db: Kysely<never>) => Promise<unknown>): Promise<void> => {
  asked ??= ask();
  await connected((await asked).url, work);
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
  return {
    url: databaseAt(url, name),
    drop: () => withServer((db) => sql`drop database if exists ${sql.id(name)} with (force)`.execute(db)),
  };
};
