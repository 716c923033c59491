import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';
import { isPostgres } from '../engine.ts';
import type { Database } from '../schema.ts';

/**
 * For search-postgres.ts. Beside search_tickets, not a column of it: Postgres enters a row that is written again into all
 * of its indexes, so to mark 50 tickets as seen in a list took 40 ms instead of 1.5.
 */
const postgresWords = async (db: Kysely<unknown>): Promise<void> => {
  for (const table of ['search_heads', 'search_words', 'search_vocabulary'])
    await sql`drop table if exists ${sql.table(table)}`.execute(db);
  await sql`create table search_words (
    ticket_id bigint primary key, updated_at bigint not null, words tsvector not null)`.execute(db);
  // No list of what is not in its place yet: each search would read through it, and whoever fills it up would wait until
  // it is emptied (0.7 s).
  await sql`create index search_words_words on search_words using gin (words) with (fastupdate = off)`.execute(db);
};

/** Has the mirror make the words of every ticket anew from the copy. */
export const askForWords = async (db: Kysely<Database>): Promise<void> => {
  for (const { name, body } of await db.selectFrom('search_progress').select(['name', 'body']).execute())
    await db
      .updateTable('search_progress')
      .set({ body: JSON.stringify({ ...JSON.parse(body ?? '{}'), wordsTo: 0 }) })
      .where('name', '=', name)
      .execute();
};

/** One table of words in Postgres; and on both engines they are made anew. */
const up = async (db: Kysely<unknown>): Promise<void> => {
  if (isPostgres(db)) await postgresWords(db);
  await askForWords(db as unknown as Kysely<Database>);
};

export const wordsAnew: Migration = { up };
