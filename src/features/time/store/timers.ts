import { type Kysely, type Selectable, sql } from 'kysely';
import { LONG_MS, type OldRows } from '../../../database/prune.ts';
import type { Database } from '../../../database/schema.ts';
import { ticketId, ticketNumber } from '../../../syncro/ticket.ts';
import type { Timer, Timers } from '../ports.ts';

const toTimer = (row: Selectable<Database['timers']>): Timer => ({
  id: row.id,
  technician: row.technician,
  ticketId: ticketId(row.ticket_id),
  ticketNumber: ticketNumber(row.ticket_number),
  subject: row.subject,
  customerName: row.customer_name,
  startedAt: row.started_at,
  stoppedAt: row.stopped_at,
  earlier: JSON.parse(row.earlier ?? '[]') as Timer['earlier'],
});

/** Runs that bring its minutes into Syncro, or may have. */
const holding = (db: Kysely<Database>, id: string) =>
  db.selectFrom('runs').select('runs.id').where('runs.timer_id', '=', id).where('runs.state', '!=', 'stopped');

/** The technicians' timers. That one of a technician's runs is held by the index, across processes. */
export const createTimers = (db: Kysely<Database>): Timers => ({
  start: async (timer) => {
    const inserted = await db
      .insertInto('timers')
      .values({
        id: timer.id,
        technician: timer.technician,
        ticket_id: timer.ticketId,
        ticket_number: timer.ticketNumber,
        subject: timer.subject,
        customer_name: timer.customerName,
        started_at: timer.startedAt,
        stopped_at: timer.stoppedAt,
      })
      .onConflict((oc) => oc.doNothing())
      .returning('id')
      .executeTakeFirst();
    return inserted !== undefined;
  },

  get: async (id) => {
    const row = await db
      .selectFrom('timers')
      .selectAll()
      .where('id', '=', id)
      .where('discarded_at', 'is', null)
      .executeTakeFirst();
    return row ? toTimer(row) : null;
  },

  of: async (technician) => {
    const rows = await db
      .selectFrom('timers')
      .selectAll()
      .where('technician', '=', technician)
      .where('discarded_at', 'is', null)
      .where('settled_at', 'is', null)
      .orderBy('started_at')
      .execute();
    return rows.map(toTimer);
  },

  stop: async (id, at) => {
    const { numUpdatedRows } = await db
      .updateTable('timers')
      .set({ stopped_at: at })
      .where('id', '=', id)
      .where('stopped_at', 'is', null)
      .executeTakeFirst();
    return numUpdatedRows > 0n;
  },

  // Looked at in the statement itself: a bill of its minutes may be confirmed on another device in the same moment.
  resume: async (id, { id: next, technician, startedAt, earlier }) => {
    try {
      const { numUpdatedRows } = await db
        .updateTable('timers')
        .set({ id: next, started_at: startedAt, stopped_at: null, earlier: JSON.stringify(earlier) })
        .where('id', '=', id)
        .where('stopped_at', 'is not', null)
        .where('discarded_at', 'is', null)
        .where('settled_at', 'is', null)
        .where((w) => w.not(w.exists(holding(db, id))))
        .executeTakeFirst();
      return numUpdatedRows > 0n;
    } catch (error) {
      const running = db.selectFrom('timers').select('id').where('technician', '=', technician);
      if (await running.where('stopped_at', 'is', null).executeTakeFirst()) return false;
      throw error;
    }
  },

  settle: async (id, at) => {
    await db.updateTable('timers').set({ settled_at: at }).where('id', '=', id).execute();
  },

  discard: async (id, at) => {
    await db
      .updateTable('timers')
      .set({ discarded_at: at, stopped_at: sql<number>`coalesce(stopped_at, ${at})` })
      .where('id', '=', id)
      .execute();
  },
});

export const oldTimers: OldRows = {
  table: 'timers',
  key: ['id'],
  keptMs: LONG_MS,
  when: (before) => sql`settled_at < ${before} or discarded_at < ${before}`,
};
