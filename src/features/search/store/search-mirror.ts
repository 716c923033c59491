import { setImmediate as breathe } from 'node:timers/promises';
import type { Kysely } from 'kysely';
import { asInserted } from '../../../database/engine.ts';
import type { Database } from '../../../database/schema.ts';
import type { TicketSummary } from '../../../syncro/ticket.ts';
import type { IndexedComment, ListedTicket, MirrorStore } from '../ports.ts';
import { removeTicket } from './search-index.ts';
import { bodyOf, commentRow, documentOf, storable, toTicket } from './search-row.ts';
import type { WordIndex } from './word-index.ts';

type Kept = { readonly id: number; readonly updated_at: number; readonly body: string; readonly due_at: number | null };

/** Tickets per statement: about 3 ms. */
const BATCH = 10;
/** Whose words are made anew in a step of the mirror: 100,000 tickets in 7 minutes. */
const BATCHES_AT_ONCE = 50;

/**
 * The copy behind the index. The ticket's row is written last: after a death before it, the ticket counts as changed or
 * as due, and everything is written again. So no transaction is needed, which on SQLite would keep every other connection
 * from writing.
 */
export const createMirrorStore = (db: Kysely<Database>, words: WordIndex): MirrorStore => {
  const storeComments = async (rows: ReadonlyArray<ReturnType<typeof commentRow>>): Promise<void> => {
    if (rows.length === 0) return;
    await db
      .insertInto('search_comments')
      .values([...rows])
      // Two tickets that were merged: their comments are one's now.
      .onConflict((oc) =>
        oc.column('id').doUpdateSet(asInserted('ticket_id', 'hidden', 'author', 'created_at', 'body')),
      )
      .execute();
  };

  /** Makes the words of these tickets anew, with the comments that are stored. */
  const index = async (tickets: readonly TicketSummary[]): Promise<void> => {
    const comments = await db
      .selectFrom('search_comments')
      .select(['ticket_id', 'body'])
      .where(
        'ticket_id',
        'in',
        tickets.map(({ id }) => id),
      )
      .orderBy('created_at', 'desc')
      .execute();
    const texts = Map.groupBy(comments, ({ ticket_id }) => ticket_id);
    const textsOf = ({ id }: TicketSummary): readonly string[] => (texts.get(id) ?? []).map(({ body }) => body);
    await words.put(
      db,
      tickets.map((ticket) => documentOf(ticket, textsOf(ticket))),
    );
  };

  const rowOf = ({ ticket }: ListedTicket, kept: Kept | undefined, seenAt: number, commentsSince: number) => {
    const updatedAt = ticket.updatedAt ?? 0;
    const stirred = kept?.updated_at !== updatedAt && updatedAt >= commentsSince;
    return {
      id: ticket.id,
      number: ticket.number,
      technician_id: ticket.technicianId,
      status: storable(ticket.status),
      updated_at: updatedAt,
      body: storable(bodyOf(ticket)),
      seen_at: seenAt,
      due_at: stirred ? seenAt : (kept?.due_at ?? null),
      read_at: null,
    };
  };

  const putChanged = async (
    changed: readonly ListedTicket[],
    kept: ReadonlyMap<number, Kept>,
    seenAt: number,
    commentsSince: number,
  ): Promise<void> => {
    await storeComments(
      changed.flatMap(({ ticket, comments }) => comments.map((comment) => commentRow(ticket.id, comment))),
    );
    await index(changed.map(({ ticket }) => ticket));
    await db
      .insertInto('search_tickets')
      .values(changed.map((one) => rowOf(one, kept.get(one.ticket.id), seenAt, commentsSince)))
      .onConflict((oc) =>
        oc
          .column('id')
          .doUpdateSet(asInserted('number', 'technician_id', 'status', 'updated_at', 'body', 'seen_at', 'due_at')),
      )
      .execute();
  };

  return {
    put: async (tickets, seenAt, commentsSince) => {
      const listed = [...new Map(tickets.map((one) => [one.ticket.id, one])).values()];
      if (listed.length === 0) return;
      const ids = listed.map(({ ticket }) => ticket.id);
      const before = await db
        .selectFrom('search_tickets')
        .select(['id', 'updated_at', 'body', 'due_at'])
        .where('id', 'in', ids)
        .execute();
      const kept = new Map<number, Kept>(before.map((row) => [row.id, row]));
      const changed = listed.filter(({ ticket }) => {
        const known = kept.get(ticket.id);
        // A process that lost its turn may come late with an older reading.
        return !known || (known.body !== storable(bodyOf(ticket)) && (ticket.updatedAt ?? 0) >= known.updated_at);
      });
      for (let from = 0; from < changed.length; from += BATCH) {
        await putChanged(changed.slice(from, from + BATCH), kept, seenAt, commentsSince);
        // SQLite works in this thread: whoever presses a button now is answered before the next batch.
        await breathe();
      }
      await db.updateTable('search_tickets').set({ seen_at: seenAt }).where('id', 'in', ids).execute();
    },

    putComments: async (id, comments, readAt, again) => {
      const kept = await db.selectFrom('search_tickets').select('body').where('id', '=', id).executeTakeFirst();
      // Somebody found out meanwhile that the ticket is gone.
      if (!kept) return;
      await db.deleteFrom('search_comments').where('ticket_id', '=', id).execute();
      const rows = new Map(comments.map((comment: IndexedComment) => [comment.id, commentRow(id, comment)]));
      await storeComments([...rows.values()]);
      await index([toTicket(kept)]);
      await db.updateTable('search_tickets').set({ read_at: readAt, due_at: again }).where('id', '=', id).execute();
    },

    putWords: async (after) => {
      let last = after;
      for (let i = 0; i < BATCHES_AT_ONCE; i++) {
        const next = db.selectFrom('search_tickets').select('body').where('id', '>', last).orderBy('id').limit(BATCH);
        const tickets = (await next.execute()).map(toTicket);
        if (tickets.length === 0) return null;
        await index(tickets);
        last = tickets.at(-1)?.id ?? last;
        await breathe();
      }
      return last;
    },

    nextDue: async (now) => {
      const row = await db
        .selectFrom('search_tickets')
        .select('body')
        .where('due_at', 'is not', null)
        .where('due_at', '<=', now)
        .orderBy('updated_at', 'desc')
        .limit(1)
        .executeTakeFirst();
      return row ? toTicket(row) : null;
    },

    postpone: async (id, until) => {
      await db.updateTable('search_tickets').set({ due_at: until }).where('id', '=', id).execute();
    },

    recheck: async (unseenSince, now) => {
      await db.updateTable('search_tickets').set({ due_at: now }).where('seen_at', '<', unseenSince).execute();
    },

    remove: (id) => removeTicket(db, words, id),

    clear: async () => {
      await words.clear(db);
      await db.deleteFrom('search_comments').execute();
      await db.deleteFrom('search_tickets').execute();
      await db.deleteFrom('search_progress').execute();
    },
  };
};
