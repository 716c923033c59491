import type { Kysely } from 'kysely';
import { DEFAULT_MIGRATION_TABLE } from 'kysely/migration';
import type { Database } from './schema.ts';

/** The steps of the schema that a database has, in their order; empty: it is new. */
export const appliedMigrations = async (db: Kysely<Database>): Promise<readonly string[]> => {
  const tables = await db.introspection.getTables({ withInternalKyselyTables: true });
  if (!tables.some(({ name }) => name === DEFAULT_MIGRATION_TABLE)) return [];
  const history = db as unknown as Kysely<{ [DEFAULT_MIGRATION_TABLE]: { name: string } }>;
  const rows = await history.selectFrom(DEFAULT_MIGRATION_TABLE).select('name').orderBy('name').execute();
  return rows.map(({ name }) => name);
};

/** Steps that this version of the app does not know: a newer one made them. */
export const unknownMigrations = (applied: readonly string[], known: readonly string[]): readonly string[] =>
  applied.filter((name) => !known.includes(name));

/** What an owner can do about a database that is newer than the app. */
export const newerDatabase = (unknown: readonly string[]): string =>
  `The database belongs to a newer version of this app (it has ${unknown.join(', ')}). ` +
  'Start that version, or restore the backup that was made before the upgrade.';
