import type { Kysely } from 'kysely';
import type { Prunings } from '../app/ports.ts';
import type { Database } from './schema.ts';

const DAY_MS = 24 * 3_600_000;
/** More than a year, so that the same month of last year can still be looked up. */
const LONG_MS = 400 * DAY_MS;

const count = ({ numDeletedRows }: { readonly numDeletedRows: bigint }): number => Number(numDeletedRows);

/**
 * What is deleted once it is old, a batch at a time. Every other table is bounded by what there is (technicians,
 * channels, customers, tickets), forgets by itself when it is written, or is kept for good: docs/architecture.md lists
 * them all.
 */
export const createPrunings = (db: Kysely<Database>): Prunings => [
  {
    table: 'runs',
    keptMs: LONG_MS,
    prune: async (before, limit) =>
      count(
        await db
          .deleteFrom('runs')
          .where('id', 'in', (eb) =>
            eb
              .selectFrom('runs')
              .select('id')
              .where('finished_at', '<', before)
              .where('state', 'in', ['done', 'stopped'])
              // Its lines are in the audit when it was shown.
              .whereRef('shown_version', '>=', 'version')
              .limit(limit),
          )
          .executeTakeFirst(),
      ),
  },
  {
    table: 'timers',
    keptMs: LONG_MS,
    prune: async (before, limit) =>
      count(
        await db
          .deleteFrom('timers')
          .where('id', 'in', (eb) =>
            eb
              .selectFrom('timers')
              .select('id')
              .where((w) => w.or([w('settled_at', '<', before), w('discarded_at', '<', before)]))
              .limit(limit),
          )
          .executeTakeFirst(),
      ),
  },
  {
    table: 'digest_posts',
    keptMs: LONG_MS,
    prune: async (before, limit) =>
      count(
        await db
          .deleteFrom('digest_posts')
          .where('slot', 'in', (eb) =>
            eb.selectFrom('digest_posts').select('slot').where('slot', '<', before).limit(limit),
          )
          .executeTakeFirst(),
      ),
  },
  {
    table: 'settled_tickets',
    // Nobody looks for open amounts on tickets that were resolved longer ago (app/find-uninvoiced.ts: 60 days).
    keptMs: 90 * DAY_MS,
    prune: async (before, limit) =>
      count(
        await db
          .deleteFrom('settled_tickets')
          .where('ticket_id', 'in', (eb) =>
            eb.selectFrom('settled_tickets').select('ticket_id').where('updated_at', '<', before).limit(limit),
          )
          .executeTakeFirst(),
      ),
  },
];
