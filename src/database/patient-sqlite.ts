import { setTimeout as sleep } from 'node:timers/promises';
import SqliteDatabase from 'better-sqlite3';
import {
  type DatabaseConnection,
  type DialectAdapter,
  type Driver,
  SqliteAdapter,
  SqliteDialect,
  type SqliteDialectConfig,
} from 'kysely';
import { AppError } from '../shared/errors.ts';
import { failureOfSqlite } from './sqlite-failure.ts';

/**
 * SQLite waits for a lock without letting go of the process: for so long nobody is heard, so it is short.
 * A colleague's transaction of this app takes a few milliseconds.
 */
export const LOCKED_MS = 25;
/** Between two tries the process does other things. */
const RETRY_MS = 50;

const isLocked = (error: unknown): boolean =>
  error instanceof SqliteDatabase.SqliteError && error.code.startsWith('SQLITE_BUSY');

/** A statement that met a lock did nothing at all. */
const attempt = async <T>(work: () => Promise<T>): Promise<{ readonly value: T } | { readonly locked: unknown }> => {
  try {
    return { value: await work() };
  } catch (error) {
    if (!isLocked(error)) throw failureOfSqlite(error);
    return { locked: error };
  }
};

const untilUnlocked = async <T>(work: () => Promise<T>, until: number): Promise<T> => {
  for (;;) {
    const tried = await attempt(work);
    if ('value' in tried) return tried.value;
    if (performance.now() > until)
      throw new AppError('no_database', 'The database is locked by another program.', {
        retryable: true,
        cause: tried.locked,
      });
    await sleep(RETRY_MS);
  }
};

/** Only one of those that wait tries again: each try holds the process. Nobody waits longer for those before. */
const createPatience = (patienceMs: number) => {
  let last: Promise<unknown> = Promise.resolve();
  return async <T>(work: () => Promise<T>): Promise<T> => {
    const until = performance.now() + patienceMs;
    const tried = await attempt(work);
    if ('value' in tried) return tried.value;
    const mine = last.then(() => untilUnlocked(work, until));
    last = mine.catch(() => undefined);
    return mine;
  };
};

/**
 * Kysely would lend its one connection to one statement at a time, and a write that waits for a lock would keep what
 * only reads waiting, which no lock concerns. Each statement is a whole by itself here, done in one go.
 */
class SharedSqliteAdapter extends SqliteAdapter {
  override get supportsMultipleConnections(): boolean {
    return true;
  }
}

/** A database that somebody else has locked is tried again, without holding the process or those who read meanwhile. */
export class PatientSqliteDialect extends SqliteDialect {
  readonly #patienceMs: number;

  constructor(config: SqliteDialectConfig, patienceMs: number) {
    super(config);
    this.#patienceMs = patienceMs;
  }

  override createAdapter(): DialectAdapter {
    return new SharedSqliteAdapter();
  }

  override createDriver(): Driver {
    const driver = super.createDriver();
    const acquire = driver.acquireConnection.bind(driver);
    const known = new WeakSet<DatabaseConnection>();
    const patiently = createPatience(this.#patienceMs);
    driver.acquireConnection = async () => {
      const connection = await acquire();
      if (known.has(connection)) return connection;
      known.add(connection);
      const execute = connection.executeQuery.bind(connection);
      connection.executeQuery = (query, options) => patiently(() => execute(query, options));
      return connection;
    };
    // What others do meanwhile would be part of it.
    driver.beginTransaction = () => Promise.reject(new Error('One connection for everybody has no transactions'));
    return driver;
  }
}
