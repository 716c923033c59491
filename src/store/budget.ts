import { type Kysely, sql } from 'kysely';
import type { Clock, RequestBudget } from '../app/ports.ts';
import type { Database } from './schema.ts';

/** A little over a minute: a request is counted when granted, Syncro counts it when it arrives. */
const WINDOW_MS = 61_000;
/** Part of Syncro's limit that is used; the rest absorbs what other programs at the same address send. */
const SHARE = 0.95;
/** A full window is asked again after this at the latest. */
const MOST_WAIT_MS = 1_000;

/**
 * The requests of the last minute as rows: exact in any sliding window, and a restart forgets nothing.
 * (A token bucket refilled every minute lets twice the limit through round the refill: measured, 360 of 180.)
 */
export const createBudget = (db: Kysely<Database>, requestsPerMinute: number, clock: Clock): RequestBudget => {
  const limit = Math.max(1, Math.floor(requestsPerMinute * SHARE));
  let granted = 0;

  const waitMs = async (now: number): Promise<number> => {
    const pause = await db.selectFrom('pauses').select('until_at').where('name', '=', 'syncro').executeTakeFirst();
    if (pause && pause.until_at > now) return pause.until_at - now;
    const oldest = await db
      .selectFrom('requests')
      .select(({ fn }) => fn.min('sent_at').as('at'))
      .where('sent_at', '>', now - WINDOW_MS)
      .executeTakeFirst();
    const free = oldest?.at ? Number(oldest.at) + WINDOW_MS - now : 0;
    return Math.min(MOST_WAIT_MS, Math.max(10, free));
  };

  return {
    take: async (leave) => {
      const now = clock.now();
      const { numInsertedOrUpdatedRows } = await db
        .insertInto('requests')
        .columns(['sent_at'])
        .expression(
          sql<number>`select ${now} where
            (select count(*) from requests where sent_at > ${now - WINDOW_MS}) < ${Math.max(1, limit - leave)}
            and not exists (select 1 from pauses where name = 'syncro' and until_at > ${now})`,
        )
        .executeTakeFirst();
      if (!numInsertedOrUpdatedRows) return waitMs(now);
      granted += 1;
      if (granted % 100 === 0)
        await db
          .deleteFrom('requests')
          .where('sent_at', '<=', now - WINDOW_MS)
          .execute();
      return 0;
    },
    pauseUntil: async (at) => {
      await db
        .insertInto('pauses')
        .values({ name: 'syncro', until_at: at })
        // A second, shorter 429 does not end the pause of the first.
        .onConflict((oc) => oc.column('name').doUpdateSet({ until_at: at }).where('pauses.until_at', '<', at))
        .execute();
    },
  };
};
