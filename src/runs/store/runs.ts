import { type Kysely, sql } from 'kysely';
import { passingOverLocked } from '../../database/engine.ts';
import { isFree } from '../../database/lease.ts';
import { LONG_MS, type OldRows } from '../../database/prune.ts';
import type { Database } from '../../database/schema.ts';
import { schemaIsOurs } from '../../database/schema-watch.ts';
import { LONGEST_SLEEP_MS } from '../../shared/limits.ts';
import type { Claimed, Lease, LookedAt, Runs } from '../ports.ts';
import { timerIdOf } from '../rules/purpose.ts';
import type { Decision, Run } from '../rules/run.ts';
import { bodyOf, toRun, UNFINISHED } from './run-row.ts';
import { runsToShow } from './runs-to-show.ts';

// Only this file writes these columns, from the same types: what comes back is what went in.
const toDecision = (text: string | null): Decision | null => (text === null ? null : (JSON.parse(text) as Decision));

const columnsOf = <T extends object>(row: T) => Object.keys(row) as (keyof T & string)[];

/** The journal. Each method is one statement, so that it is atomic on every engine without a transaction. */
export const createRuns = (db: Kysely<Database>): Runs => {
  const bodies = db.selectFrom('runs').select('body');
  const runsOf = async (query: typeof bodies): Promise<readonly Run[]> => (await query.execute()).map(toRun);
  const firstOf = async (query: typeof bodies): Promise<Run | null> => (await runsOf(query))[0] ?? null;

  const unfinished = bodies.where('state', 'in', UNFINISHED);
  const byForm = (formId: string) => firstOf(bodies.where('form_id', '=', formId));
  const openOn = (ticketId: number) => firstOf(unfinished.where('ticket_id', '=', ticketId));

  const overtaking = (ticketId: number | null, { since, ended }: LookedAt) =>
    db
      .selectFrom('runs as other')
      .select('other.id')
      .where('other.ticket_id', '=', ticketId)
      .where('other.finished_at', '>', since)
      .$if(ended.length > 0, (query) => query.where('other.id', 'not in', [...ended]));

  /** Neither discarded nor resumed, which gives it another id. */
  const waiting = (timerId: string) =>
    db.selectFrom('timers').select('timers.id').where('timers.id', '=', timerId).where('discarded_at', 'is', null);

  /**
   * Looked at again in the statement that stores: between two, another copy may end a run on the ticket, or its
   * technician let the timer go on whose minutes it brings.
   */
  const insert = async (run: Run, lookedAt: LookedAt | undefined): Promise<boolean> => {
    const timerId = timerIdOf(run);
    const row = {
      id: run.id,
      form_id: run.formId,
      ticket_id: run.ticket.id,
      timer_id: timerId,
      kind: run.kind,
      technician: run.technician.slackUser,
      state: run.state,
      wake_at: run.wakeAt,
      fence: 0,
      body: bodyOf(run),
      version: 1,
      shown_version: 0,
      show_fence: 0,
      showing_until: 0,
      created_at: run.createdAt,
      finished_at: run.finishedAt,
    };
    const adding = db.insertInto('runs').onConflict((oc) => oc.doNothing());
    const inserted = await (lookedAt && run.ticket.id !== null
      ? adding.columns(columnsOf(row)).expression(
          db
            .selectNoFrom(columnsOf(row).map((column) => sql`${row[column]}`.as(column)))
            .where((w) => w.not(w.exists(overtaking(run.ticket.id, lookedAt))))
            .where((w) => (timerId === null ? w.lit(true) : w.exists(waiting(timerId)))),
        )
      : adding.values(row)
    )
      .returning('id')
      .executeTakeFirst();
    return inserted !== undefined;
  };

  const held = (lease: Lease) =>
    db
      .updateTable('runs')
      .where('id', '=', lease.runId)
      .where('fence', '=', lease.fence)
      .where('lease_owner', '=', lease.owner);

  const body = (run: Run) => ({
    body: bodyOf(run),
    state: run.state,
    wake_at: run.wakeAt,
    finished_at: run.finishedAt,
    version: sql<number>`version + 1`,
  });

  return {
    add: async (run, lookedAt) => {
      // Twice: the run that held the ticket may end between the two statements.
      for (let attempt = 0; attempt < 2; attempt++) {
        if (await insert(run, lookedAt)) return { result: 'added' };
        const same = await byForm(run.formId);
        if (same) return { result: 'exists', run: same };
        const other = run.ticket.id === null ? null : await openOn(run.ticket.id);
        if (other) return { result: 'busy', run: other };
        if (lookedAt) return { result: 'overtaken' };
      }
      throw new Error('A run could neither be stored nor found');
    },

    get: (id) => firstOf(bodies.where('id', '=', id)),
    byForm,
    openOn,

    endedOn: (ticketId, after) =>
      runsOf(bodies.where('ticket_id', '=', ticketId).where('finished_at', '>', after).orderBy('finished_at', 'desc')),
    asking: () => runsOf(bodies.where('state', '=', 'asking')),
    unfinishedOf: (technician) => runsOf(unfinished.where('technician', '=', technician).orderBy('created_at')),
    finishedOf: (technician, since) =>
      runsOf(bodies.where('technician', '=', technician).where('finished_at', '>=', since).orderBy('finished_at')),
    ofTimers: async (timerIds) =>
      timerIds.length === 0 ? [] : runsOf(bodies.where('timer_id', 'in', [...timerIds]).orderBy('created_at')),

    claim: async (owner, now, leaseMs): Promise<Claimed | null> => {
      const due = db
        .selectFrom('runs')
        .select('id')
        .where((w) =>
          w.or([
            w.and([
              w('state', '=', 'open'),
              w.or([w('wake_at', '<=', now), w('wake_at', '>', now + LONGEST_SLEEP_MS)]),
            ]),
            w.and([w('state', 'in', UNFINISHED), w('decision', 'is not', null)]),
          ]),
        )
        .where(isFree('runs.lease_until', now))
        .orderBy('wake_at')
        .limit(1);
      const row = await db
        .updateTable('runs')
        .set({
          fence: sql<number>`fence + 1`,
          abandoned_until: sql<number | null>`case when lease_owner is null then null else lease_until end`,
          previous_owner: sql<string | null>`last_owner`,
          last_owner: owner,
          lease_owner: owner,
          lease_until: now + leaseMs,
        })
        .where('id', '=', passingOverLocked(db, due))
        // Said again of the row itself: where two claims choose at the same time, the second must find it taken.
        .where(isFree('runs.lease_until', now))
        .where(schemaIsOurs)
        .returning(['id', 'fence', 'body', 'abandoned_until', 'previous_owner'])
        .executeTakeFirst();
      if (!row) return null;
      return {
        lease: { runId: row.id, owner, fence: row.fence },
        run: toRun(row),
        abandonedUntil: row.abandoned_until,
        previousOwner: row.previous_owner,
      };
    },

    load: async (lease) => {
      const row = await db
        .selectFrom('runs')
        .select(['body', 'decision'])
        .where('id', '=', lease.runId)
        .where('fence', '=', lease.fence)
        .where('lease_owner', '=', lease.owner)
        .where(schemaIsOurs)
        .executeTakeFirst();
      return row ? { run: toRun(row), decision: toDecision(row.decision) } : null;
    },

    save: async (lease, run, options) => {
      const used = options ? JSON.stringify(options.decided) : null;
      const decision = sql<string | null>`case when decision = ${used} then null else decision end`;
      const values = used === null ? body(run) : { ...body(run), decision };
      const row = await held(lease).set(values).returning('decision').executeTakeFirst();
      return row ? { decision: toDecision(row.decision) } : null;
    },

    saveIntent: async (lease, run, now) => {
      const { numUpdatedRows } = await held(lease)
        .where('lease_until', '>', now)
        .where('decision', 'is', null)
        .where(schemaIsOurs)
        .set(body(run))
        .executeTakeFirst();
      return numUpdatedRows > 0n;
    },

    holds: async (lease, now) => {
      const row = await db
        .selectFrom('runs')
        .select('id')
        .where('id', '=', lease.runId)
        .where('fence', '=', lease.fence)
        .where('lease_owner', '=', lease.owner)
        .where('lease_until', '>', now)
        .where(schemaIsOurs)
        .executeTakeFirst();
      return row !== undefined;
    },

    renew: async (lease, until) => {
      await held(lease).set({ lease_until: until }).execute();
    },

    release: async (lease) => {
      await held(lease).set({ lease_owner: null, lease_until: null }).execute();
    },

    decide: async (id, decision) => {
      let update = db
        .updateTable('runs')
        .set({ decision: JSON.stringify(decision) })
        .where('id', '=', id)
        .where('state', 'in', UNFINISHED);
      // "Stop" is never overwritten by an earlier button pressed later.
      if (decision.kind !== 'stop')
        update = update.where((w) => w.or([w('decision', 'is', null), w('decision', 'not like', '%"kind":"stop"%')]));
      const { numUpdatedRows } = await update.executeTakeFirst();
      return numUpdatedRows > 0n;
    },

    ...runsToShow(db),

    holders: async () => {
      const rows = await db
        .selectFrom('runs')
        .select('lease_owner')
        .distinct()
        .where('lease_owner', 'is not', null)
        // Ended once is enough: ended again, it would take the message from whoever shows it now.
        .where('lease_until', '>', 0)
        // A finished run too, while its holder was to show it: else its receipt waits until that claim ends.
        .where((w) => w.or([w('state', 'in', UNFINISHED), w('showing_until', '>', 0)]))
        .execute();
      return rows.flatMap(({ lease_owner }) => (lease_owner ? [lease_owner] : []));
    },

    expire: async (owner) => {
      await db.updateTable('runs').set({ lease_until: 0, showing_until: 0 }).where('lease_owner', '=', owner).execute();
    },
  };
};

export const oldRuns: OldRows = {
  table: 'runs',
  key: ['id'],
  keptMs: LONG_MS,
  // Its lines are in the audit when it was shown.
  when: (before) => sql`finished_at < ${before} and state in ('done', 'stopped') and shown_version >= version`,
};
