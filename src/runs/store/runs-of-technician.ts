import type { Kysely, Selectable } from 'kysely';
import type { Database } from '../../database/schema.ts';
import type { Runs } from '../ports.ts';
import type { Run } from '../rules/run.ts';

// Only runs.ts writes this column, from the same type: what comes back is what went in.
export const toRun = (row: Pick<Selectable<Database['runs']>, 'body'>): Run => JSON.parse(row.body) as Run;

export const UNFINISHED = ['open', 'asking'];

/** What a technician's own page of the journal holds. */
export const runsOfTechnician = (db: Kysely<Database>): Pick<Runs, 'unfinishedOf' | 'finishedOf'> => ({
  unfinishedOf: async (technician) => {
    const rows = await db
      .selectFrom('runs')
      .select('body')
      .where('technician', '=', technician)
      .where('state', 'in', UNFINISHED)
      .orderBy('created_at')
      .execute();
    return rows.map(toRun);
  },

  finishedOf: async (technician, since) => {
    const rows = await db
      .selectFrom('runs')
      .select('body')
      .where('technician', '=', technician)
      .where('finished_at', '>=', since)
      .orderBy('finished_at')
      .execute();
    return rows.map(toRun);
  },
});
