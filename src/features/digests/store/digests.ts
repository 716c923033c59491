import { type Kysely, type Selectable, sql } from 'kysely';
import { GIVEN_BACK, isFree, takenBy } from '../../../database/lease.ts';
import { LONG_MS, type OldRows } from '../../../database/prune.ts';
import type { Database } from '../../../database/schema.ts';
import type { DigestClaim, DigestPost, DigestPosts, Digests } from '../ports.ts';

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

const COLUMNS = ['job', 'slot', 'channel', 'state', 'reason', 'told'] as const;

// Only this file writes these columns, from the same types.
const postOf = (row: Pick<Selectable<Database['digest_posts']>, (typeof COLUMNS)[number]>): DigestPost => ({
  ...row,
  state: row.state as DigestPost['state'],
  told: row.told === null ? null : JSON.parse(row.told),
});

/** The row of a digest and a moment says who posts it; a holder that died loses it when its lease ends. */
export const createDigestPosts = (db: Kysely<Database>): DigestPosts => {
  /** While this process holds it and nothing is settled. */
  const held = ({ job, slot, owner }: DigestClaim) =>
    db
      .updateTable('digest_posts')
      .where('job', '=', job)
      .where('slot', '=', slot)
      .where('owner', '=', owner)
      .where('state', 'in', ['claimed', 'posting']);

  return {
    get: async (job, slot) => {
      const row = await db
        .selectFrom('digest_posts')
        .select(COLUMNS)
        .where('job', '=', job)
        .where('slot', '=', slot)
        .executeTakeFirst();
      return row ? postOf(row) : null;
    },
    before: async (job, slot, limit) => {
      const rows = await db
        .selectFrom('digest_posts')
        .select(COLUMNS)
        .where('job', '=', job)
        .where('slot', '<', slot)
        .orderBy('slot', 'desc')
        .limit(limit)
        .execute();
      return rows.map(postOf);
    },
    lastIn: async (channel) => {
      const row = await db
        .selectFrom('digest_posts')
        .select('slot')
        .where('channel', '=', channel)
        .where('state', '=', 'posted')
        .orderBy('slot', 'desc')
        .limit(1)
        .executeTakeFirst();
      return row?.slot ?? null;
    },
    claim: async (slot, owner, now, leaseMs) => {
      const lease = takenBy(owner, now, leaseMs);
      const row = await db
        .insertInto('digest_posts')
        .values({ ...slot, ...lease, state: 'claimed' })
        .onConflict((oc) =>
          oc
            .columns(['job', 'slot'])
            .doUpdateSet(lease)
            .where('digest_posts.state', 'in', ['claimed', 'posting'])
            .where(isFree('digest_posts.lease_until', now)),
        )
        .returning('state')
        .executeTakeFirst();
      return row ? { begun: row.state === 'posting' } : null;
    },
    renew: async (claim, until) => {
      await held(claim).set({ lease_until: until }).execute();
    },
    putBack: async (claim, until, options) => {
      const unsent = options?.unsent ? { state: 'claimed' } : {};
      await held(claim)
        .set({ owner: null, lease_until: until, ...unsent })
        .execute();
    },
    intend: async (claim, told, now, leaseMs) => {
      const row = await held(claim)
        .where('lease_until', '>', now)
        .set({ state: 'posting', told: JSON.stringify(told), lease_until: now + leaseMs })
        .returning('slot')
        .executeTakeFirst();
      return row !== undefined;
    },
    settle: async (claim, outcome) => {
      const row = await held(claim)
        .set({
          state: outcome.state,
          ...GIVEN_BACK,
          ...('ts' in outcome ? { ts: outcome.ts } : {}),
          ...('reason' in outcome ? { reason: outcome.reason } : {}),
        })
        .returning('slot')
        .executeTakeFirst();
      return row !== undefined;
    },
  };
};

export const oldDigestPosts: OldRows = {
  table: 'digest_posts',
  key: ['slot'],
  keptMs: LONG_MS,
  when: (before) => sql`slot < ${before}`,
};
