import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

const up = async (db: Kysely<unknown>): Promise<void> => {
  await db.schema
    .createTable('promised_lines')
    .addColumn('run_id', 'text', (c) => c.primaryKey())
    .addColumn('customer_id', 'bigint', (c) => c.notNull())
    .addColumn('ticket_id', 'bigint', (c) => c.notNull())
    .addColumn('line_id', 'bigint')
    .addColumn('day', 'text', (c) => c.notNull())
    .addColumn('state', 'text', (c) => c.notNull())
    .addColumn('seen_at', 'bigint')
    .addColumn('look_at', 'bigint')
    .addColumn('looks', 'integer', (c) => c.notNull())
    .addColumn('told', 'text', (c) => c.notNull())
    .addColumn('owner', 'text')
    .addColumn('lease_until', 'bigint')
    .execute();
  await db.schema.createIndex('promised_lines_due').on('promised_lines').column('look_at').execute();
  await db.schema.createIndex('promised_lines_ticket').on('promised_lines').column('ticket_id').execute();
};

/**
 * Lines that were charged for a recurring invoice. It also keeps a copy that knows no such runs from working on one, which
 * it would charge and call billed; nor would it check a correction or a deletion.
 */
export const charges: Migration = { up };
