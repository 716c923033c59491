import { type Kysely, type RawBuilder, sql } from 'kysely';
import { passingOverLocked } from '../../database/engine.ts';
import type { Database } from '../../database/schema.ts';
import { LONGEST_PAUSE_MS } from '../../shared/limits.ts';
import type { Clock } from '../../shared/system.ts';
import { MOST_WAIT_MS, spendable, WINDOW_MS } from '../memory-budget.ts';
import type { RequestBudget, Traffic } from '../ports.ts';

/** Somebody else took the place that was seen free. */
const AT_ONCE_MS = 10;

/** How much longer Syncro wants no request. */
const pauseMs = async (db: Kysely<Database>, now: number): Promise<number> => {
  const pause = await db.selectFrom('pauses').select('until_at').where('name', '=', 'syncro').executeTakeFirst();
  return pause && pause.until_at <= now + LONGEST_PAUSE_MS ? Math.max(0, pause.until_at - now) : 0;
};

/**
 * As many rows as the window may hold requests, each with the time of its last: a request takes one that nobody used
 * for a minute. So the limit holds in any sliding window, whoever asks at the same time: a row is taken once, and no lock
 * outlives a statement (counting rows first lets two through on Postgres, where both count before either has inserted).
 * A restart forgets nothing, and the table never grows. (A token bucket refilled every minute lets twice the limit
 * through round the refill: measured, 360 of 180.)
 * @param dated how a statement says "now"; a server's own clock is the same for everybody
 */
export const createBudget = (
  db: Kysely<Database>,
  requestsPerMinute: number,
  clock: Clock,
  dated: (now: number) => RawBuilder<number> = (now) => sql<number>`cast(${now} as bigint)`,
): RequestBudget => {
  const limit = spendable(requestsPerMinute);

  const waitMs = async (now: number, room: number): Promise<number> => {
    const pause = await pauseMs(db, now);
    if (pause > 0) return pause;
    // With this one gone there is room again.
    const last = await db
      .selectFrom('request_slots')
      .select('sent_at')
      .where('sent_at', '>', now - WINDOW_MS)
      .where('sent_at', '<', now + WINDOW_MS)
      .orderBy('sent_at', 'desc')
      .offset(room - 1)
      .limit(1)
      .executeTakeFirst();
    const free = last ? last.sent_at + WINDOW_MS - now : AT_ONCE_MS;
    return Math.min(MOST_WAIT_MS, Math.max(AT_ONCE_MS, free));
  };

  return {
    take: async (leave) => {
      const at = dated(clock.now());
      const room = Math.max(1, limit - leave);
      const [past, future] = [sql<number>`${at} - ${sql.lit(WINDOW_MS)}`, sql<number>`${at} + ${sql.lit(WINDOW_MS)}`];
      // What lies further ahead than a window was written by a clock that has been set back since.
      const hasRoom = sql<boolean>`(select count(*) from request_slots where sent_at > ${past} and sent_at < ${future})
        < ${room} and not exists (select 1 from pauses where name = 'syncro' and until_at > ${at}
          and until_at <= ${at} + ${sql.lit(LONGEST_PAUSE_MS)})`;
      const unused = passingOverLocked(
        db,
        db
          .selectFrom('request_slots')
          .select('slot')
          .where('slot', '<', limit)
          .where((w) => w.or([w('sent_at', '<=', past), w('sent_at', '>=', future)]))
          .orderBy('sent_at')
          .limit(1),
      );
      const taken = await db
        .updateTable('request_slots')
        .set({ sent_at: at })
        .where('slot', '=', unused)
        .where(hasRoom)
        .returning('slot')
        .executeTakeFirst();
      if (taken) return 0;
      const added = await db
        .insertInto('request_slots')
        .columns(['slot', 'sent_at'])
        .expression(
          sql`select next, ${at} from (select coalesce(max(slot) + 1, 0) as next from request_slots) as last
            where next < ${limit} and ${hasRoom}`,
        )
        .onConflict((oc) => oc.doNothing())
        .returning('slot')
        .executeTakeFirst();
      return added ? 0 : waitMs(clock.now(), room);
    },
    pauseUntil: async (at) => {
      await db
        .insertInto('pauses')
        .values({ name: 'syncro', until_at: at })
        // A second, shorter 429 does not end the pause of the first, unless that was by a clock that was set back since.
        .onConflict((oc) =>
          oc
            .column('name')
            .doUpdateSet({ until_at: at })
            .where((w) => w.or([w('pauses.until_at', '<', at), w('pauses.until_at', '>', at + LONGEST_PAUSE_MS)])),
        )
        .execute();
    },
  };
};

const MINUTE_MS = 60_000;

/** What the request budget has recorded, for work that only goes on while it is quiet. */
export const createTraffic = (db: Kysely<Database>): Traffic => ({
  lastMinute: async (now) => {
    if ((await pauseMs(db, now)) > 0) return Number.POSITIVE_INFINITY;
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
