import { sql } from 'kysely';
import type { Match, Sought, WordIndex } from './search-engine.ts';
import { marksOf, statusMark, technicianMark } from './search-marks.ts';

/** Beside the words, and none that anybody can ask for. */
const mark = (name: string): string => `=${name}`;

/** Words hold letters, digits and symbols only, so nothing inside the quotes means something to a tsquery. */
const query = ({ asked: { words, beginning }, statuses, technicianId }: Sought): string =>
  [
    ...words.map((word) => `'${word}'`),
    ...(beginning === null ? [] : [`'${beginning}':*`]),
    ...(technicianId === null ? [] : [`'${mark(technicianMark(technicianId))}'`]),
    ...(statuses === null ? [] : [`(${statuses.map((status) => `'${mark(statusMark(status))}'`).join(' | ')})`]),
  ].join(' & ');

const together = (...texts: readonly string[]): string => texts.filter((text) => text !== '').join(' ');

/** The words as they are: Postgres's own parser and dictionaries would make others of them. */
const vector = (words: string) => sql`array_to_tsvector(string_to_array(${words}, ' '))`;

/** Full text search of Postgres. The newest tickets come first, as SQLite has them. */
export const createPostgresWords = (): WordIndex => ({
  put: async (db, documents) => {
    if (documents.length === 0) return;
    const rows = documents.map((document) => {
      const { ticketId, subject, about, talk } = document;
      const marks = marksOf(document).map(mark).join(' ');
      const head = together(subject, about);
      const vectors = [subject, head, together(head, talk)].map((words) => vector(together(words, marks)));
      return sql`(cast(${ticketId} as bigint), ${sql.join(vectors)})`;
    });
    await sql`insert into search_words (ticket_id, subject, head, talk) values ${sql.join(rows)}
      on conflict (ticket_id) do update
      set subject = excluded.subject, head = excluded.head, talk = excluded.talk`.execute(db);
  },
  remove: async (db, ticketIds) => {
    for (const id of ticketIds) await sql`delete from search_words where ticket_id = ${id}`.execute(db);
  },
  clear: async (db) => {
    await sql`delete from search_words`.execute(db);
  },
  match: async (db, sought, limit) => {
    const { rows } = await sql<Match>`
      select t.id, t.updated_at from search_words w join search_tickets t on t.id = w.ticket_id
      where w.${sql.ref(sought.tier)} @@ ${query(sought)}::tsquery
      order by w.ticket_id desc limit ${limit}`.execute(db);
    // Whatever the driver makes of a bigint.
    return rows.map(({ id, updated_at }) => ({ id: Number(id), updated_at: Number(updated_at) }));
  },
});
