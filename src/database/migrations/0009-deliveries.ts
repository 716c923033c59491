import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

const up = async (db: Kysely<unknown>): Promise<void> => {
  await db.schema
    .createTable('deliveries')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('begun_at', 'bigint', (c) => c.notNull())
    .addColumn('ended', 'integer', (c) => c.notNull())
    .execute();
  await db.schema.createIndex('deliveries_begun').on('deliveries').column('begun_at').execute();
  // Asked at every scrape of the metrics: what is due and not posted.
  await db.schema.createIndex('digest_posts_due').on('digest_posts').columns(['state', 'slot']).execute();
};

/** Events of Slack's that were dealt with, so that one that comes again is known in every copy of the app. */
export const deliveries: Migration = { up };
