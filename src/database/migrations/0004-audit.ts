import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

const up = async (db: Kysely<unknown>): Promise<void> => {
  await db.schema
    .createTable('audit')
    // Given by the writer, not by the database: two writers at the end of the chain must collide.
    .addColumn('seq', 'bigint', (c) => c.primaryKey())
    .addColumn('at', 'bigint', (c) => c.notNull())
    .addColumn('slack_user', 'text', (c) => c.notNull())
    .addColumn('technician', 'text', (c) => c.notNull())
    .addColumn('syncro_user_id', 'bigint', (c) => c.notNull())
    .addColumn('syncro_user', 'text', (c) => c.notNull())
    .addColumn('what', 'text', (c) => c.notNull())
    .addColumn('outcome', 'text', (c) => c.notNull())
    .addColumn('ticket_number', 'bigint')
    .addColumn('record_id', 'bigint')
    .addColumn('ref', 'text', (c) => c.notNull())
    .addColumn('run_id', 'text', (c) => c.notNull())
    .addColumn('n', 'integer', (c) => c.notNull())
    .addColumn('previous', 'text', (c) => c.notNull())
    .addColumn('hash', 'text', (c) => c.notNull())
    .addUniqueConstraint('audit_once', ['run_id', 'n'])
    .execute();
  await db.schema.createIndex('audit_ticket').on('audit').column('ticket_number').execute();
};

/** Who did what in Syncro: append-only, each row chained to the one before. */
export const auditTable: Migration = { up };
