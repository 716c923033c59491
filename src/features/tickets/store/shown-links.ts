import { type Kysely, sql } from 'kysely';
import type { OldRows } from '../../../database/prune.ts';
import type { Database } from '../../../database/schema.ts';
import type { ShownLinks } from '../ports.ts';

/** A ticket's link is shown once in so long in a channel, whichever process shows it. */
const ONCE_IN_MS = 30 * 60_000;

export const createShownLinks = (db: Kysely<Database>): ShownLinks => ({
  take: async (channel, ticketId, now) => {
    const row = await db
      .insertInto('shown_links')
      .values({ channel, ticket_id: ticketId, shown_at: now })
      .onConflict((oc) =>
        oc
          .columns(['channel', 'ticket_id'])
          .doUpdateSet({ shown_at: now })
          .where('shown_links.shown_at', '<=', now - ONCE_IN_MS),
      )
      .returning('ticket_id')
      .executeTakeFirst();
    return row !== undefined;
  },

  putBack: async (channel, ticketId, takenAt) => {
    await db
      .deleteFrom('shown_links')
      .where('channel', '=', channel)
      .where('ticket_id', '=', ticketId)
      .where('shown_at', '=', takenAt)
      .execute();
  },
});

export const oldShownLinks: OldRows = {
  table: 'shown_links',
  key: ['channel', 'ticket_id'],
  keptMs: 3_600_000,
  when: (before) => sql`shown_at < ${before}`,
};
