import { sql } from 'kysely';
import type { AskedWords } from '../domain/search-words.ts';
import type { Match, WordIndex } from './search-engine.ts';

/** Words hold letters, digits and symbols only, so nothing inside the quotes means something to a tsquery. */
const allOf = ({ words, beginning }: AskedWords): string =>
  [...words.map((word) => `'${word}'`), ...(beginning === null ? [] : [`'${beginning}':*`])].join(' & ');

const together = (...texts: readonly string[]): string => texts.filter((text) => text !== '').join(' ');

/** The words as they are: Postgres's own parser and dictionaries would make others of them. */
const vector = (words: string) => sql`array_to_tsvector(string_to_array(${words}, ' '))`;

/** Full text search of Postgres. The newest tickets come first, as SQLite has them. */
export const createPostgresWords = (): WordIndex => ({
  put: async (db, documents) => {
    for (const { ticketId, subject, about, talk } of documents) {
      const head = together(subject, about);
      await sql`insert into search_words (ticket_id, subject, head, talk)
        values (${ticketId}, ${vector(subject)}, ${vector(head)}, ${vector(together(head, talk))})
        on conflict (ticket_id) do update
        set subject = excluded.subject, head = excluded.head, talk = excluded.talk`.execute(db);
    }
  },
  remove: async (db, ticketIds) => {
    for (const id of ticketIds) await sql`delete from search_words where ticket_id = ${id}`.execute(db);
  },
  clear: async (db) => {
    await sql`delete from search_words`.execute(db);
  },
  match: async (db, { asked, tier, without, technicianId }, limit) => {
    const { rows } = await sql<Match>`
      select t.id, t.updated_at from search_words w join search_tickets t on t.id = w.ticket_id
      where w.${sql.ref(tier)} @@ ${allOf(asked)}::tsquery
      ${technicianId === null ? sql`` : sql`and t.technician_id = ${technicianId}`}
      ${without.length === 0 ? sql`` : sql`and t.status not in (${sql.join([...without])})`}
      order by w.ticket_id desc limit ${limit}`.execute(db);
    // Whatever the driver makes of a bigint.
    return rows.map(({ id, updated_at }) => ({ id: Number(id), updated_at: Number(updated_at) }));
  },
});
