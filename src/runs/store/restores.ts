import { type Kysely, sql } from 'kysely';
import { BACKUP, noteTime, timeOf } from '../../database/last-times.ts';
import type { Database } from '../../database/schema.ts';
import type { Restores } from '../see-to-restore.ts';
import { bodyOf, toRun, UNFINISHED } from './run-row.ts';

const RESTORED = 'restored';

/** What a database says about having been a backup. */
export const createRestores = (db: Kysely<Database>): Restores => {
  return {
    backupAt: () => timeOf(db, BACKUP),
    restoredAt: () => timeOf(db, RESTORED),
    markBackup: (at) => noteTime(db, BACKUP, at),

    unfinished: async () => {
      const rows = await db.selectFrom('runs').select(['body', 'version']).where('state', 'in', UNFINISHED).execute();
      return rows.map((row) => ({ run: toRun(row), version: row.version }));
    },

    put: async ({ run, version }) => {
      await db
        .updateTable('runs')
        .set({
          body: bodyOf(run),
          state: run.state,
          wake_at: run.wakeAt,
          // Whoever held it, and what was decided about it, belongs to the time before.
          decision: null,
          lease_owner: null,
          lease_until: null,
          fence: sql<number>`fence + 1`,
          version: sql<number>`version + 1`,
          // Its message may have been posted since: it is looked for, not posted a second time.
          show_fence: sql<number>`show_fence + 1`,
          showing_until: 0,
        })
        .where('id', '=', run.id)
        // Another copy may have been here first, and gone on from there.
        .where('version', '=', version)
        .execute();
    },

    forgetForms: async () => {
      await db.deleteFrom('forms').execute();
    },

    settle: async (at) => {
      await noteTime(db, RESTORED, at);
      await db.deleteFrom('refreshes').where('name', '=', BACKUP).execute();
    },
  };
};
