import { openSqlite } from '../../../src/database/sqlite.ts';
import type { Digest } from '../../../src/features/digests/digest.ts';
import { jobKey } from '../../../src/features/digests/digest-jobs.ts';
import type { DigestBoard, DigestJob, DigestRemarks } from '../../../src/features/digests/ports.ts';
import { type PostDigestDeps, postDigest } from '../../../src/features/digests/post-digest.ts';
import { latestSlot } from '../../../src/features/digests/slots.ts';
import { createDigestPosts } from '../../../src/features/digests/store/digests.ts';
import type { FoundPost, Posting } from '../../../src/shared/posting.ts';
import type { Clock } from '../../../src/shared/system.ts';
import type { Caller, SyncroReads } from '../../../src/syncro/ports.ts';
import type { TicketSummary } from '../../../src/syncro/ticket.ts';
import { aSummary, staff } from './digest-facts.ts';

export const job: DigestJob = {
  channel: 'C0GENERAL',
  at: '08:00',
  timezone: 'America/Phoenix',
  days: 'mon-fri',
  setUp: null,
};

export type Told = { readonly digest: Digest; readonly remarks: DigestRemarks };

const unexpected = (): never => {
  throw new Error('not asked for here');
};

/** A shop in the morning: a real database, a channel that remembers, a clock that stands still until it is moved. */
export const aMorning = async (startsAt: number) => {
  const db = await openSqlite(':memory:');
  const posts = createDigestPosts(db);
  const shop = {
    now: startsAt,
    tickets: [aSummary(1), aSummary(2)] as TicketSummary[],
    /** What is in the channel. */
    channel: [] as Told[],
    /** How the next posts end; then they end well. */
    postings: [] as Array<Posting & { readonly arrives?: boolean }>,
    /** What the next looks find; then what is there. */
    finds: [] as Array<FoundPost | 'away'>,
    adminsTold: [] as string[],
    /** Thrown by reading tickets. */
    failure: null as Error | null,
    sent: 0,
    looked: 0,
    closed: () => db.destroy(),
  };
  const clock: Clock = { now: () => shop.now, sleep: () => Promise.resolve() };
  const board: DigestBoard = {
    post: (_channel, digest, remarks) => {
      shop.sent += 1;
      const ordered = shop.postings.shift() ?? { result: 'posted', ts: `${shop.sent}` };
      if (ordered.result === 'posted' || ordered.arrives) shop.channel.push({ digest, remarks });
      return Promise.resolve(ordered);
    },
    find: () => {
      shop.looked += 1;
      const ordered = shop.finds.shift();
      if (ordered === 'away') return Promise.reject(new Error('Slack is away'));
      const there = shop.channel.length > 0;
      return Promise.resolve(ordered ?? (there ? { result: 'found', ts: '9' } : { result: 'absent' }));
    },
    closed: () => Promise.resolve(null),
    tellAdmins: (_job, reason) => {
      shop.adminsTold.push(reason);
      return Promise.resolve();
    },
  };
  const reads = {
    tickets: () =>
      shop.failure ? Promise.reject(shop.failure) : Promise.resolve({ rows: shop.tickets, page: 1, totalPages: 1 }),
  } satisfies Pick<SyncroReads, 'tickets'>;
  const log = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };
  const caller: Caller = { key: { reveal: () => 'key' }, lane: 'background' };
  const deps = (owner: string): PostDigestDeps => ({
    reads,
    doneStatuses: ['Resolved'],
    lists: {
      people: () => Promise.resolve(staff),
      settings: unexpected,
      timeZone: () => Promise.resolve(null),
    },
    uninvoiced: () => Promise.resolve({ tickets: [], unread: 0, more: false }),
    posts,
    board,
    caller: () => Promise.resolve(caller),
    clock,
    every: () => () => undefined,
    log,
    owner,
    restoredAt: null,
    stopped: new Promise(() => undefined),
  });
  return {
    shop,
    posts,
    /** A process looks what is due, as it does every half a minute. */
    look: async (which: DigestJob = job, owner = 'a', change: Partial<PostDigestDeps> = {}): Promise<void> => {
      const slot = latestSlot(which, shop.now);
      if (slot !== null) await postDigest({ ...deps(owner), ...change }, which, slot);
    },
    stateOf: async (slot: number, which: DigestJob = job) => (await posts.get(jobKey(which), slot))?.state ?? null,
  };
};
