import { type Kysely, sql } from 'kysely';
import { GIVEN_BACK, isFree, takenBy } from '../../../database/lease.ts';
import type { OldRows } from '../../../database/prune.ts';
import type { Database } from '../../../database/schema.ts';
import type { ToldReplies, ToldState } from '../ports.ts';

const TELLING = 'telling';

/** A row per customer's reply says who tells it, and that it was told. */
export const createToldReplies = (db: Kysely<Database>): ToldReplies => {
  /** While this process holds it and nothing is settled. */
  const held = (commentId: number, owner: string) =>
    db
      .updateTable('told_replies')
      .where('comment_id', '=', commentId)
      .where('owner', '=', owner)
      .where('state', '=', TELLING);

  return {
    get: async (commentId) => {
      const row = await db
        .selectFrom('told_replies')
        .select('state')
        .where('comment_id', '=', commentId)
        .executeTakeFirst();
      return row ? (row.state as ToldState | typeof TELLING) : null;
    },

    begin: async ({ commentId, ticket }, owner, now, leaseMs) => {
      const lease = takenBy(owner, now, leaseMs);
      const row = await db
        .insertInto('told_replies')
        .values({
          comment_id: commentId,
          ticket_id: ticket.id,
          state: TELLING,
          ...lease,
          attempts: 1,
          began_at: now,
        })
        .onConflict((oc) =>
          oc
            .column('comment_id')
            .doUpdateSet((eb) => ({ ...lease, attempts: eb('told_replies.attempts', '+', 1) }))
            .where('told_replies.state', '=', TELLING)
            .where(isFree('told_replies.lease_until', now)),
        )
        .returning(['attempts', 'began_at'])
        .executeTakeFirst();
      return row ? { begun: row.attempts > 1, since: row.began_at } : null;
    },

    renew: async (commentId, owner, now, leaseMs) => {
      const row = await held(commentId, owner)
        .where('lease_until', '>', now)
        .set({ lease_until: now + leaseMs })
        .returning('comment_id')
        .executeTakeFirst();
      return row !== undefined;
    },

    forget: async (commentId, owner) => {
      await db
        .deleteFrom('told_replies')
        .where('comment_id', '=', commentId)
        .where('owner', '=', owner)
        .where('state', '=', TELLING)
        .execute();
    },

    settle: async (commentId, owner, state) => {
      const row = await held(commentId, owner)
        .set({ state, ...GIVEN_BACK })
        .returning('comment_id')
        .executeTakeFirst();
      return row !== undefined;
    },
  };
};

export const oldToldReplies: OldRows = {
  table: 'told_replies',
  key: ['comment_id'],
  keptMs: 7 * 24 * 3_600_000,
  when: (before) => sql`began_at < ${before}`,
};
