import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { Migration } from 'kysely/migration';
import { isPostgres } from '../engine.ts';

type Part = RawBuilder<unknown>;

/** What this makes of each of the words that are in a column. */
const eachOf = (column: string, lexemes: Part): Part => sql`(
  select array_agg(lexeme) from unnest(tsvector_to_array(${sql.ref(`w.${column}`)})) word, unnest(array[${lexemes}]) lexeme
  where word not like '=%')`;

const shortTexts = (column: string, letter: string): Part => {
  const [at, begins] = [sql.lit(letter), sql.lit(`${letter}+`)];
  return eachOf(column, sql`${at} || word, ${begins} || left(word, 2), ${begins} || left(word, 3)`);
};

const MARKS = sql`(select array_agg(word) from unnest(tsvector_to_array(w.head)) word where word like '=%')`;

const BLOCKS = sql`(
  select array_agg('#' || bits || '.' || to_hex(w.ticket_id >> bits)) from unnest(array[8, 12, 16, 20, 24, 28]) bits)`;

const make = async (db: Kysely<unknown>, table: string, words: Part): Promise<void> => {
  await sql`create table ${sql.table(table)} (
    ticket_id bigint primary key, updated_at bigint not null, words tsvector not null)`.execute(db);
  await sql`insert into ${sql.table(table)}
    select w.ticket_id, t.updated_at, array_to_tsvector(${words} || ${MARKS} || ${BLOCKS})
    from search_words_before w join search_tickets t on t.id = w.ticket_id order by w.ticket_id`.execute(db);
  // No list of what is not in its place yet: each search would read through it, and whoever fills it up would wait until
  // it is emptied (0.7 s).
  await sql`create index ${sql.raw(`${table}_words`)} on ${sql.table(table)}
    using gin (words) with (fastupdate = off)`.execute(db);
};

/** For search-postgres.ts, made of the words that are there; SQLite's tables stay as they are. */
const up = async (db: Kysely<unknown>): Promise<void> => {
  if (!isPostgres(db as unknown as Kysely<never>)) return;
  await sql`alter table search_words rename to search_words_before`.execute(db);
  await sql`alter index search_words_pkey rename to search_words_before_pkey`.execute(db);
  await make(db, 'search_heads', sql`${shortTexts('subject', 's')} || ${shortTexts('head', 'h')}`);
  await make(db, 'search_words', eachOf('talk', sql`word`));
  await sql`create table search_vocabulary (word text collate "C" primary key)`.execute(db);
  await sql`insert into search_vocabulary
    select word from ts_stat('select talk from search_words_before') where word not like '=%'`.execute(db);
  await sql`drop table search_words_before`.execute(db);
};

/** Short texts and long ones apart: a row of the short ones is a third as long; and in both, where a ticket stands. */
export const quickWords: Migration = { up };
