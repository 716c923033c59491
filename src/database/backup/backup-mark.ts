import type { Kysely } from 'kysely';
import type { Database } from '../schema.ts';

/** `refreshes` holds when something last happened to the database as a whole; each backup carries this one. */
export const BACKUP = 'backup';

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
