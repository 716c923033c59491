import type { Kysely } from 'kysely';
import type { Database } from '../../../database/schema.ts';
import type { Digests } from '../ports.ts';

/** Digests that were set up in Slack, one per channel. */
export const createDigests = (db: Kysely<Database>): Digests => ({
  all: async () => {
    const rows = await db.selectFrom('digests').selectAll().orderBy('created_at').execute();
    return rows.map(({ channel, at, timezone, days, created_by, created_at }) => ({
      channel,
      at,
      timezone,
      days,
      setUp: { by: created_by, at: created_at },
    }));
  },
  put: async ({ channel, at, timezone, days, setUp }) => {
    const values = { at, timezone, days, created_by: setUp.by, created_at: setUp.at };
    await db
      .insertInto('digests')
      .values({ channel, ...values })
      .onConflict((oc) => oc.column('channel').doUpdateSet(values))
      .execute();
  },
  remove: async (channel) => {
    const gone = await db.deleteFrom('digests').where('channel', '=', channel).returning('channel').executeTakeFirst();
    return gone !== undefined;
  },
});
