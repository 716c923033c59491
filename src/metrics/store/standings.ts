import type { Kysely } from 'kysely';
import type { Database } from '../../database/schema.ts';
import { UNFINISHED } from '../../runs/store/run-row.ts';
import { LONGEST_PAUSE_MS } from '../../shared/limits.ts';
import type { Standings } from '../gauges.ts';

const WINDOW_MS = 60_000;

/** What is counted for whoever watches: four statements over indexes, however long the journal is. */
export const createStandings = (db: Kysely<Database>): Standings => ({
  read: async (now) => {
    const runs = await db
      .selectFrom('runs')
      .select(({ fn }) => ['state', fn.countAll<number>().as('count'), fn.min('created_at').as('oldest')])
      .where('state', 'in', UNFINISHED)
      .groupBy('state')
      .execute();
    const sent = await db
      .selectFrom('request_slots')
      .select(({ fn }) => fn.countAll<number>().as('count'))
      .where('sent_at', '>', now - WINDOW_MS)
      .where('sent_at', '<', now + WINDOW_MS)
      .executeTakeFirst();
    const pause = await db.selectFrom('pauses').select('until_at').where('name', '=', 'syncro').executeTakeFirst();
    const until = Number(pause?.until_at ?? 0);
    const isPaused = until > now && until <= now + LONGEST_PAUSE_MS;
    const due = await db
      .selectFrom('digest_posts')
      .select(({ fn }) => fn.min('slot').as('slot'))
      .where('state', 'in', ['claimed', 'posting'])
      .executeTakeFirst();
    return {
      // Aggregates come back as text from some engines.
      runs: runs.map(({ state, count, oldest }) => ({ state, count: Number(count), oldestAt: Number(oldest) })),
      requestsInWindow: Number(sent?.count ?? 0),
      pausedUntil: isPaused ? until : null,
      oldestDueDigest: due?.slot ? Number(due.slot) : null,
    };
  },
});
