import { setTimeout as sleep } from 'node:timers/promises';
import SqliteDatabase from 'better-sqlite3';
import { type DatabaseConnection, type Driver, SqliteDialect } from 'kysely';
import { AppError } from '../errors.ts';

/**
 * SQLite waits for a lock without letting go of the process: for so long nobody is heard, so it is short.
 * A colleague's transaction of this app takes a few milliseconds.
 */
export const LOCKED_MS = 25;
/** Between two tries the process does other things. */
const RETRY_MS = 50;
const PATIENCE_MS = 5_000;

const isLocked = (error: unknown): boolean =>
  error instanceof SqliteDatabase.SqliteError && error.code.startsWith('SQLITE_BUSY');

const untilUnlocked = async <T>(work: () => Promise<T>): Promise<T> => {
  for (const until = performance.now() + PATIENCE_MS; ; ) {
    try {
      return await work();
    } catch (error) {
      if (!isLocked(error)) throw error;
      // A statement that met a lock did nothing at all.
      if (performance.now() > until)
        throw new AppError('no_database', 'The database is locked by another program.', {
          retryable: true,
          cause: error,
        });
    }
    await sleep(RETRY_MS);
  }
};

/** A database that somebody else has locked is tried again, without holding the process meanwhile. */
export class PatientSqliteDialect extends SqliteDialect {
  override createDriver(): Driver {
    const driver = super.createDriver();
    const acquire = driver.acquireConnection.bind(driver);
    const known = new WeakSet<DatabaseConnection>();
    driver.acquireConnection = async () => {
      const connection = await acquire();
      if (known.has(connection)) return connection;
      known.add(connection);
      const execute = connection.executeQuery.bind(connection);
      connection.executeQuery = (query, options) => untilUnlocked(() => execute(query, options));
      return connection;
    };
    return driver;
  }
}
