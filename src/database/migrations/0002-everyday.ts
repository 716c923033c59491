import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

const up = async (db: Kysely<unknown>): Promise<void> => {
  await db.schema
    .createTable('timers')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('technician', 'text', (c) => c.notNull())
    .addColumn('ticket_id', 'bigint', (c) => c.notNull())
    .addColumn('ticket_number', 'bigint', (c) => c.notNull())
    .addColumn('subject', 'text', (c) => c.notNull())
    .addColumn('customer_name', 'text', (c) => c.notNull())
    .addColumn('started_at', 'bigint', (c) => c.notNull())
    .addColumn('stopped_at', 'bigint')
    // When a finished run was seen to have brought its minutes into Syncro.
    .addColumn('settled_at', 'bigint')
    .addColumn('discarded_at', 'bigint')
    .execute();
  // One running clock per technician.
  await db.schema
    .createIndex('timers_one_running')
    .unique()
    .on('timers')
    .column('technician')
    .where(sql<boolean>`stopped_at is null`)
    .execute();
  // Whose minutes a run bills or logs: stored with the run, so that no crash falls between the two.
  await db.schema.alterTable('runs').addColumn('timer_id', 'text').execute();
  await db.schema.createIndex('runs_timer').on('runs').column('timer_id').execute();
  await db.schema
    .createTable('customers')
    .addColumn('id', 'bigint', (c) => c.primaryKey())
    .addColumn('body', 'text', (c) => c.notNull())
    // Everything that it is found by, in small letters, without accents; the name alone, a space before each word.
    .addColumn('words', 'text', (c) => c.notNull())
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('phone', 'text', (c) => c.notNull())
    // What a typed text is compared with; '' where there is no such name.
    .addColumn('name_key', 'text', (c) => c.notNull())
    .addColumn('person_key', 'text', (c) => c.notNull())
    .addColumn('seen_at', 'bigint', (c) => c.notNull())
    .addColumn('used_at', 'bigint')
    .execute();
  // When something was last read whole, e.g. all customers.
  await db.schema
    .createTable('refreshes')
    .addColumn('name', 'text', (c) => c.primaryKey())
    .addColumn('at', 'bigint', (c) => c.notNull())
    .execute();
  await db.schema
    .createTable('digests')
    .addColumn('channel', 'text', (c) => c.primaryKey())
    .addColumn('at', 'text', (c) => c.notNull())
    .addColumn('timezone', 'text', (c) => c.notNull())
    .addColumn('days', 'text', (c) => c.notNull())
    .addColumn('created_by', 'text', (c) => c.notNull())
    .addColumn('created_at', 'bigint', (c) => c.notNull())
    .execute();
  // One row per digest and time at which it was due: whoever inserts it posts it.
  await db.schema
    .createTable('digest_posts')
    .addColumn('job', 'text', (c) => c.notNull())
    .addColumn('slot', 'bigint', (c) => c.notNull())
    .addColumn('channel', 'text', (c) => c.notNull())
    .addColumn('state', 'text', (c) => c.notNull())
    .addColumn('owner', 'text')
    .addColumn('lease_until', 'bigint')
    .addColumn('ts', 'text')
    // What it told, for comparing the next one with it.
    .addColumn('told', 'text')
    // Why it was not posted.
    .addColumn('reason', 'text')
    .addPrimaryKeyConstraint('digest_posts_pk', ['job', 'slot'])
    .execute();
  // Resolved tickets with nothing left to invoice: not read again while they don't change.
  await db.schema
    .createTable('settled_tickets')
    .addColumn('ticket_id', 'bigint', (c) => c.primaryKey())
    .addColumn('updated_at', 'bigint', (c) => c.notNull())
    .execute();
  // When a run ended: what a technician has billed today.
  await db.schema.alterTable('runs').addColumn('finished_at', 'bigint').execute();
  await db.schema.createIndex('runs_finished').on('runs').columns(['technician', 'finished_at']).execute();
};

/** Clocks of technicians, customers for typeaheads, digests and when they were posted. */
export const everyday: Migration = { up };
