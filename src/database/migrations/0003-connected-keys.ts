import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

const up = async (db: Kysely<unknown>): Promise<void> => {
  await db.schema
    .createTable('connected_keys')
    .addColumn('technician', 'text', (c) => c.primaryKey())
    .addColumn('team', 'text', (c) => c.notNull())
    // AES-256-GCM; opens only for this technician of this team.
    .addColumn('sealed', 'text', (c) => c.notNull())
    .addColumn('key_id', 'text', (c) => c.notNull())
    .addColumn('syncro_user_id', 'bigint', (c) => c.notNull())
    .addColumn('connected_at', 'bigint', (c) => c.notNull())
    .addColumn('verified_at', 'bigint', (c) => c.notNull())
    .execute();
};

/** Syncro keys that technicians connected in Slack. */
export const connectedKeys: Migration = { up };
