import { type ExpressionBuilder, type Kysely, sql } from 'kysely';
import { passingOverLocked } from '../../database/engine.ts';
import type { Database } from '../../database/schema.ts';
import type { Runs } from '../ports.ts';
import { toRun } from './run-row.ts';

/** So far ahead nobody claims or puts off a message; a clock was set back since. */
const LONGEST_CLAIM_MS = 30 * 60_000;

const isFree = (now: number) => (w: ExpressionBuilder<Database, 'runs'>) =>
  w.or([w('showing_until', '<=', now), w('showing_until', '>', now + LONGEST_CLAIM_MS)]);

/** The outbox: runs whose one message is older than their row, shown by one process at a time. */
export const runsToShow = (
  db: Kysely<Database>,
): Pick<Runs, 'claimUnshown' | 'unclaimShows' | 'shown' | 'showAgain' | 'notShown'> => ({
  claimUnshown: async (now, forMs, limit) => {
    const unshown = db
      .selectFrom('runs')
      .select('id')
      .whereRef('shown_version', '<', 'version')
      .where(isFree(now))
      // Newest first: old ones that Slack does not take must not keep others waiting.
      .orderBy('created_at', 'desc')
      .limit(limit);
    const rows = await db
      // Chosen once: Postgres may carry out a plain subquery again for each row.
      .with('unshown', () => passingOverLocked(db, unshown))
      .updateTable('runs')
      .set({ show_fence: sql<number>`show_fence + 1`, showing_until: now + forMs })
      .where('id', 'in', (eb) => eb.selectFrom('unshown').select('id'))
      .where(isFree(now))
      .returning(['body', 'version', 'show_fence', 'notice_channel', 'notice_ts'])
      .execute();
    return rows.map((row) => ({
      run: toRun(row),
      version: row.version,
      fence: row.show_fence,
      notice: row.notice_channel && row.notice_ts ? { channel: row.notice_channel, ts: row.notice_ts } : null,
    }));
  },

  unclaimShows: async (until) => {
    await db
      .updateTable('runs')
      .set({ showing_until: 0 })
      .whereRef('shown_version', '<', 'version')
      .where('showing_until', '=', until)
      .execute();
  },

  shown: async ({ run, version, fence }, notice) => {
    const { numUpdatedRows } = await db
      .updateTable('runs')
      .set({
        shown_version: version,
        showing_until: 0,
        notice_channel: notice?.channel ?? null,
        notice_ts: notice?.ts ?? null,
      })
      .where('id', '=', run.id)
      .where('show_fence', '=', fence)
      .executeTakeFirst();
    // Somebody else shows it too: which of the two Slack took last is not known, so once more.
    if (numUpdatedRows === 0n)
      await db.updateTable('runs').set({ shown_version: 0 }).where('id', '=', run.id).execute();
  },

  showAgain: async (id, version) => {
    await db
      .updateTable('runs')
      .set({ shown_version: 0 })
      .where('id', '=', id)
      .whereRef('shown_version', '=', 'version')
      .$if(version !== undefined, (query) => query.where('version', '=', version ?? 0))
      .execute();
  },

  notShown: async ({ run, fence }, until) => {
    await db
      .updateTable('runs')
      .set({ showing_until: until })
      .where('id', '=', run.id)
      .where('show_fence', '=', fence)
      .execute();
  },
});
