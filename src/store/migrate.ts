import type { Kysely } from 'kysely';
import { Migrator } from 'kysely/migration';
import { journal } from './migrations/0001-journal.ts';
import type { Database } from './schema.ts';

/** Brings the schema up to date; migrations are numbered, append-only, and listed here. */
export const migrate = async (db: Kysely<Database>): Promise<void> => {
  const migrator = new Migrator({
    db,
    provider: { getMigrations: () => Promise.resolve({ '0001-journal': journal }) },
  });
  const { error } = await migrator.migrateToLatest();
  if (error) throw error;
};
