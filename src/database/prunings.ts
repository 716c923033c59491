import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { Prunings } from './prune.ts';
import type { Database } from './schema.ts';

const DAY_MS = 24 * 3_600_000;
/** More than a year, so that the same month of last year can still be looked up. */
export const LONG_MS = 400 * DAY_MS;

/** What is deleted of a table once it is old; it stands beside the table's store. */
export type OldRows = {
  readonly table: keyof Database;
  /** By which columns a batch is told; there may be others in the table's key. */
  readonly key: readonly string[];
  readonly keptMs: number;
  /** Which rows may go that are older than that moment. */
  readonly when: (before: number) => RawBuilder<unknown>;
};

/** A batch at a time. */
export const createPrunings = (db: Kysely<Database>, all: readonly OldRows[]): Prunings =>
  all.map(({ table, key, keptMs, when }) => ({
    table,
    keptMs,
    prune: async (before, limit) => {
      const [rows, columns] = [sql.table(table), sql.join(key.map((column) => sql.ref(column)))];
      const { numAffectedRows = 0n } = await sql`delete from ${rows} where (${columns}) in
        (select ${columns} from ${rows} where ${when(before)} limit ${limit})`.execute(db);
      return Number(numAffectedRows);
    },
  }));
