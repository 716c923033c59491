import { resolve } from 'node:path';
import type { Kysely } from 'kysely';
import type { Log } from './app/ports.ts';
import { isPostgresUrl } from './database-url.ts';
import { openPostgres } from './store/postgres.ts';
import type { Database } from './store/schema.ts';
import { openSqlite } from './store/sqlite.ts';

type Options = { readonly log: Log; readonly patienceMs?: number };

/**
 * Opens what DATABASE_URL names, with its schema up to date.
 * @throws AppError no_database; Error in the engine's own words, without the address
 */
export const openDatabase = (url: string, options: Options): Promise<Kysely<Database>> => {
  if (isPostgresUrl(url)) return openPostgres(url, options);
  const file = url.replace(/^sqlite:/, '');
  return openSqlite(file === ':memory:' ? file : resolve(file));
};
