import type { Kysely } from 'kysely';
import { DEFAULT_MIGRATION_TABLE } from 'kysely/migration';
import type { Database } from './schema.ts';

/**
 * The steps of the schema that a database has, in their order; empty: it is new.
 * @param schema as for migrate
 */
export const appliedMigrations = async (db: Kysely<Database>, schema?: string): Promise<readonly string[]> => {
  const tables = await db.introspection.getTables({ withInternalKyselyTables: true });
  const isThere = tables.some(
    (table) => table.name === DEFAULT_MIGRATION_TABLE && (schema === undefined || table.schema === schema),
  );
  if (!isThere) return [];
  const all = db as unknown as Kysely<{ [DEFAULT_MIGRATION_TABLE]: { name: string } }>;
  const history = schema === undefined ? all : all.withSchema(schema);
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
