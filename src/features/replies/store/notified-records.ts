import { type ExpressionBuilder, type Kysely, sql } from 'kysely';
import { GIVEN_BACK, isFree, takenBy } from '../../../database/lease.ts';
import type { OldRows } from '../../../database/prune.ts';
import type { Database } from '../../../database/schema.ts';
import { LONGEST_LEASE_MS } from '../../../shared/limits.ts';
import type { NotifiedRecord, NotifiedRecords } from '../ports.ts';

/** Syncro notifies of a comment and of the status that it moved at nearly the same time. */
const GATHER_MS = 1_000;
/** However often Syncro notifies of a record, it is not read more often than this. */
const REST_MS = 20_000;

/** What was notified of that far in the future was written by a clock that has been set back. */
const isDue = (now: number) => (w: ExpressionBuilder<Database, 'hints'>) =>
  w.and([
    w('due_at', 'is not', null),
    w.or([w('due_at', '<=', now), w('hinted_at', '>', now + LONGEST_LEASE_MS)]),
    isFree('hints.lease_until', now),
  ]);

/** What may have changed in Syncro, one row per record, so that a flood of notifications is one look. */

export const createNotifiedRecords = (db: Kysely<Database>): NotifiedRecords => {
  const held = ({ kind, id }: NotifiedRecord, owner: string) =>
    db.updateTable('hints').where('kind', '=', kind).where('record_id', '=', id).where('owner', '=', owner);

  return {
    note: async ({ kind, id }, now) => {
      await db
        .insertInto('hints')
        .values({ kind, record_id: id, hinted_at: now, due_at: now + GATHER_MS, rest_until: 0, version: 1 })
        .onConflict((oc) =>
          oc.columns(['kind', 'record_id']).doUpdateSet((eb) => ({
            version: eb('hints.version', '+', 1),
            hinted_at: eb
              .case()
              .when('hints.due_at', 'is', null)
              .then(eb.ref('excluded.hinted_at'))
              .else(eb.ref('hints.hinted_at'))
              .end(),
            due_at: eb
              .case()
              .when('hints.due_at', 'is not', null)
              .then(eb.ref('hints.due_at'))
              .when('hints.rest_until', '>', eb.ref('excluded.due_at'))
              .then(eb.ref('hints.rest_until'))
              .else(eb.ref('excluded.due_at'))
              .end(),
          })),
        )
        .execute();
    },

    waiting: async () => {
      const row = await db
        .selectFrom('hints')
        .select((eb) => eb.fn.countAll<number | string>().as('count'))
        .where('due_at', 'is not', null)
        .executeTakeFirstOrThrow();
      return Number(row.count);
    },

    claim: async (owner, now, leaseMs) => {
      const next = await db
        .selectFrom('hints')
        .select(['kind', 'record_id'])
        .where(isDue(now))
        .orderBy('due_at')
        .limit(1)
        .executeTakeFirst();
      if (!next) return null;
      // Said again: of two who saw the same row, the second must find it taken, and looks again the next time.
      const row = await db
        .updateTable('hints')
        .set(takenBy(owner, now, leaseMs))
        .where('kind', '=', next.kind)
        .where('record_id', '=', next.record_id)
        .where(isDue(now))
        .returning(['hinted_at', 'version'])
        .executeTakeFirst();
      if (!row) return null;
      return {
        kind: next.kind as NotifiedRecord['kind'],
        id: next.record_id,
        notifiedAt: row.hinted_at,
        version: row.version,
      };
    },

    renew: async (record, owner, until) => {
      await held(record, owner).set({ lease_until: until }).execute();
    },

    settle: async (record, owner, now) => {
      const after = now + REST_MS;
      await held(record, owner)
        .set((eb) => ({
          ...GIVEN_BACK,
          rest_until: after,
          due_at: eb
            .case()
            .when('version', '=', record.version)
            .then(null)
            .else(eb.cast<number>(eb.val(after), 'bigint'))
            .end(),
          hinted_at: eb
            .case()
            .when('version', '=', record.version)
            .then(eb.ref('hinted_at'))
            .else(eb.cast<number>(eb.val(now), 'bigint'))
            .end(),
        }))
        .execute();
    },

    putBack: async (record, owner, until) => {
      await held(record, owner)
        .set({ ...GIVEN_BACK, due_at: until })
        .execute();
    },
  };
};

/** What rests no longer, and of which nothing more was heard. */
export const oldNotifiedRecords: OldRows = {
  table: 'hints',
  key: ['kind', 'record_id'],
  keptMs: 0,
  when: (before) => sql`due_at is null and rest_until < ${before}`,
};
