import type { Clock, Every, Log } from './system.ts';

/** Whoever died loses what they held after this. As long does one who got no answer wait before anybody looks for it. */
export const LEASE_MS = 60_000;
/** Long before it ends: a request takes up to 20 s. */
const RENEW_MS = 15_000;

type Deps = { readonly clock: Clock; readonly every: Every; readonly log: Log };

/** Renews a lease for as long as the work takes that it is for. @param lease.what it is on, for the log */
export const whileRenewing = async <T>(
  { clock, every, log }: Deps,
  { renew, what }: { readonly renew: (until: number) => Promise<void>; readonly what: string },
  work: () => Promise<T>,
): Promise<T> => {
  const stop = every(RENEW_MS, () => {
    renew(clock.now() + LEASE_MS).catch((error: unknown) =>
      log.error({ err: error }, `the lease of ${what} could not be renewed`),
    );
  });
  try {
    return await work();
  } finally {
    stop();
  }
};
