import { type Kysely, sql } from 'kysely';
import type { OldRows } from '../../../database/prune.ts';
import type { Database } from '../../../database/schema.ts';
import type { SettledTickets } from '../ports.ts';

/** Resolved tickets that need no second look while they don't change. */
export const createSettledTickets = (db: Kysely<Database>): SettledTickets => ({
  among: async (tickets) => {
    if (tickets.length === 0) return new Set();
    const rows = await db
      .selectFrom('settled_tickets')
      .selectAll()
      .where(
        'ticket_id',
        'in',
        tickets.map(({ id }) => id),
      )
      .execute();
    const known = new Map(rows.map(({ ticket_id, updated_at }) => [ticket_id, updated_at]));
    return new Set(tickets.flatMap(({ id, updatedAt }) => (known.get(id) === (updatedAt ?? 0) ? [id] : [])));
  },
  add: async ({ id, updatedAt }) => {
    const values = { ticket_id: id, updated_at: updatedAt ?? 0 };
    await db
      .insertInto('settled_tickets')
      .values(values)
      .onConflict((oc) => oc.column('ticket_id').doUpdateSet(values))
      .execute();
  },
});

/** Nobody looks for open amounts on tickets that were resolved longer ago (`find-uninvoiced.ts`: 60 days). */
export const oldSettledTickets: OldRows = {
  table: 'settled_tickets',
  key: ['ticket_id'],
  keptMs: 90 * 24 * 3_600_000,
  when: (before) => sql`updated_at < ${before}`,
};
