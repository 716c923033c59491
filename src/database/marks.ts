import type { Kysely } from 'kysely';
import type { Marks } from '../shared/system.ts';
import type { Database } from './schema.ts';

/** When something happened last that every copy must know of, by name. */
export const createMarks = (db: Kysely<Database>): Marks => ({
  at: async (name) => {
    const row = await db.selectFrom('refreshes').select('at').where('name', '=', name).executeTakeFirst();
    return row?.at ?? null;
  },
  set: async (name, at) => {
    await db
      .insertInto('refreshes')
      .values({ name, at })
      .onConflict((oc) => oc.column('name').doUpdateSet({ at }).where('refreshes.at', '<', at))
      .execute();
  },
});
