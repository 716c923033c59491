import { type Kysely, sql } from 'kysely';
import { passingOverLocked } from '../../../database/engine.ts';
import { GIVEN_BACK, isFree, takenBy } from '../../../database/lease.ts';
import { LONG_MS, type OldRows } from '../../../database/prune.ts';
import type { Database } from '../../../database/schema.ts';
import { schemaIsOurs } from '../../../database/schema-watch.ts';
import { ticketId } from '../../../syncro/ticket.ts';
import type { DueLine, Promises } from '../ports.ts';

const WAITING = 'waiting';

/** A row per line that was charged for a recurring invoice says when it is looked for, and who does. */
export const createPromises = (db: Kysely<Database>): Promises => {
  const held = (runId: string, owner: string) =>
    db.updateTable('promised_lines').where('run_id', '=', runId).where('owner', '=', owner);

  return {
    add: async ({ runId, customerId, ticketId, lineId, day, lookAt }) => {
      await db
        .insertInto('promised_lines')
        .values({
          ...{ run_id: runId, customer_id: customerId, ticket_id: ticketId, line_id: lineId, day },
          ...{ state: WAITING, look_at: lookAt, looks: 0, told: '{}' },
        })
        .onConflict((oc) => oc.doNothing())
        .execute();
    },

    followed: async (runId) => {
      const row = await db
        .selectFrom('promised_lines')
        .select(['state', 'seen_at'])
        .where('run_id', '=', runId)
        .where('state', '!=', WAITING)
        .executeTakeFirst();
      return row ? { state: row.state as Exclude<DueLine['state'], 'waiting'>, at: row.seen_at ?? 0 } : null;
    },

    on: async (ticket) => {
      const rows = await db
        .selectFrom('promised_lines')
        .select(['line_id', 'day', 'state'])
        .where('ticket_id', '=', ticket)
        .execute();
      const of = (which: string) =>
        rows.flatMap(({ line_id: id, day, state }) => (id === null || state !== which ? [] : [{ id, day }]));
      return {
        days: new Map(of(WAITING).map(({ id, day }) => [id, day])),
        taken: new Set(of('invoiced').map(({ id }) => id)),
      };
    },

    claim: async (owner, now, leaseMs, limit) => {
      const due = db
        .selectFrom('promised_lines')
        .where('look_at', '<=', now)
        .where(isFree('promised_lines.lease_until', now))
        .orderBy('look_at')
        .orderBy('run_id');
      const theirs = due.select('run_id').where('customer_id', '=', due.select('customer_id').limit(1)).limit(limit);
      const rows = await db
        .with('theirs', () => passingOverLocked(db, theirs))
        .updateTable('promised_lines')
        .set(takenBy(owner, now, leaseMs))
        .where('run_id', 'in', (eb) => eb.selectFrom('theirs').select('run_id'))
        // Said again of the row itself: where two claims choose at the same time, the second must find it taken.
        .where(isFree('promised_lines.lease_until', now))
        .where(schemaIsOurs)
        .returningAll()
        .execute();
      return rows.map(
        (row): DueLine => ({
          ...{ runId: row.run_id, customerId: row.customer_id, ticketId: ticketId(row.ticket_id) },
          ...{ lineId: row.line_id, day: row.day, looks: row.looks },
          // Only this file writes these columns, from the same types.
          state: row.state as DueLine['state'],
          told: JSON.parse(row.told) as DueLine['told'],
        }),
      );
    },

    renew: async (runIds, owner, until) => {
      await db
        .updateTable('promised_lines')
        .set({ lease_until: until })
        .where('run_id', 'in', [...runIds])
        .where('owner', '=', owner)
        .execute();
    },

    noteTold: async (runId, owner, now, told) => {
      const row = await held(runId, owner)
        .where('lease_until', '>', now)
        .where(schemaIsOurs)
        .set({ told: JSON.stringify(told) })
        .returning('run_id')
        .executeTakeFirst();
      return row !== undefined;
    },

    putBack: async (runId, owner, lookAt, looks) => {
      await held(runId, owner)
        .set({ look_at: lookAt, looks, ...GIVEN_BACK })
        .execute();
    },

    settle: async (runId, owner, state, now) => {
      await held(runId, owner).set({ state, seen_at: now }).execute();
    },

    invoicedOf: async (customerId, since) => {
      const rows = await db
        .selectFrom('promised_lines')
        .select(['run_id', 'line_id', 'seen_at'])
        .where('customer_id', '=', customerId)
        .where('state', '=', 'invoiced')
        .where('seen_at', '>=', since)
        .orderBy('seen_at')
        .execute();
      return rows.map(({ run_id: runId, line_id: lineId, seen_at: at }) => ({ runId, lineId, at: at ?? 0 }));
    },

    close: async (runId, owner) => {
      await held(runId, owner)
        .set({ look_at: null, ...GIVEN_BACK })
        .execute();
    },
  };
};

export const oldPromises: OldRows = {
  table: 'promised_lines',
  key: ['run_id'],
  keptMs: LONG_MS,
  when: (before) => sql`seen_at < ${before} and look_at is null`,
};
