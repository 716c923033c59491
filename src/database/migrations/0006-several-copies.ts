import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

const up = async (db: Kysely<unknown>): Promise<void> => {
  await db.schema
    .createTable('request_slots')
    .addColumn('slot', 'integer', (c) => c.primaryKey())
    .addColumn('sent_at', 'bigint', (c) => c.notNull())
    .execute();
  await db.schema.createIndex('request_slots_sent_at').on('request_slots').column('sent_at').execute();
  // An upgrade forgets no request of the last minute; Syncro allows 180.
  await sql`insert into request_slots (slot, sent_at)
    select row_number() over (order by sent_at desc) - 1, sent_at from requests order by sent_at desc limit 180`.execute(
    db,
  );
  await db.schema.dropTable('requests').execute();
  await db.schema
    .createTable('key_troubles')
    .addColumn('about', 'text', (c) => c.primaryKey())
    .addColumn('print', 'text', (c) => c.notNull())
    .addColumn('mismatch', 'text', (c) => c.notNull())
    .execute();
};

/**
 * What several copies must know of each other: a place for each request that a minute may hold, which two can't take at
 * once, and what is known to be wrong with keys.
 */
export const forSeveralCopies: Migration = { up };
