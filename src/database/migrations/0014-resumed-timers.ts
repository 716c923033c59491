import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

const up = async (db: Kysely<unknown>): Promise<void> => {
  // What was measured before a timer was last resumed, as JSON; none: it never was.
  await db.schema.alterTable('timers').addColumn('earlier', 'text').execute();
};

/** Timers that are paused and go on: a bill must know when the work was done, which is not one span any more. */
export const resumedTimers: Migration = { up };
