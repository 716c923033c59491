import { resolve } from 'node:path';
import type { Kysely } from 'kysely';
import { isPostgresUrl } from '../config/database-url.ts';
import type { Log } from '../shared/system.ts';
import { problemOfDatabaseFile } from './database-file.ts';
import type { Database } from './schema.ts';
import { openPassing, openSqlite } from './sqlite.ts';

const MEMORY = ':memory:';

const fileOf = (url: string): string => {
  const file = url.replace(/^sqlite:/, '');
  return file === MEMORY ? file : resolve(file);
};

type Options = { readonly log: Log; readonly patienceMs?: number; readonly hurried?: boolean };

/**
 * Opens what DATABASE_URL names, with its schema up to date.
 * @throws AppError no_database; Error in the engine's own words, without the address
 */
export const openDatabase = async (url: string, options: Options): Promise<Kysely<Database>> => {
  if (!isPostgresUrl(url)) {
    const file = fileOf(url);
    return openSqlite(file).catch((error: unknown) => {
      const problem = file === MEMORY ? null : problemOfDatabaseFile(file);
      throw problem ? new Error(`DATABASE_URL: ${problem}.`, { cause: error }) : error;
    });
  }
  // One copy on SQLite starts without its driver.
  const { openPostgres } = await import('./postgres.ts');
  return openPostgres(url, options);
};

/** Where the requests of the last minute are written: when a machine is back after a power cut, they count no more. */
export const openPassingDatabase = (url: string, db: Kysely<Database>): Kysely<Database> =>
  isPostgresUrl(url) || fileOf(url) === MEMORY ? db : openPassing(fileOf(url));
