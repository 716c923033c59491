import type SqliteDatabase from 'better-sqlite3';
import { Kysely, SqliteDialect } from 'kysely';
import { KNOWN_MIGRATIONS } from '../migrate.ts';
import type { Database } from '../schema.ts';
import { appliedMigrations, newerDatabase, unknownMigrations } from '../schema-version.ts';

/** What is in a database file that was found whole. */
export type Contents = { readonly schema: string; readonly runs: number; readonly unfinished: number };

const count = async (db: Kysely<Database>, states?: readonly string[]): Promise<number> => {
  const all = db.selectFrom('runs').select(({ fn }) => fn.countAll<number>().as('n'));
  const { n } = await (states ? all.where('state', 'in', [...states]) : all).executeTakeFirstOrThrow();
  return Number(n);
};

/** @throws Error saying what is wrong: a damaged file, another program's, or one of a newer version */
export const checkSqlite = async (sqlite: SqliteDatabase.Database): Promise<Contents> => {
  const found = sqlite.pragma('integrity_check', { simple: true });
  if (found !== 'ok') throw new Error(`the file is damaged: ${String(found)}`);
  const db = new Kysely<Database>({ dialect: new SqliteDialect({ database: sqlite }) });
  const applied = await appliedMigrations(db);
  const schema = applied.at(-1);
  if (schema === undefined) throw new Error('it is no database of this app');
  const unknown = unknownMigrations(applied, KNOWN_MIGRATIONS);
  if (unknown.length > 0) throw new Error(newerDatabase(unknown));
  return { schema, runs: await count(db), unfinished: await count(db, ['open', 'asking']) };
};
