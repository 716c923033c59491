import { nameOfDatabase, sqliteFile } from '../config/database-url.ts';
import { problemOfDatabaseFile } from '../database/database-file.ts';
import { lookAtPostgres, lookAtSqlite, type SchemaState } from '../database/look-at-database.ts';
import { newerDatabase } from '../database/migrate.ts';
import { isAppError } from '../shared/errors.ts';
import type { Log } from '../shared/system.ts';
import { type Finding, findingsOn } from './examine.ts';

const problemOf = (error: unknown): string => {
  if (isAppError(error)) return error.message;
  const code = error instanceof Error && 'code' in error ? String(error.code) : null;
  if (code?.startsWith('SQLITE') || code?.startsWith('E'))
    return `can't be opened (${code}): check the folder, its owner and the space that is left`;
  return `can't be used: ${error instanceof Error ? error.message : 'unknown reason'}`;
};

const wordsOf = (state: SchemaState): readonly [Finding['state'], string] => {
  switch (state.is) {
    case 'new':
      return ['ok', 'is not there yet: the first start makes it'];
    case 'current':
      return ['ok', `opens; schema ${state.last}`];
    case 'behind':
      return ['warning', `schema ${state.last}: the next start of this version changes it, so make a backup before`];
    case 'newer':
      return ['failed', newerDatabase(state.unknown)];
    case 'half-made':
      return ['failed', state.words];
  }
};

/**
 * What there is to say about the database, which is neither made nor changed by it.
 * @returns `usable`: it may be opened, for this version made its schema
 */
export const examineDatabase = async (
  url: string,
  log: Log,
): Promise<{ readonly finding: Finding; readonly usable: boolean }> => {
  const of = findingsOn('Database');
  const name = nameOfDatabase(url);
  const file = sqliteFile(url);
  try {
    const problem = file === null ? null : problemOfDatabaseFile(file);
    if (problem) return { finding: of(name, 'failed', `DATABASE_URL: ${problem}`), usable: false };
    const state = await (file === null ? lookAtPostgres(url, { log }) : lookAtSqlite(file));
    return { finding: of(name, ...wordsOf(state)), usable: state.is === 'current' };
  } catch (error) {
    return { finding: of(name, 'failed', problemOf(error)), usable: false };
  }
};
