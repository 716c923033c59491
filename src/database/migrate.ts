import { setTimeout as sleep } from 'node:timers/promises';
import { type Kysely, sql } from 'kysely';
import { DEFAULT_MIGRATION_TABLE, Migrator } from 'kysely/migration';
import { journal } from './migrations/0001-journal.ts';
import { everyday } from './migrations/0002-everyday.ts';
import { connectedKeys } from './migrations/0003-connected-keys.ts';
import { auditTable } from './migrations/0004-audit.ts';
import { runIndexes } from './migrations/0005-run-indexes.ts';
import { forSeveralCopies } from './migrations/0006-several-copies.ts';
import { notifications } from './migrations/0007-notifications.ts';
import { searchTables } from './migrations/0008-search.ts';
import { deliveries } from './migrations/0009-deliveries.ts';
import { wordsAnew } from './migrations/0011-words-anew.ts';
import { charges } from './migrations/0013-charges.ts';
import { resumedTimers } from './migrations/0014-resumed-timers.ts';
import type { Database } from './schema.ts';

export const MIGRATIONS = {
  '0001-journal': journal,
  '0002-everyday': everyday,
  '0003-connected-keys': connectedKeys,
  '0004-audit': auditTable,
  '0005-run-indexes': runIndexes,
  '0006-several-copies': forSeveralCopies,
  '0007-notifications': notifications,
  '0008-search': searchTables,
  '0009-deliveries': deliveries,
  // Made tables in Postgres that the next one would drop.
  '0010-quick-words': { up: () => Promise.resolve() },
  '0011-words-anew': wordsAnew,
  // Nothing: it keeps a copy that knows no such run from working on one, which it would send and not check.
  '0012-invoice-runs': { up: () => Promise.resolve() },
  '0013-charges': charges,
  '0014-resumed-timers': resumedTimers,
};
export const KNOWN_MIGRATIONS: readonly string[] = Object.keys(MIGRATIONS);

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
export const unknownMigrations = (applied: readonly string[]): readonly string[] =>
  applied.filter((name) => !KNOWN_MIGRATIONS.includes(name));

/** What an owner can do about a database that is newer than the app. */
export const newerDatabase = (unknown: readonly string[]): string =>
  `The database belongs to a newer version of this app (it has ${unknown.join(', ')}). ` +
  'Start that version, or restore the backup made before the upgrade.';

export const refuseNewer = (applied: readonly string[]): void => {
  const unknown = unknownMigrations(applied);
  if (unknown.length > 0) throw new Error(newerDatabase(unknown));
};

const ATTEMPTS = 5;
const RETRY_MS = 100;

/**
 * One process at a time, all or nothing. SQLite can do that, its dialect does not: a process that died in between, or
 * two at once, left half of a schema.
 */
const inOneTransaction = <Value>(
  db: Kysely<Database>,
  work: (alone: Kysely<Database>) => Promise<Value>,
): Promise<Value> =>
  db.connection().execute(async (alone) => {
    await sql`begin immediate`.execute(alone);
    try {
      const value = await work(alone);
      await sql`commit`.execute(alone);
      return value;
    } catch (error) {
      // After a full disk SQLite has done that by itself, and says so.
      await sql`rollback`.execute(alone).catch(() => undefined);
      throw error;
    }
  });

/** Carries out the migrations that are missing. @throws Error in the engine's words */
export const bring = async (db: Kysely<Database>, schema?: string): Promise<void> => {
  const migrator = new Migrator({
    db,
    ...(schema === undefined ? {} : { migrationTableSchema: schema }),
    provider: { getMigrations: () => Promise.resolve(MIGRATIONS) },
  });
  const { error } = await migrator.migrateToLatest();
  if (error) throw error;
};

/**
 * Brings the schema up to date; migrations are numbered, append-only, and listed here.
 * @param schema where the list of those that ran is, on engines that have schemas
 * @throws Error when a newer version of the app was here before
 */
export const migrate = async (db: Kysely<Database>, schema?: string): Promise<void> => {
  const applied = await appliedMigrations(db, schema);
  refuseNewer(applied);
  if (applied.length === KNOWN_MIGRATIONS.length) return;
  // Processes that start on a new database at the same time all begin; one gets through, the others find it done then.
  for (let attempt = 1; ; attempt++) {
    try {
      await (schema === undefined ? inOneTransaction(db, bring) : bring(db, schema));
      return;
    } catch (error) {
      if (attempt === ATTEMPTS) throw error;
    }
    await sleep(RETRY_MS);
  }
};
