import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

const up = async (db: Kysely<unknown>): Promise<void> => {
  // Asked twice a second, and of all the runs that there ever were hardly one is among them.
  await db.schema
    .createIndex('runs_held')
    .on('runs')
    .column('lease_owner')
    .where(sql<boolean>`lease_owner is not null`)
    .execute();
  await db.schema
    .createIndex('runs_unshown')
    .on('runs')
    .column('created_at')
    .where(sql<boolean>`shown_version < version`)
    .execute();
  // What ended on a ticket since a preview.
  await db.schema.createIndex('runs_ended').on('runs').columns(['ticket_id', 'finished_at']).execute();
};

/** The journal only grows: what is asked of it again and again must not read all of it. */
export const runIndexes: Migration = { up };
