import type { Posting } from '../../shared/posting.ts';
import type { Clock } from '../../shared/system.ts';
import type { Technician } from '../../shared/technician.ts';
import { timeZoneOf } from '../../shared/time-zone.ts';
import { type Identity, patient } from '../../syncro/identity.ts';
import { type Digest, digestOf } from './digest.ts';
import { type DigestJobs, jobKey } from './digest-jobs.ts';
import type { DigestBoard, DigestJob, DigestPost, DigestPosts, DigestSchedule, Digests } from './ports.ts';
import { digestPast, type ReadDigestDeps, readDigest } from './read-digest.ts';
import { nextSlot } from './slots.ts';

export type DigestDeskDeps = ReadDigestDeps & {
  readonly jobs: DigestJobs;
  readonly stored: Digests;
  readonly posts: DigestPosts;
  readonly board: DigestBoard;
  readonly identity: Identity;
  readonly clock: Clock;
};

/** Why somebody may not have it so. */
export type DigestRefusal =
  | { readonly result: 'not_admin' }
  /** The channel's digest stands in the settings file. */
  | { readonly result: 'in_settings' }
  /** Slack's word for why nothing can be posted there. */
  | { readonly result: 'closed'; readonly reason: string }
  /** The account's time zone by a name that nobody knows; `null`: it names none. */
  | { readonly result: 'no_zone'; readonly named: string | null };

export type SetUpDigest =
  | DigestRefusal
  | { readonly result: 'set_up'; readonly job: DigestJob; readonly nextAt: number | null; readonly replaced: boolean };

export type SwitchedOff = DigestRefusal | { readonly result: 'off' } | { readonly result: 'none' };

export type ListedDigest = {
  readonly job: DigestJob;
  readonly nextAt: number | null;
  /** The newest slot that anything is known of. */
  readonly last: DigestPost | null;
};

const DAYS = 'mon-fri';

/** What people ask of digests beside their being posted in the morning. */
export const createDigestDesk = (deps: DigestDeskDeps) => {
  const { jobs, stored, posts, board, identity, lists, clock } = deps;

  const accountZone = async (technician: Technician) => {
    const { timeZone } = await lists.settings(patient(await identity.reader(technician)));
    return { named: timeZone, zone: timeZone === null ? null : timeZoneOf(timeZone) };
  };

  const refusal = (technician: Technician, channel: string): DigestRefusal | null => {
    if (technician.role !== 'admin') return { result: 'not_admin' };
    return jobs.isConfigured(channel) ? { result: 'in_settings' } : null;
  };

  const desk = {
    /** The digest of this moment, compared with the channel's last one. @throws AppError */
    make: async (technician: Technician, channel: string): Promise<Digest> => {
      const caller = await identity.reader(technician, 'background');
      const job = (await jobs.all()).find((one) => one.channel === channel);
      const timezone = job?.timezone ?? jobs.zone ?? (await accountZone(technician)).zone ?? 'UTC';
      const now = clock.now();
      const past = job ? await digestPast(posts, job, now + 1) : null;
      const digest = digestOf(await readDigest(deps, caller), { now, timezone, last: past?.last ?? null });
      // Who asks wants to see it, also when it is what they saw this morning.
      return { ...digest, nothingNew: false };
    },

    /** For everybody in the channel, at once. @throws AppError */
    post: async (technician: Technician, channel: string): Promise<Posting> =>
      board.post(channel, await desk.make(technician, channel), { missed: [], dueAt: null }, null),

    /** Every workday into this channel from now on, in place of what was set up there before. @throws AppError */
    setUp: async (technician: Technician, channel: string, at: DigestSchedule['at']): Promise<SetUpDigest> => {
      const refused = refusal(technician, channel);
      if (refused) return refused;
      const reason = await board.closed(channel);
      if (reason !== null) return { result: 'closed', reason };
      const account = jobs.zone === null ? await accountZone(technician) : { zone: jobs.zone, named: null };
      if (account.zone === null) return { result: 'no_zone', named: account.named };
      const setUp = { by: technician.slackUser, at: clock.now() };
      const job = { channel, at, timezone: account.zone, days: DAYS, setUp };
      const replaced = (await stored.all()).some((one) => one.channel === channel);
      await stored.put(job);
      return { result: 'set_up', job, nextAt: nextSlot(job, setUp.at), replaced };
    },

    switchOff: async (technician: Technician, channel: string): Promise<SwitchedOff> =>
      refusal(technician, channel) ?? { result: (await stored.remove(channel)) ? 'off' : 'none' },

    list: async (): Promise<readonly ListedDigest[]> => {
      const now = clock.now();
      const all = await jobs.all();
      return Promise.all(
        all.map(async (job) => {
          const [last] = await posts.before(jobKey(job), now + 1, 1);
          return { job, nextAt: nextSlot(job, now), last: last ?? null };
        }),
      );
    },
  };
  return desk;
};

export type DigestDesk = ReturnType<typeof createDigestDesk>;
