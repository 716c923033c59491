import { type Kysely, type RawBuilder, type SqlBool, sql } from 'kysely';
import { DEFAULT_MIGRATION_TABLE } from 'kysely/migration';
import type { Every } from '../shared/system.ts';
import { KNOWN_MIGRATIONS, newerDatabase } from './migrate.ts';
import type { Database } from './schema.ts';

const LOOK_MS = 1_000;

const unknown = sql`${sql.table(DEFAULT_MIGRATION_TABLE)} where name not in (${sql.join(KNOWN_MIGRATIONS)})`;

/** In each statement that lets work be done: no newer version of the app has changed the schema. */
export const schemaIsOurs: RawBuilder<SqlBool> = sql`not exists (select 1 from ${unknown})`;

/** Looks again and again whether a newer version has changed the schema under this one. */
export const createSchemaWatch = (db: Kysely<Database>, every: Every) => {
  const { promise: seen, resolve: see } = Promise.withResolvers<string>();
  let newer: string | null = null;
  let stopLooking = (): void => undefined;

  const look = async (): Promise<void> => {
    const { rows } = await sql<{ name: string }>`select name from ${unknown} order by name`.execute(db);
    if (rows.length === 0) return;
    newer = newerDatabase(rows.map(({ name }) => name));
    see(newer);
  };

  return {
    /** What an owner can do about it; `null`: it is not so. Once it was so it stays so. */
    newer: () => newer,
    /** Resolves when it is so. */
    seen,
    start: (): void => {
      // A database that is away is told of by those who need it.
      stopLooking = every(LOOK_MS, () => void look().catch(() => undefined));
    },
    stop: (): Promise<void> => Promise.resolve(stopLooking()),
  };
};
