import { type Kysely, sql } from 'kysely';
import type { OldRows } from '../../database/prune.ts';
import type { Database } from '../../database/schema.ts';
import type { Deliveries } from '../ports.ts';

/** Whoever began and has not ended by then is not at it any more: the process died, or it failed. */
const GIVEN_UP_MS = 30_000;

export const createDeliveries = (db: Kysely<Database>): Deliveries => ({
  first: async (id, now) => {
    const row = await db
      .insertInto('deliveries')
      .values({ id, begun_at: now, ended: 1 })
      .onConflict((oc) => oc.column('id').doNothing())
      .returning('id')
      .executeTakeFirst();
    return row !== undefined;
  },
  begin: async (id, now) => {
    const row = await db
      .insertInto('deliveries')
      .values({ id, begun_at: now, ended: 0 })
      .onConflict((oc) =>
        oc
          .column('id')
          .doUpdateSet({ begun_at: now })
          .where('deliveries.ended', '=', 0)
          .where((w) =>
            w.or([w('deliveries.begun_at', '<=', now - GIVEN_UP_MS), w('deliveries.begun_at', '>', now + GIVEN_UP_MS)]),
          ),
      )
      .returning('id')
      .executeTakeFirst();
    return row !== undefined;
  },
  end: async (id) => {
    await db.updateTable('deliveries').set({ ended: 1 }).where('id', '=', id).execute();
  },
});

/** Slack's repetitions come at once, after one minute and after five more. */
export const oldDeliveries: OldRows = {
  table: 'deliveries',
  key: ['id'],
  keptMs: 3_600_000,
  when: (before) => sql`begun_at < ${before}`,
};
