import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { Prunings } from './prunings-port.ts';
import type { Database } from './schema.ts';

const DAY_MS = 24 * 3_600_000;
/** More than a year, so that the same month of last year can still be looked up. */
const LONG_MS = 400 * DAY_MS;

type Old = {
  readonly table: keyof Database;
  readonly key: string;
  readonly keptMs: number;
  /** Which rows may go that are older than that moment. */
  readonly when: (before: number) => RawBuilder<unknown>;
};

const OLD: readonly Old[] = [
  {
    table: 'runs',
    key: 'id',
    keptMs: LONG_MS,
    // Its lines are in the audit when it was shown.
    when: (before) => sql`finished_at < ${before} and state in ('done', 'stopped') and shown_version >= version`,
  },
  {
    table: 'timers',
    key: 'id',
    keptMs: LONG_MS,
    when: (before) => sql`settled_at < ${before} or discarded_at < ${before}`,
  },
  { table: 'digest_posts', key: 'slot', keptMs: LONG_MS, when: (before) => sql`slot < ${before}` },
  {
    table: 'settled_tickets',
    key: 'ticket_id',
    // Nobody looks for open amounts on tickets that were resolved longer ago (features/tickets/find-uninvoiced.ts: 60 days).
    keptMs: 90 * DAY_MS,
    when: (before) => sql`updated_at < ${before}`,
  },
];

/**
 * What is deleted once it is old, a batch at a time. Every other table is bounded by what there is (technicians,
 * channels, customers, tickets), forgets by itself when it is written, or is kept for good: docs/how-it-works.md lists
 * them all.
 */
export const createPrunings = (db: Kysely<Database>): Prunings =>
  OLD.map(({ table, key, keptMs, when }) => ({
    table,
    keptMs,
    prune: async (before, limit) => {
      const [rows, id] = [sql.table(table), sql.ref(key)];
      const { numAffectedRows = 0n } = await sql`delete from ${rows} where ${id} in
        (select ${id} from ${rows} where ${when(before)} limit ${limit})`.execute(db);
      return Number(numAffectedRows);
    },
  }));
