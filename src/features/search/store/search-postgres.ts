import { type RawBuilder, sql } from 'kysely';
import { blocksBetween } from './search-blocks.ts';
import { lexemesOf, PLACES, queryOf, WORD_TABLES } from './search-lexemes.ts';
import { addWords } from './search-vocabulary.ts';
import type { Match, Sought, WordIndex } from './word-index.ts';

export type Reach = {
  /** So many of the newest tickets are read through, whatever is asked for: 1 ms. */
  readonly newest: number;
  /** Fewer hits among those: it is quicker to look at all than to find out how far back enough are. */
  readonly telling: number;
};

const REACH: Reach = { newest: 2_000, telling: 25 };

/**
 * The index says which tickets have the words, in no order, and the row of each must be read for its id: 100 ms for a
 * common word. So the newest tickets are read through first; how many of them fit says how far back the index must be
 * asked; and what is rare is asked for everywhere. A part that is not needed is not carried out.
 */
const matching = (sought: Sought, limit: number, reach: Reach) => {
  const table = sql.table(PLACES[sought.tier].table);
  const { whole, byName } = queryOf(sought);
  const [most, newest] = [sql.lit(limit), sql.lit(reach.newest)];
  // Adding nothing keeps the planner from the index of ids: it would go through far more of them than it thinks.
  const part = (query: RawBuilder<unknown>, ids: RawBuilder<unknown>) => sql`materialized (
    select ticket_id, updated_at from ${table} where words @@ ${query} and ${ids} order by ticket_id desc limit ${most})`;
  return sql<Match>`
    with newest as materialized (
      select ticket_id, updated_at, words @@ ${whole} as fits from ${table} order by ticket_id desc limit ${newest}
    ), span as materialized (
      select min(ticket_id) as low, max(ticket_id) as high, count(*) filter (where fits) as hits from newest
      having count(*) = ${newest}
    ), further as materialized (
      select low, high, blocks from (
        select low - (high - low) * ${most} * 3 / 2 / hits as low, low - 1 as high from span
        where hits >= ${sql.lit(reach.telling)} and hits < ${most}
      ) ids, lateral ${blocksBetween(sql`low`, sql`high`)} found (blocks) where blocks is not null
    ), far as ${part(
      sql`(${byName} && (select blocks from further))`,
      sql`ticket_id + 0 between (select low from further) and (select high from further)`,
    )}, before as materialized (
      select coalesce((select low from further), low) as id from span
      where hits + (select count(*) from far) < ${most}
    ), rest as ${part(byName, sql`exists (select from before) and ticket_id + 0 < (select id from before)`)}
    select ticket_id as id, updated_at from (
      select ticket_id, updated_at from newest where fits
      union all select * from far union all select * from rest
    ) found order by ticket_id desc limit ${most}`;
};

/** Full text search of Postgres. The newest tickets come first, as SQLite has them. */
export const createPostgresWords = (reach: Reach = REACH): WordIndex => ({
  put: async (db, documents) => {
    if (documents.length === 0) return;
    await addWords(db, documents);
    for (const table of WORD_TABLES) {
      // The words as they are: Postgres's own parser and dictionaries would make others of them.
      const rows = documents.map(
        (document) => sql`(cast(${document.ticketId} as bigint), cast(${document.updatedAt} as bigint),
          array_to_tsvector(string_to_array(${lexemesOf(table, document)}, ' ')))`,
      );
      await sql`insert into ${sql.table(table)} (ticket_id, updated_at, words) values ${sql.join(rows)}
        on conflict (ticket_id) do update set updated_at = excluded.updated_at, words = excluded.words`.execute(db);
    }
  },
  remove: async (db, ticketIds) => {
    for (const id of ticketIds)
      for (const table of WORD_TABLES) await sql`delete from ${sql.table(table)} where ticket_id = ${id}`.execute(db);
  },
  clear: async (db) => {
    for (const table of ['search_vocabulary', ...WORD_TABLES]) await sql`delete from ${sql.table(table)}`.execute(db);
  },
  match: async (db, sought, limit) => {
    const { rows } = await matching(sought, limit, reach).execute(db);
    // Whatever the driver makes of a bigint.
    return rows.map(({ id, updated_at }) => ({ id: Number(id), updated_at: Number(updated_at) }));
  },
});
