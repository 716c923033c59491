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
};

/** A place for each request that a minute may hold: two processes can't take the same one, on any engine. */
export const requestSlots: Migration = { up };
