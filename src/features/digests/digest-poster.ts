import { type DigestJobs, jobKey } from './digest-jobs.ts';
import { type PostDigestDeps, postDigest } from './post-digest.ts';
import { latestSlot } from './slots.ts';

/** How often somebody looks what is due; no timer is trusted to be on time. */
const LOOK_MS = 30_000;

export type DigestPosterDeps = Omit<PostDigestDeps, 'stopped'> & { readonly jobs: DigestJobs };

/** Posts what is due. Every process looks; the rows of the database say which of them posts. */
export const createDigestPoster = (deps: DigestPosterDeps) => {
  const { jobs, clock, log } = deps;
  const { promise: stopped, resolve: endReading } = Promise.withResolvers<void>();
  const working = new Map<string, Promise<void>>();
  let stopping = false;
  let stopLooking = (): void => undefined;
  let looking = Promise.resolve();

  const look = async (): Promise<void> => {
    for (const job of await jobs.all()) {
      const key = jobKey(job);
      const slot = latestSlot(job, clock.now());
      const due = slot !== null && slot >= (job.setUp?.at ?? 0);
      if (stopping || !due || working.has(key)) continue;
      const done = postDigest({ ...deps, stopped }, job, slot)
        .catch((error: unknown) => log.error({ job: key, err: error }, 'a digest could not be posted'))
        .finally(() => working.delete(key));
      working.set(key, done);
    }
  };

  const lookNow = (): void => {
    looking = look().catch((error: unknown) => log.error({ err: error }, 'the digests could not be read'));
  };

  return {
    start: (): void => {
      stopLooking = deps.every(LOOK_MS, lookNow);
      lookNow();
    },
    /** Begins nothing new; waits until what is under way to Slack is recorded. */
    stop: async (): Promise<void> => {
      stopping = true;
      stopLooking();
      endReading();
      await looking;
      await Promise.allSettled(working.values());
    },
  };
};
