import { createHash } from 'node:crypto';
import { type Kysely, sql } from 'kysely';
import type { Database } from '../../../database/schema.ts';
import type { ApiKey } from '../../../syncro/ports.ts';
import type { KeyTroubles } from '../ports.ts';

/** Tells one key from another without the key. */
const printOf = (about: string, key: ApiKey): string =>
  createHash('sha256').update(`${about}:${key.reveal()}`).digest('hex');

/** What is known to be wrong with keys: one row per person, for all copies. */
export const createKeyTroubles = (db: Kysely<Database>): KeyTroubles => ({
  note: async (about, key, mismatch) => {
    const values = { print: printOf(about, key), mismatch: mismatch ?? '' };
    const noted = await db
      .insertInto('key_troubles')
      .values({ about, ...values })
      .onConflict((oc) =>
        oc
          .column('about')
          .doUpdateSet(values)
          .where((w) =>
            w.or([
              w('key_troubles.print', '<>', values.print),
              // That it is somebody else's says more than that it was refused.
              w.and([w('key_troubles.mismatch', '=', ''), w(sql.val(values.mismatch), '<>', '')]),
            ]),
          ),
      )
      .returning('about')
      .executeTakeFirst();
    return noted !== undefined;
  },
  mismatchOf: async (about, key) => {
    const row = await db
      .selectFrom('key_troubles')
      .select('mismatch')
      .where('about', '=', about)
      .where('print', '=', printOf(about, key))
      .executeTakeFirst();
    return row?.mismatch || null;
  },
  clear: async (about) => {
    await db.deleteFrom('key_troubles').where('about', '=', about).execute();
  },
});
