import { nameOfDatabase, sqliteFile } from '../config/database-url.ts';
import { readStorage } from '../database/backup/storage.ts';
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
    return `can't be opened (${code}): check the folder, its owner and the free space`;
  return `can't be used: ${error instanceof Error ? error.message : 'unknown reason'}`;
};

const wordsOf = (state: SchemaState): readonly [Finding['state'], string] => {
  switch (state.is) {
    case 'new':
      return ['ok', 'does not exist yet: the first start creates it'];
    case 'current':
      return ['ok', `opens; schema ${state.last}`];
    case 'behind':
      return ['warning', `schema ${state.last}: this version changes it on its next start, so make a backup first`];
    case 'newer':
      return ['failed', newerDatabase(state.unknown)];
    case 'half-made':
      return ['failed', state.words];
  }
};

type ExaminedDatabase = {
  readonly finding: Finding;
  /** It may be opened, for this version made its schema. */
  readonly usable: boolean;
  /** It may hold what nobody looks at: it is there and can't be opened, or not without changing it. */
  readonly unread: boolean;
};

/** What there is to say about the database, which is neither made nor changed by it. */
export const examineDatabase = async (url: string, log: Log): Promise<ExaminedDatabase> => {
  const of = findingsOn('Database');
  const name = nameOfDatabase(url);
  const file = sqliteFile(url);
  const failed = (words: string) => ({ finding: of(name, 'failed', words), usable: false, unread: true });
  try {
    const problem = file === null ? null : problemOfDatabaseFile(file);
    if (problem) return failed(`DATABASE_URL: ${problem}`);
    const state = await (file === null ? lookAtPostgres(url, { log }) : lookAtSqlite(file));
    const usable = state.is === 'current';
    // It opens all the same, and nothing can be confirmed.
    if (file !== null && state.is !== 'new' && (await readStorage(file)).freeBytes === 0)
      return { finding: of(name, 'failed', 'its disk is full: make room'), usable, unread: !usable };
    return { finding: of(name, ...wordsOf(state)), usable, unread: !usable && state.is !== 'new' };
  } catch (error) {
    return failed(problemOf(error));
  }
};
