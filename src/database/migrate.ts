import { setTimeout as sleep } from 'node:timers/promises';
import { type Kysely, sql } from 'kysely';
import { Migrator } from 'kysely/migration';
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
import type { Database } from './schema.ts';
import { appliedMigrations, newerDatabase, unknownMigrations } from './schema-version.ts';

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
};
export const KNOWN_MIGRATIONS: readonly string[] = Object.keys(MIGRATIONS);
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
      await sql`rollback`.execute(alone);
      throw error;
    }
  });

const bring = async (db: Kysely<Database>, schema?: string): Promise<void> => {
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
  const unknown = unknownMigrations(applied, KNOWN_MIGRATIONS);
  if (unknown.length > 0) throw new Error(newerDatabase(unknown));
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
