import SqliteDatabase from 'better-sqlite3';
import { Kysely, PostgresDialect, SqliteDialect } from 'kysely';
import { nameOfDatabase, sqliteFile } from '../config/database-url.ts';
import type { Log } from '../shared/system.ts';
import { lookAtDatabase } from './look-at-database.ts';
import { newerDatabase } from './migrate.ts';
import { createPostgresPool } from './postgres-pool.ts';
import type { Database } from './schema.ts';

type Options = { readonly log: Log; readonly readonly?: boolean };

/**
 * Opens a database that is there, with the schema that it has: nothing is made, nothing migrated.
 * @throws Error in words, AppError no_database
 */
export const openExisting = async (url: string, { log, readonly = false }: Options): Promise<Kysely<Database>> => {
  // Nobody's click waits for it.
  const unhurried = { log, hurried: false };
  const file = sqliteFile(url);
  const state = await lookAtDatabase(url, log);
  if (state.is === 'new') throw new Error(`there is no database of this app: ${nameOfDatabase(url)}`);
  if (state.is === 'newer') throw new Error(newerDatabase(state.unknown));
  if (file === null) return new Kysely({ dialect: new PostgresDialect({ pool: createPostgresPool(url, unhurried) }) });
  const sqlite = new SqliteDatabase(file, { readonly, fileMustExist: true });
  if (!readonly) sqlite.pragma('synchronous = FULL');
  return new Kysely({ dialect: new SqliteDialect({ database: sqlite }) });
};
