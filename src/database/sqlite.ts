import { chmodSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import SqliteDatabase from 'better-sqlite3';
import { Kysely, type SqliteDatabase as PreparingDatabase } from 'kysely';
import { LRUCache } from 'lru-cache';
import { halfMade, lookForHalfMade } from './half-made.ts';
import { migrate } from './migrate.ts';
import { LOCKED_MS, PatientSqliteDialect } from './patient-sqlite.ts';
import type { Database } from './schema.ts';
import { failureOfSqlite } from './sqlite-failure.ts';

type Sqlite = InstanceType<typeof SqliteDatabase>;

/** About as many as there are queries; a list of values of another length is another one. */
const MOST_STATEMENTS = 200;

/** Kysely has every query prepared anew, which takes longer than most of them (a tenth of what a card costs). */
const preparedOnce = (sqlite: Sqlite): PreparingDatabase => {
  const kept = new LRUCache<string, ReturnType<PreparingDatabase['prepare']>>({
    max: MOST_STATEMENTS,
    memoMethod: (sql) => sqlite.prepare(sql),
  });
  return {
    prepare: (sql) => kept.memo(sql),
    close: () => {
      kept.clear();
      sqlite.close();
    },
  };
};

const open = (file: string, synchronous: 'FULL' | 'NORMAL'): Sqlite => {
  const sqlite = new SqliteDatabase(file, { timeout: LOCKED_MS });
  sqlite.pragma(`synchronous = ${synchronous}`);
  sqlite.pragma('foreign_keys = ON');
  return sqlite;
};

/** How long a statement waits for another program's lock: a person's trigger in Slack is good for three seconds. */
const PATIENCE_MS = 2_000;
const PASSING_PATIENCE_MS = 100;

const queries = (sqlite: Sqlite, patienceMs: number): Kysely<Database> =>
  new Kysely<Database>({ dialect: new PatientSqliteDialect({ database: preparedOnce(sqlite) }, patienceMs) });

const RETRY_MS = 20;
const OPENING_PATIENCE_MS = 10_000;

/**
 * The file remembers its journal mode, so only the first to open it changes it. SQLite does not wait its timeout for
 * that: of three processes that make a file at the same moment, one in five was told that it is locked.
 */
const writeAhead = async (sqlite: Sqlite): Promise<void> => {
  for (const until = Date.now() + OPENING_PATIENCE_MS; ; ) {
    try {
      sqlite.pragma('journal_mode = WAL');
      return;
    } catch (error) {
      const isBusy = error instanceof SqliteDatabase.SqliteError && error.code.startsWith('SQLITE_BUSY');
      if (!isBusy || Date.now() > until) throw error;
    }
    await sleep(RETRY_MS);
  }
};

/**
 * Opens (and creates) the database file.
 * WAL with synchronous FULL: 0 of 26,188 acknowledged rows were lost in 50 kills, at 4,000 durable inserts a second;
 * NORMAL would be ten times as fast and may lose acknowledged commits with the power.
 * @param file a path, or `:memory:`
 */
export const openSqlite = async (file: string): Promise<Kysely<Database>> => {
  if (file !== ':memory:') mkdirSync(dirname(file), { recursive: true });
  const sqlite = open(file, 'FULL');
  const db = queries(sqlite, PATIENCE_MS);
  try {
    if (file !== ':memory:') chmodSync(file, 0o600);
    await writeAhead(sqlite);
    await migrate(db).catch(async (error: unknown) => {
      const kept = await lookForHalfMade(sqlite);
      throw kept ? new Error(halfMade(file, kept), { cause: error }) : error;
    });
    return db;
  } catch (error) {
    await db.destroy();
    throw failureOfSqlite(error);
  }
};

/**
 * A second connection to a file that is open, for rows that the app can do without: a commit does not wait for the disk
 * (3 ms when that is busy), and hardly for a lock. They survive the process, not a power cut.
 */
export const openPassing = (file: string): Kysely<Database> => queries(open(file, 'NORMAL'), PASSING_PATIENCE_MS);
