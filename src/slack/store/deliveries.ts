import type { Kysely } from 'kysely';
import type { Database } from '../../database/schema.ts';
import type { Deliveries } from '../deliveries-port.ts';

/** Slack's repetitions come at once, after one minute and after five more. */
const KEPT_MS = 3_600_000;
/** Whoever began and has not ended by then is not at it any more: the process died, or it failed. */
const GIVEN_UP_MS = 30_000;
const PRUNE_EVERY = 100;

export const createDeliveries = (db: Kysely<Database>): Deliveries => {
  let begun = 0;

  const prune = async (now: number): Promise<void> => {
    begun += 1;
    // The first of each process too: one that restarts often would never come to a hundred.
    if (begun % PRUNE_EVERY === 1)
      await db
        .deleteFrom('deliveries')
        .where('begun_at', '<', now - KEPT_MS)
        .execute();
  };

  return {
    first: async (id, now) => {
      await prune(now);
      const row = await db
        .insertInto('deliveries')
        .values({ id, begun_at: now, ended: 1 })
        .onConflict((oc) => oc.column('id').doNothing())
        .returning('id')
        .executeTakeFirst();
      return row !== undefined;
    },
    begin: async (id, now) => {
      await prune(now);
      const row = await db
        .insertInto('deliveries')
        .values({ id, begun_at: now, ended: 0 })
        .onConflict((oc) =>
          oc
            .column('id')
            .doUpdateSet({ begun_at: now })
            .where('deliveries.ended', '=', 0)
            .where((w) =>
              w.or([
                w('deliveries.begun_at', '<=', now - GIVEN_UP_MS),
                w('deliveries.begun_at', '>', now + GIVEN_UP_MS),
              ]),
            ),
        )
        .returning('id')
        .executeTakeFirst();
      return row !== undefined;
    },
    end: async (id) => {
      await db.updateTable('deliveries').set({ ended: 1 }).where('id', '=', id).execute();
    },
  };
};
