import type { Kysely } from 'kysely';
import type { LastTimes } from '../shared/system.ts';
import type { Database } from './schema.ts';

/** The name under which a database says that it is a backup, and of when. */
export const BACKUP = 'backup';

/** In place of what was noted, be it later. */
export const noteTime = async (db: Kysely<Database>, name: string, at: number): Promise<void> => {
  await db
    .insertInto('refreshes')
    .values({ name, at })
    .onConflict((oc) => oc.column('name').doUpdateSet({ at }))
    .execute();
};

/** `null`: never. */
export const timeOf = async (db: Kysely<Database>, name: string): Promise<number | null> => {
  const row = await db.selectFrom('refreshes').select('at').where('name', '=', name).executeTakeFirst();
  return row?.at ?? null;
};

/** The table `refreshes`: when something happened last, by name. */
export const createLastTimes = (db: Kysely<Database>): LastTimes => ({
  at: (name) => timeOf(db, name),
  set: async (name, at) => {
    await db
      .insertInto('refreshes')
      .values({ name, at })
      .onConflict((oc) => oc.column('name').doUpdateSet({ at }).where('refreshes.at', '<', at))
      .execute();
  },
});
