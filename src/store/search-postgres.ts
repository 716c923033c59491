import { type RawBuilder, sql } from 'kysely';
import { blocksBetween, blocksOf } from './search-blocks.ts';
import type { Match, SearchDocument, Sought, Tier, WordIndex } from './search-engine.ts';
import { marksOf, statusMark, technicianMark } from './search-marks.ts';
import { addWords, wordsThatBegin } from './search-vocabulary.ts';

/** Beside the words, and none that anybody can ask for: words hold letters, digits and symbols only. */
const mark = (name: string): string => `=${name}`;

/** Where each tier is: the short texts have a table of their own, in which a letter says where a word stands. */
const PLACES: Readonly<Record<Tier, { readonly table: string; readonly letter: string }>> = {
  subject: { table: 'search_heads', letter: 's' },
  head: { table: 'search_heads', letter: 'h' },
  talk: { table: 'search_words', letter: '' },
};

/** In the short texts these are words: to gather everything that begins with two letters took 5 ms. */
const BEGINNINGS = [2, 3];

const shortTexts = (letter: string, words: string): readonly string[] =>
  words.split(' ').flatMap((word) => {
    const letters = [...word];
    return [letter + word, ...BEGINNINGS.map((length) => `${letter}+${letters.slice(0, length).join('')}`)];
  });

/** True: it is a word by itself there. */
const isWord = (beginning: string, letter: string): boolean =>
  letter !== '' && BEGINNINGS.includes([...beginning].length);

/** What is asked for, but for a beginning that is none of the words. Nothing inside the quotes means something to a tsquery. */
const wordsAsked = ({ asked, tier, statuses, technicianId }: Sought): readonly string[] => {
  const { letter } = PLACES[tier];
  const { words, beginning } = asked;
  return [
    ...words.map((word) => `'${letter}${word}'`),
    ...(beginning !== null && isWord(beginning, letter) ? [`'${letter}+${beginning}'`] : []),
    ...(technicianId === null ? [] : [`'${mark(technicianMark(technicianId))}'`]),
    ...(statuses === null ? [] : [`(${statuses.map((status) => `'${mark(statusMark(status))}'`).join(' | ')})`]),
  ];
};

/** As each row is compared, and as the index is asked. */
const queries = (sought: Sought) => {
  const { letter } = PLACES[sought.tier];
  const { beginning } = sought.asked;
  const words = wordsAsked(sought).join(' & ');
  if (beginning === null || isWord(beginning, letter))
    return { plain: sql`${words}::tsquery`, byName: sql`${words}::tsquery` };
  const begins = `'${letter}${beginning}':*`;
  const all = words === '' ? sql`''::tsquery` : sql`${words}::tsquery`;
  return {
    plain: sql`${[...(words === '' ? [] : [words]), begins].join(' & ')}::tsquery`,
    byName: sql`(select ${all} && coalesce(${wordsThatBegin(beginning, letter)}, ${begins}::tsquery))`,
  };
};

const together = (...texts: readonly string[]): string => texts.filter((text) => text !== '').join(' ');

/** The words as they are: Postgres's own parser and dictionaries would make others of them. */
const rowOf = (document: SearchDocument, words: string): RawBuilder<unknown> => {
  const all = together(words, ...marksOf(document).map(mark), ...blocksOf(document.ticketId));
  return sql`(cast(${document.ticketId} as bigint), cast(${document.updatedAt} as bigint),
    array_to_tsvector(string_to_array(${all}, ' ')))`;
};

const ROWS: Readonly<Record<string, (document: SearchDocument) => RawBuilder<unknown>>> = {
  search_heads: (document) => {
    const { subject, about } = document;
    return rowOf(document, together(...shortTexts('s', subject), ...shortTexts('h', together(subject, about))));
  },
  search_words: (document) => rowOf(document, together(document.subject, document.about, document.talk)),
};

/** So many of the newest tickets are read through, whatever is asked for: 1 ms. */
const NEWEST = 2_000;
/** Fewer hits among those: it is quicker to look at all than to find out how far back enough are. */
const TELLING = 25;

/**
 * The index says which tickets have the words, in no order, and the row of each must be read for its id: 100 ms for a
 * common word. So the newest tickets are read through first; how many of them fit says how far back the index must be
 * asked; and what is rare is asked for everywhere. A part that is not needed is not carried out.
 */
export const matching = (sought: Sought, limit: number) => {
  const table = sql.table(PLACES[sought.tier].table);
  const { plain, byName } = queries(sought);
  const most = sql.lit(limit);
  // The planner must not take the index of ids instead: it would go through far more of them than it thinks.
  const part = (words: RawBuilder<unknown>, ids: RawBuilder<unknown>) => sql`materialized (
    select ticket_id, updated_at from ${table} where words @@ ${words} and ${ids} order by ticket_id desc limit ${most})`;
  return sql<Match>`
    with newest as materialized (
      select ticket_id, updated_at, words @@ ${plain} as fits from ${table}
      order by ticket_id desc limit ${sql.lit(NEWEST)}
    ), span as materialized (
      select min(ticket_id) as low, max(ticket_id) as high, count(*) filter (where fits) as hits from newest
      having count(*) = ${sql.lit(NEWEST)}
    ), further as materialized (
      select low, high, blocks from (
        select low - (high - low) * ${most} * 3 / 2 / hits as low, low - 1 as high from span
        where hits >= ${sql.lit(TELLING)} and hits < ${most}
      ) ids, lateral ${blocksBetween(sql`low`, sql`high`)} found (blocks) where blocks is not null
    ), far as ${part(
      sql`(${byName} && (select blocks from further))`,
      sql`ticket_id + 0 between (select low from further) and (select high from further)`,
    )}, left_over as materialized (
      select coalesce((select low from further), low) as low from span
      where hits + (select count(*) from far) < ${most}
    ), rest as ${part(byName, sql`exists (select from left_over) and ticket_id + 0 < (select low from left_over)`)}
    select ticket_id as id, updated_at from (
      select ticket_id, updated_at from newest where fits
      union all select * from far union all select * from rest
    ) found order by ticket_id desc limit ${most}`;
};

/** Full text search of Postgres. The newest tickets come first, as SQLite has them. */
export const createPostgresWords = (): WordIndex => ({
  put: async (db, documents) => {
    if (documents.length === 0) return;
    await addWords(db, documents);
    for (const [table, row] of Object.entries(ROWS))
      await sql`insert into ${sql.table(table)} (ticket_id, updated_at, words) values ${sql.join(documents.map(row))}
        on conflict (ticket_id) do update set updated_at = excluded.updated_at, words = excluded.words`.execute(db);
  },
  remove: async (db, ticketIds) => {
    for (const id of ticketIds)
      for (const table of Object.keys(ROWS))
        await sql`delete from ${sql.table(table)} where ticket_id = ${id}`.execute(db);
  },
  clear: async (db) => {
    await sql`delete from search_vocabulary`.execute(db);
    for (const table of Object.keys(ROWS)) await sql`delete from ${sql.table(table)}`.execute(db);
  },
  match: async (db, sought, limit) => {
    const { rows } = await matching(sought, limit).execute(db);
    // Whatever the driver makes of a bigint.
    return rows.map(({ id, updated_at }) => ({ id: Number(id), updated_at: Number(updated_at) }));
  },
});
