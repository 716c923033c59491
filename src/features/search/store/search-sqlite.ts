import { sql } from 'kysely';
import { type Asked, type AskedWords, waysToAsk } from '../search-words.ts';
import {
  filterWords,
  type Match,
  type Sought,
  statusWord,
  type Tier,
  technicianWord,
  type WordIndex,
} from './word-index.ts';

/** Words hold letters, digits and symbols only, so nothing inside the quotes means something to FTS5. */
const allOf = ({ words, beginning }: Asked): string =>
  [...words.map((word) => `"${word}"`), ...(beginning === null ? [] : [`"${beginning}"*`])].join(' AND ');

const anyOf = (asked: AskedWords): string =>
  waysToAsk(asked)
    .map((way) => `(${allOf(way)})`)
    .join(' OR ');

/** Where each tier is: the short texts have a table of their own. */
const PLACES: Readonly<Record<Tier, { readonly table: string; readonly columns: string }>> = {
  subject: { table: 'search_heads', columns: 'subject' },
  head: { table: 'search_heads', columns: '{subject about}' },
  talk: { table: 'search_words', columns: 'talk' },
};

const expression = ({ asked, tier, statuses, technicianId }: Sought): string => {
  const filters = [
    ...(technicianId === null ? [] : [`"${technicianWord(technicianId)}"`]),
    ...(statuses === null ? [] : [`(${statuses.map((status) => `"${statusWord(status)}"`).join(' OR ')})`]),
  ];
  const found = `${PLACES[tier].columns} : (${anyOf(asked)})`;
  return filters.length === 0 ? found : `(${found}) AND (marks : (${filters.join(' AND ')}))`;
};

/**
 * FTS5. Its row ids are the tickets' ids, so the newest tickets come first without sorting: a word that is in 80,000 of
 * 100,000 tickets takes under a millisecond, by rank it took over 100.
 */
export const createSqliteWords = (): WordIndex => ({
  put: async (db, documents) => {
    if (documents.length === 0) return;
    const rows = documents.map((document) => ({ ...document, filters: filterWords(document).join(' ') }));
    await sql`insert or replace into search_heads (rowid, subject, about, marks) values ${sql.join(
      rows.map(({ ticketId, subject, about, filters }) => sql`(${ticketId}, ${subject}, ${about}, ${filters})`),
    )}`.execute(db);
    await sql`insert or replace into search_words (rowid, talk, marks) values ${sql.join(
      rows.map(
        ({ ticketId, subject, about, talk, filters }) =>
          sql`(${ticketId}, ${`${subject} ${about} ${talk}`}, ${filters})`,
      ),
    )}`.execute(db);
  },
  remove: async (db, ticketIds) => {
    for (const id of ticketIds) {
      await sql`delete from search_heads where rowid = ${id}`.execute(db);
      await sql`delete from search_words where rowid = ${id}`.execute(db);
    }
  },
  clear: async (db) => {
    await sql`insert into search_heads (search_heads) values ('delete-all')`.execute(db);
    await sql`insert into search_words (search_words) values ('delete-all')`.execute(db);
  },
  match: async (db, sought, limit) => {
    const table = sql.ref(PLACES[sought.tier].table);
    const { rows } = await sql<Match>`select t.id, t.updated_at
      from ${table} w cross join search_tickets t on t.id = w.rowid
      where w.${table} match ${expression(sought)} order by w.rowid desc limit ${limit}`.execute(db);
    return rows;
  },
});
