import { sql } from 'kysely';
import { type Asked, waysToAsk } from '../search-words.ts';
import {
  filterWords,
  type Match,
  type SearchDocument,
  type Sought,
  statusWord,
  TIERS,
  type Tier,
  technicianWord,
  type WordIndex,
} from './word-index.ts';

/**
 * Before each word, for where it stands. The weights of a tsvector would say it too, but only in the row, which would be
 * read for each hit.
 */
const PREFIXES: Readonly<Record<Tier, string>> = { subject: 's', head: 'h', talk: 't' };

/** What nobody can ask for as a word. */
const asFilter = (word: string): string => `=${word}`;

/** The words as they are: Postgres's own parser and dictionaries would make others of them. */
const vectorOf = (document: SearchDocument) => {
  const { subject, about, talk } = document;
  const texts = { subject, head: `${subject} ${about}`, talk: `${subject} ${about} ${talk}` };
  const words = TIERS.flatMap((tier) => (texts[tier].match(/[^ ]+/g) ?? []).map((word) => PREFIXES[tier] + word));
  return sql`array_to_tsvector(${[...words, ...filterWords(document).map(asFilter)]}::text[])`;
};

/** Words hold letters, digits and symbols only, so nothing inside the quotes means something to a tsquery. */
const allOf = (prefix: string, { words, beginning }: Asked): string =>
  [...words.map((word) => `'${prefix}${word}'`), ...(beginning === null ? [] : [`'${prefix}${beginning}':*`])].join(
    ' & ',
  );

const anyOf = (ways: readonly string[]): string => `(${ways.join(' | ')})`;

const queryOf = ({ asked, tier, statuses, technicianId }: Sought): string =>
  [
    anyOf(waysToAsk(asked).map((way) => `(${allOf(PREFIXES[tier], way)})`)),
    ...(technicianId === null ? [] : [`'${asFilter(technicianWord(technicianId))}'`]),
    ...(statuses === null ? [] : [anyOf(statuses.map((status) => `'${asFilter(statusWord(status))}'`))]),
  ].join(' & ');

/**
 * Full text search of Postgres. By its statistics of the words it decides whether it asks the index, which has no order,
 * or reads the newest tickets until enough have them.
 */
export const createPostgresWords = (): WordIndex => ({
  put: async (db, documents) => {
    if (documents.length === 0) return;
    const rows = documents.map(
      (document) => sql`(${document.ticketId}::bigint, ${document.updatedAt}::bigint, ${vectorOf(document)})`,
    );
    await sql`insert into search_words (ticket_id, updated_at, words) values ${sql.join(rows)}
      on conflict (ticket_id) do update set updated_at = excluded.updated_at, words = excluded.words`.execute(db);
  },
  remove: async (db, ticketIds) => {
    await sql`delete from search_words where ticket_id = any(${ticketIds}::bigint[])`.execute(db);
  },
  clear: async (db) => {
    await sql`delete from search_words`.execute(db);
  },
  match: async (db, sought, limit) => {
    const { rows } = await sql<Match>`select ticket_id as id, updated_at from search_words
      where words @@ ${queryOf(sought)}::tsquery order by ticket_id desc limit ${limit}`.execute(db);
    return rows;
  },
});
