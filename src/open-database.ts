import type { Kysely } from 'kysely';
import { sqliteFile } from './database-url.ts';
import type { Database } from './store/schema.ts';
import { openSqlite } from './store/sqlite.ts';

/** The database of an address, with its schema up to date. @throws Error when there is no such engine */
export const openDatabase = async (url: string): Promise<Kysely<Database>> => {
  const file = sqliteFile(url);
  if (file === null) throw new Error('only sqlite: is known');
  return openSqlite(file);
};
