import { type Kysely, sql } from 'kysely';
import { isPostgres } from '../../../database/engine.ts';
import type { Database } from '../../../database/schema.ts';
import { ticketId } from '../../../syncro/ticket.ts';
import type { IndexFilter, TicketIndex } from '../ports.ts';
import { type AskedWords, askedOfLongTexts, asksNothing } from '../search-words.ts';
import { progressOf, TICKETS } from './search-lease.ts';
import { createPostgresWords } from './search-postgres.ts';
import { toTicket } from './search-row.ts';
import { createSqliteWords } from './search-sqlite.ts';
import { type Match, TIERS, type WordIndex } from './word-index.ts';

/** The one place of the index that asks which engine it is, with the migration that made its tables. */
export const wordIndexFor = (db: Kysely<Database>): WordIndex =>
  isPostgres(db) ? createPostgresWords() : createSqliteWords();

/** Nobody leafs through more than 25 pages; beyond, the newest tickets are taken. */
const MOST_FOUND = 500;

/** What people search in. */
export const createTicketIndex = (db: Kysely<Database>, words: WordIndex): TicketIndex => {
  /** Best first: by where the words are, then by the last change. */
  const ranked = async (asked: AskedWords, { without = [], technicianId }: IndexFilter) => {
    const found = new Map<number, Match & { readonly rank: number }>();
    let atLeast = false;
    const statuses = without.length === 0 ? null : await statusesWithout(db, without);
    if (statuses?.length === 0) return { ids: [], atLeast };
    for (const [rank, tier] of TIERS.entries()) {
      const sought = tier === 'talk' ? askedOfLongTexts(asked) : asked;
      const where = { asked: sought, tier, statuses, technicianId: technicianId ?? null };
      const matches = await words.match(db, where, MOST_FOUND);
      for (const match of matches) if (!found.has(match.id)) found.set(match.id, { ...match, rank });
      atLeast ||= matches.length === MOST_FOUND;
      // The wider ones would only add what comes after.
      if (found.size >= MOST_FOUND) break;
    }
    const sorted = [...found.values()].sort((a, b) => a.rank - b.rank || b.updated_at - a.updated_at || b.id - a.id);
    return { ids: sorted.map(({ id }) => id), atLeast };
  };

  const rowsOf = async (ids: readonly number[]) => {
    if (ids.length === 0) return [];
    const rows = await db.selectFrom('search_tickets').select(['id', 'body']).where('id', 'in', ids).execute();
    const byId = new Map(rows.map((row) => [row.id, row]));
    return ids.flatMap((id) => byId.get(id) ?? []).map(toTicket);
  };

  return {
    state: async () => {
      const row = await db
        .selectFrom('search_progress')
        .select((e) => [
          'body',
          e
            .exists(
              e.selectFrom('search_tickets').select('id').where('due_at', 'is not', null).where('read_at', 'is', null),
            )
            .as('unread'),
        ])
        .where('name', '=', TICKETS)
        .executeTakeFirst();
      const { mark, checkedAt, wordsTo } = progressOf(row?.body);
      return { checkedAt: mark === null || wordsTo !== null ? null : checkedAt, unread: Boolean(row?.unread) };
    },

    find: async (asked, filter, from, limit) => {
      if (asksNothing(asked)) return { rows: [], count: 0, atLeast: false };
      const { ids, atLeast } = await ranked(asked, filter);
      return { rows: await rowsOf(ids.slice(from, from + limit)), count: ids.length, atLeast };
    },

    byNumber: async (number) => {
      const row = await db.selectFrom('search_tickets').select('body').where('number', '=', number).executeTakeFirst();
      return row ? toTicket(row) : null;
    },

    all: async ({ without = [] }, limit) => {
      const statuses = await statusesWithout(db, without);
      if (statuses.length === 0) return [];
      const asked = db.selectFrom('search_tickets').select('body').where('status', 'in', statuses);
      return (await asked.orderBy('number', 'desc').limit(limit).execute()).map(toTicket);
    },

    of: async (technicianId, { without = [] }, limit) => {
      let asked = db.selectFrom('search_tickets').select('body').where('technician_id', '=', technicianId);
      if (without.length > 0) asked = asked.where('status', 'not in', without);
      return (await asked.orderBy('updated_at', 'desc').orderBy('id', 'desc').limit(limit).execute()).map(toTicket);
    },

    commentsOf: async (ids) => {
      if (ids.length === 0) return [];
      const rows = await db
        .selectFrom('search_comments')
        .selectAll()
        .where('ticket_id', 'in', ids)
        .orderBy('created_at', 'desc')
        .orderBy('id', 'desc')
        .execute();
      return rows.map((row) => ({
        id: row.id,
        ticketId: ticketId(row.ticket_id),
        authorName: row.author,
        hidden: row.hidden === 1,
        createdAt: row.created_at,
        text: row.body,
      }));
    },

    forget: async (number) => {
      const rows = await db.selectFrom('search_tickets').select('id').where('number', '=', number).execute();
      for (const { id } of rows) await removeTicket(db, words, id);
    },
  };
};

/** The row last: what is left after a death in between is found and removed the next time. */
export const removeTicket = async (db: Kysely<Database>, words: WordIndex, id: number): Promise<void> => {
  await words.remove(db, [id]);
  await db.deleteFrom('search_comments').where('ticket_id', '=', id).execute();
  await db.deleteFrom('search_tickets').where('id', '=', id).execute();
};

/**
 * The statuses that tickets have, but for some. Done tickets are most of all: to pass by each of them took 20 ms instead
 * of one. Each step is one look into the index of statuses.
 */
const statusesWithout = async (db: Kysely<Database>, without: readonly string[]): Promise<readonly string[]> => {
  const { rows } = await sql<{ status: string }>`with recursive known (status) as (
      select min(status) from search_tickets
      union all
      select (select min(t.status) from search_tickets t where t.status > known.status) from known
      where known.status is not null)
    select status from known where status is not null`.execute(db);
  return rows.map(({ status }) => status).filter((status) => !without.includes(status));
};
