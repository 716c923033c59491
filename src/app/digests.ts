import type { Config } from '../config/config.ts';
import { createDigestDesk, type DigestDesk } from '../features/digests/digest-desk.ts';
import { createDigestJobs } from '../features/digests/digest-jobs.ts';
import { createDigestPoster, type DigestPoster } from '../features/digests/digest-poster.ts';
import type { DigestBoard, DigestPosts, Digests } from '../features/digests/ports.ts';
import { slots } from '../features/digests/slots.ts';
import { createBackgroundCaller } from '../features/keys/background-caller.ts';
import type { Keys } from '../features/keys/ports.ts';
import type { FoundUninvoiced } from '../features/tickets/find-uninvoiced.ts';
import type { Meter } from '../metrics/meter.ts';
import type { Clock, Every, Log } from '../shared/system.ts';
import type { Technician } from '../shared/technician.ts';
import type { AccountLists } from '../syncro/account-lists.ts';
import type { Identity } from '../syncro/identity.ts';
import type { Caller, SyncroReads } from '../syncro/ports.ts';

type Parts = {
  readonly config: Config;
  readonly technicians: ReadonlyMap<string, Technician>;
  readonly reads: SyncroReads;
  readonly lists: AccountLists;
  readonly uninvoiced: (caller: Caller) => Promise<FoundUninvoiced>;
  readonly keys: Keys;
  readonly identity: Identity;
  readonly stored: Digests;
  readonly posts: DigestPosts;
  readonly board: DigestBoard;
  readonly clock: Clock;
  readonly every: Every;
  readonly log: Log;
  readonly owner: string;
  readonly meter: Meter;
  readonly restoredAt: number | null;
};

/** Ties what posts digests, and what people ask of them, to their dependencies. */
export const createDigesting = (parts: Parts): { readonly desk: DigestDesk; readonly poster: DigestPoster } => {
  const { config, technicians, stored, keys } = parts;
  const { settings } = config;
  const common = {
    ...parts,
    doneStatuses: settings.tickets.done_statuses,
    jobs: createDigestJobs(settings.digests, stored),
    slots,
  };
  return {
    desk: createDigestDesk(common),
    poster: createDigestPoster({ ...common, caller: createBackgroundCaller(keys, [...technicians.values()]) }),
  };
};
