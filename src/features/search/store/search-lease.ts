import type { Kysely } from 'kysely';
import { isFree, takenBy } from '../../../database/lease.ts';
import type { Database } from '../../../database/schema.ts';
import { type MirrorProgress, NOTHING_READ } from '../mirror.ts';
import type { MirrorLease } from '../ports.ts';

export const TICKETS = 'tickets';

// Only this file writes the column, from the same type; a progress that lacks something was stored by another version.
export const progressOf = (body: string | null | undefined): MirrorProgress =>
  body ? { ...NOTHING_READ, ...(JSON.parse(body) as Partial<MirrorProgress>) } : NOTHING_READ;

/** Which process goes on with the copy of Syncro's tickets, and how far it is. Every method is one statement. */
export const createMirrorLease = (db: Kysely<Database>): MirrorLease => ({
  claim: async (owner, now, leaseMs) => {
    const lease = takenBy(owner, now, leaseMs);
    const row = await db
      .insertInto('search_progress')
      .values({ name: TICKETS, ...lease, body: null })
      .onConflict((oc) =>
        oc
          .column('name')
          .doUpdateSet(lease)
          .where((w) =>
            w.or([
              w('search_progress.owner', 'is', null),
              w('search_progress.owner', '=', owner),
              isFree('search_progress.lease_until', now),
            ]),
          ),
      )
      .returning('body')
      .executeTakeFirst();
    return row ? progressOf(row.body) : null;
  },

  save: async (owner, progress) => {
    const { numUpdatedRows } = await db
      .updateTable('search_progress')
      .set({ body: JSON.stringify(progress) })
      .where('name', '=', TICKETS)
      .where('owner', '=', owner)
      .executeTakeFirst();
    return numUpdatedRows > 0n;
  },

  release: async (owner) => {
    await db
      .updateTable('search_progress')
      .set({ owner: null })
      .where('name', '=', TICKETS)
      .where('owner', '=', owner)
      .execute();
  },
});
