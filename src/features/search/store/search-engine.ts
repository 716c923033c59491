import type { Kysely } from 'kysely';
import { isPostgres } from '../../../database/engine.ts';
import type { Database } from '../../../database/schema.ts';
import { createPostgresWords } from './search-postgres.ts';
import { createSqliteWords } from './search-sqlite.ts';
import type { WordIndex } from './word-index.ts';

/** The one place of the index that asks which engine it is, with the migration that made its tables. */
export const wordIndexFor = (db: Kysely<Database>): WordIndex =>
  isPostgres(db as unknown as Kysely<never>) ? createPostgresWords() : createSqliteWords();
