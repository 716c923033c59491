import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

const up = async (db: Kysely<unknown>): Promise<void> => {
  await db.schema
    .createTable('runs')
    .addColumn('id', 'text', (c) => c.primaryKey())
    // One form, one run: pressing twice and Slack's redelivery find the same row.
    .addColumn('form_id', 'text', (c) => c.notNull().unique())
    .addColumn('ticket_id', 'bigint')
    .addColumn('kind', 'text', (c) => c.notNull())
    .addColumn('technician', 'text', (c) => c.notNull())
    .addColumn('state', 'text', (c) => c.notNull())
    .addColumn('wake_at', 'bigint', (c) => c.notNull())
    .addColumn('fence', 'integer', (c) => c.notNull().defaultTo(0))
    .addColumn('lease_owner', 'text')
    .addColumn('lease_until', 'bigint')
    // Set by a claim: until when the last holder, who never gave the run back, had it.
    .addColumn('abandoned_until', 'bigint')
    // Who worked on it last, and before that: tells a run that its process was replaced.
    .addColumn('last_owner', 'text')
    .addColumn('previous_owner', 'text')
    .addColumn('decision', 'text')
    .addColumn('body', 'text', (c) => c.notNull())
    .addColumn('version', 'integer', (c) => c.notNull().defaultTo(1))
    .addColumn('shown_version', 'integer', (c) => c.notNull().defaultTo(0))
    .addColumn('show_fence', 'integer', (c) => c.notNull().defaultTo(0))
    .addColumn('showing_until', 'bigint', (c) => c.notNull().defaultTo(0))
    .addColumn('notice_channel', 'text')
    .addColumn('notice_ts', 'text')
    .addColumn('created_at', 'bigint', (c) => c.notNull())
    .execute();
  // One unfinished run per ticket, whoever started it.
  await db.schema
    .createIndex('runs_one_open_per_ticket')
    .unique()
    .on('runs')
    .column('ticket_id')
    .where(sql<boolean>`state in ('open', 'asking')`)
    .execute();
  await db.schema.createIndex('runs_due').on('runs').columns(['state', 'wake_at']).execute();
  await db.schema
    .createTable('forms')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('technician', 'text', (c) => c.notNull())
    .addColumn('body', 'text', (c) => c.notNull())
    .addColumn('created_at', 'bigint', (c) => c.notNull())
    .execute();
  await db.schema
    .createTable('ticket_numbers')
    .addColumn('number', 'bigint', (c) => c.primaryKey())
    .addColumn('ticket_id', 'bigint', (c) => c.notNull())
    .addColumn('subject', 'text', (c) => c.notNull())
    .addColumn('customer_id', 'bigint', (c) => c.notNull())
    .addColumn('customer_name', 'text', (c) => c.notNull())
    .execute();
  await db.schema
    .createTable('requests')
    .addColumn('id', 'integer', (c) => c.primaryKey().autoIncrement())
    .addColumn('sent_at', 'bigint', (c) => c.notNull())
    .execute();
  await db.schema.createIndex('requests_sent_at').on('requests').column('sent_at').execute();
  await db.schema
    .createTable('pauses')
    .addColumn('name', 'text', (c) => c.primaryKey())
    .addColumn('until_at', 'bigint', (c) => c.notNull())
    .execute();
};

/** The journal of runs, opened forms, ticket numbers and the log of requests. */
export const journal: Migration = { up };
