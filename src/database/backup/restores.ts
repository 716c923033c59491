import { type Kysely, sql } from 'kysely';
import { toRun, UNFINISHED } from '../../runs/store/runs-of-technician.ts';
import type { Database } from '../schema.ts';
import type { Restores } from './ports.ts';

/** `refreshes` holds when something last happened to the database as a whole; each backup carries the first of these. */
const BACKUP = 'backup';
const RESTORED = 'restored';

/** What a database says about having been a backup. */
export const createRestores = (db: Kysely<Database>): Restores => {
  const timeOf = async (name: string): Promise<number | null> => {
    const row = await db.selectFrom('refreshes').select('at').where('name', '=', name).executeTakeFirst();
    return row?.at ?? null;
  };
  const note = async (name: string, at: number): Promise<void> => {
    await db
      .insertInto('refreshes')
      .values({ name, at })
      .onConflict((oc) => oc.column('name').doUpdateSet({ at }))
      .execute();
  };

  return {
    backupAt: () => timeOf(BACKUP),
    restoredAt: () => timeOf(RESTORED),
    markBackup: (at) => note(BACKUP, at),

    unfinished: async () => {
      const rows = await db.selectFrom('runs').select(['body', 'version']).where('state', 'in', UNFINISHED).execute();
      return rows.map((row) => ({ run: toRun(row), version: row.version }));
    },

    put: async ({ run, version }) => {
      await db
        .updateTable('runs')
        .set({
          body: JSON.stringify(run),
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
      await note(RESTORED, at);
      await db.deleteFrom('refreshes').where('name', '=', BACKUP).execute();
    },
  };
};
