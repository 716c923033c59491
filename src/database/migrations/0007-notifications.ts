import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

const up = async (db: Kysely<unknown>): Promise<void> => {
  // What Syncro notified of and nobody has looked at yet; kept for a while after, so that a flood is one look.
  await db.schema
    .createTable('hints')
    .addColumn('kind', 'text', (c) => c.notNull())
    .addColumn('record_id', 'bigint', (c) => c.notNull())
    .addColumn('hinted_at', 'bigint', (c) => c.notNull())
    // Nothing is to be done about it.
    .addColumn('due_at', 'bigint')
    .addColumn('rest_until', 'bigint', (c) => c.notNull())
    .addColumn('owner', 'text')
    .addColumn('lease_until', 'bigint')
    .addColumn('version', 'bigint', (c) => c.notNull())
    .addPrimaryKeyConstraint('hints_pk', ['kind', 'record_id'])
    .execute();
  // Customers' replies that technicians were told of: whoever inserts the row tells it.
  await db.schema
    .createTable('told_replies')
    .addColumn('comment_id', 'bigint', (c) => c.primaryKey())
    .addColumn('ticket_id', 'bigint', (c) => c.notNull())
    .addColumn('state', 'text', (c) => c.notNull())
    .addColumn('owner', 'text')
    .addColumn('lease_until', 'bigint')
    .addColumn('attempts', 'bigint', (c) => c.notNull())
    .addColumn('began_at', 'bigint', (c) => c.notNull())
    .execute();
  // Links to tickets that were shown in a channel.
  await db.schema
    .createTable('shown_links')
    .addColumn('channel', 'text', (c) => c.notNull())
    .addColumn('ticket_id', 'bigint', (c) => c.notNull())
    .addColumn('shown_at', 'bigint', (c) => c.notNull())
    .addPrimaryKeyConstraint('shown_links_pk', ['channel', 'ticket_id'])
    .execute();
};

/** Syncro's notifications, what was told of them, and links that were shown. */
export const notifications: Migration = { up };
