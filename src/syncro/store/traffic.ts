import type { Kysely } from 'kysely';
import type { Database } from '../../database/schema.ts';
import { LONGEST_PAUSE_MS } from '../../shared/limits.ts';
import type { Traffic } from '../ports.ts';

const MINUTE_MS = 60_000;

/** What the request budget has recorded, for work that only goes on while it is quiet. */
export const createTraffic = (db: Kysely<Database>): Traffic => ({
  lastMinute: async (now) => {
    const pause = await db.selectFrom('pauses').select('until_at').where('name', '=', 'syncro').executeTakeFirst();
    if (pause && pause.until_at > now && pause.until_at <= now + LONGEST_PAUSE_MS) return Number.POSITIVE_INFINITY;
    const { count } = await db
      .selectFrom('request_slots')
      .select(({ fn }) => fn.countAll().as('count'))
      .where('sent_at', '>', now - MINUTE_MS)
      // What lies further ahead was written by a clock that has been set back since.
      .where('sent_at', '<', now + MINUTE_MS)
      .executeTakeFirstOrThrow();
    return Number(count);
  },
});
