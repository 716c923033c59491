import { createHash } from 'node:crypto';
import type { Kysely, Selectable } from 'kysely';
import type { Database } from '../../database/schema.ts';
import type { Audit, AuditRow } from '../ports.ts';

/** Stands before the first row. */
const BEGINNING = '0'.repeat(64);

/** SHA-256 over every field of a row and the hash of the row before it, in this order. */
const hashOf = (row: Omit<AuditRow, 'hash'>): string => {
  const { seq, at, slackUser, technician, syncroUserId, syncroUser, what, outcome } = row;
  const { ticketNumber, recordId, ref, runId, n, previous } = row;
  const fields = [seq, at, slackUser, technician, syncroUserId, syncroUser, what, outcome, ticketNumber, recordId];
  return createHash('sha256')
    .update(JSON.stringify([...fields, ref, runId, n, previous]))
    .digest('hex');
};

/**
 * Follows the chain from its beginning.
 * @returns the number of the first row that was changed, added or taken away, or `null` when all hold. A row taken away
 * at the very end leaves no trace in the chain itself: compare the count with a backup or the log.
 */
export const firstBroken = (rows: readonly AuditRow[]): number | null => {
  let previous = BEGINNING;
  for (const [index, row] of rows.entries()) {
    if (row.seq !== index + 1 || row.previous !== previous || row.hash !== hashOf(row)) return index + 1;
    previous = row.hash;
  }
  return null;
};

const toRow = (row: Selectable<Database['audit']>): AuditRow => ({
  seq: row.seq,
  at: row.at,
  slackUser: row.slack_user,
  technician: row.technician,
  syncroUserId: row.syncro_user_id,
  syncroUser: row.syncro_user,
  what: row.what,
  outcome: row.outcome,
  ticketNumber: row.ticket_number,
  recordId: row.record_id,
  ref: row.ref,
  runId: row.run_id,
  n: row.n,
  previous: row.previous,
  hash: row.hash,
});

type Fields = Omit<AuditRow, 'seq' | 'previous' | 'hash'>;

/** Writers that collide at the end of the chain try again; each time at least one of them gets through. */
const ATTEMPTS = 50;

/** The chain is kept by its key: a row can follow the last one only once, so no lock and no transaction is needed. */
export const createAudit = (db: Kysely<Database>) => {
  const insert = async (fields: Fields): Promise<'added' | 'there' | 'collided'> => {
    const last = await db
      .selectFrom('audit')
      .select(['seq', 'hash'])
      .orderBy('seq', 'desc')
      .limit(1)
      .executeTakeFirst();
    const row = { ...fields, seq: (last?.seq ?? 0) + 1, previous: last?.hash ?? BEGINNING };
    const inserted = await db
      .insertInto('audit')
      .values({
        seq: row.seq,
        at: row.at,
        slack_user: row.slackUser,
        technician: row.technician,
        syncro_user_id: row.syncroUserId,
        syncro_user: row.syncroUser,
        what: row.what,
        outcome: row.outcome,
        ticket_number: row.ticketNumber,
        record_id: row.recordId,
        ref: row.ref,
        run_id: row.runId,
        n: row.n,
        previous: row.previous,
        hash: hashOf(row),
      })
      .onConflict((oc) => oc.doNothing())
      .returning('seq')
      .executeTakeFirst();
    if (inserted) return 'added';
    const there = await db
      .selectFrom('audit')
      .select('seq')
      .where('run_id', '=', row.runId)
      .where('n', '=', row.n)
      .executeTakeFirst();
    return there ? 'there' : 'collided';
  };

  const add = async (fields: Fields): Promise<void> => {
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) if ((await insert(fields)) !== 'collided') return;
    throw new Error('The audit could not be written');
  };

  const audit: Audit = {
    append: async ({ id, ref, technician, author, ticket, steps, note, audit: entries = [] }) => {
      if (entries.length === 0) return;
      const rows = await db.selectFrom('audit').select('n').where('run_id', '=', id).execute();
      const known = new Set(rows.map(({ n }) => n));
      const made = steps.find(({ action, state }) => action.kind === 'ticket' && state.phase === 'done')?.state;
      const number = made?.phase === 'done' && made.number ? Number(made.number) : ticket.number;
      for (const { n, at, what, outcome, recordId } of entries)
        if (!known.has(n))
          await add({
            at,
            slackUser: technician.slackUser,
            technician: technician.name,
            syncroUserId: author.id,
            syncroUser: author.name,
            what: note ? `${what}: ${note}` : what,
            outcome,
            ticketNumber: number,
            recordId,
            ref,
            runId: id,
            n,
          });
    },

    ofTicket: async (number, limit) => {
      // A new ticket's first attempt may stand there without a number: the row is what it was when it was written.
      const ofIts = db.selectFrom('audit').select('run_id').where('ticket_number', '=', number);
      const query = db.selectFrom('audit').selectAll().where('run_id', 'in', ofIts);
      return (await query.orderBy('seq', 'desc').limit(limit).execute()).map(toRow);
    },
  };

  return {
    ...audit,
    /** Every row in its order, for checking and exporting. */
    all: async (): Promise<readonly AuditRow[]> =>
      (await db.selectFrom('audit').selectAll().orderBy('seq').execute()).map(toRow),
  };
};
