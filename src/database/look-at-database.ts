import { existsSync } from 'node:fs';
import SqliteDatabase from 'better-sqlite3';
import { Kysely, PostgresDialect, SqliteDialect, sql } from 'kysely';
import { sqliteFile } from '../config/database-url.ts';
import type { Log } from '../shared/system.ts';
import { halfMade, lookForHalfMade } from './half-made.ts';
import { appliedMigrations, KNOWN_MIGRATIONS, unknownMigrations } from './migrate.ts';
import { createPostgresPool, type PoolOptions } from './postgres-pool.ts';
import type { Database } from './schema.ts';

/** How the schema of a database stands to this version of the app. */
export type SchemaState =
  | { readonly is: 'new' }
  | { readonly is: 'current' | 'behind'; readonly last: string }
  | { readonly is: 'newer'; readonly unknown: readonly string[] }
  | { readonly is: 'half-made'; readonly words: string };

const stateOf = (applied: readonly string[]): SchemaState => {
  const last = applied.at(-1);
  const unknown = unknownMigrations(applied);
  if (unknown.length > 0) return { is: 'newer', unknown };
  if (last === undefined) return { is: 'new' };
  return { is: applied.length < KNOWN_MIGRATIONS.length ? 'behind' : 'current', last };
};

/** Looks at a file without making or changing anything. @throws Error in the engine's words */
export const lookAtSqlite = async (file: string): Promise<SchemaState> => {
  if (!existsSync(file)) return { is: 'new' };
  const sqlite = new SqliteDatabase(file, { readonly: true, fileMustExist: true });
  try {
    const found = sqlite.pragma('quick_check', { simple: true });
    if (found !== 'ok') throw new Error(`the file is damaged (${String(found)}): restore the last backup`);
    const db = new Kysely<Database>({ dialect: new SqliteDialect({ database: sqlite }) });
    const state = stateOf(await appliedMigrations(db));
    const kept = state.is === 'new' || state.is === 'behind' ? await lookForHalfMade(sqlite) : null;
    return kept ? { is: 'half-made', words: halfMade(file, kept) } : state;
  } finally {
    sqlite.close();
  }
};

/** @throws AppError no_database, Error in the server's words */
export const lookAtPostgres = async (url: string, options: PoolOptions): Promise<SchemaState> => {
  const db = new Kysely<Database>({ dialect: new PostgresDialect({ pool: createPostgresPool(url, options) }) });
  try {
    const { rows } = await sql<{ schema: string }>`select current_schema() as schema`.execute(db);
    return stateOf(await appliedMigrations(db, rows[0]?.schema));
  } finally {
    await db.destroy();
  }
};

/** For a command, whom nobody's click waits for. */
export const lookAtDatabase = (url: string, log: Log): Promise<SchemaState> => {
  const file = sqliteFile(url);
  return file === null ? lookAtPostgres(url, { log, hurried: false }) : lookAtSqlite(file);
};
