import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { Database } from '../../../database/schema.ts';
import type { SearchDocument } from './word-index.ts';

/** More than so many are not asked for one by one. */
const MOST_WORDS = 64;

/**
 * Every word that was ever written into the index of Postgres. To find what begins like "boer", that gathers all places of
 * all such words each time it is asked, 5 ms where 100,000 have one; words that are asked for by name it only looks up
 * where the other words of the question are.
 */
export const addWords = async (db: Kysely<Database>, documents: readonly SearchDocument[]): Promise<void> => {
  const words = new Set(documents.flatMap(({ subject, about, talk }) => `${subject} ${about} ${talk}`.split(' ')));
  words.delete('');
  // In one order, so that two that write the same words never wait for each other.
  const text = [...words].sort().join(' ');
  await sql`insert into search_vocabulary (word)
    select word from unnest(string_to_array(${text}, ' ')) word
    where not exists (select from search_vocabulary known where known.word = word.word) on conflict do nothing`.execute(
    db,
  );
};

/** A tsquery: one of the words that begin so, each behind a letter of the index; null: there are none or too many. */
export const wordsThatBegin = (beginning: string, letter: string): RawBuilder<unknown> => sql`(
  select string_agg('''' || ${sql.lit(letter)} || word || '''', '|')::tsquery from (
    select word from search_vocabulary where word >= ${beginning} and word < ${`${beginning}\u{10ffff}`}
    limit ${sql.lit(MOST_WORDS + 1)}
  ) found having count(*) <= ${sql.lit(MOST_WORDS)})`;
