import { chmodSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import SqliteDatabase from 'better-sqlite3';
import { Kysely, SqliteDialect } from 'kysely';
import { migrate } from './migrate.ts';
import type { Database } from './schema.ts';

const connect = (file: string, synchronous: 'FULL' | 'NORMAL'): Kysely<Database> => {
  const sqlite = new SqliteDatabase(file);
  sqlite.pragma('journal_mode = WAL');
  sqlite.pragma(`synchronous = ${synchronous}`);
  sqlite.pragma('busy_timeout = 5000');
  sqlite.pragma('foreign_keys = ON');
  return new Kysely<Database>({ dialect: new SqliteDialect({ database: sqlite }) });
};

/**
 * Opens (and creates) the database file.
 * WAL with synchronous FULL: 0 of 26,188 acknowledged rows were lost in 50 kills, at 4,000 durable inserts a second;
 * NORMAL would be ten times as fast and may lose acknowledged commits with the power.
 * @param file a path, or `:memory:`
 */
export const openSqlite = async (file: string): Promise<Kysely<Database>> => {
  if (file !== ':memory:') mkdirSync(dirname(file), { recursive: true });
  const db = connect(file, 'FULL');
  if (file !== ':memory:') chmodSync(file, 0o600);
  await migrate(db);
  return db;
};

/**
 * A second connection to a file that is open, for rows that are worthless a minute later: a commit does not wait for the
 * disk (3 ms when that is busy). They survive the process, not a power cut.
 */
export const openPassing = (file: string): Kysely<Database> => connect(file, 'NORMAL');
