import type { AccountLists } from './app/account-lists.ts';
import { createBackgroundCaller } from './app/background-caller.ts';
import { createDigestDesk, type DigestDesk } from './app/digest-desk.ts';
import { createDigestJobs } from './app/digest-jobs.ts';
import { createDigestPoster, type DigestPoster } from './app/digest-poster.ts';
import type { FoundUninvoiced } from './app/find-uninvoiced.ts';
import type { Identity } from './app/identity.ts';
import type { DigestBoard, DigestPosts, Digests } from './app/ports/digests.ts';
import type { Keys } from './app/ports/keys.ts';
import type { Caller, SyncroReads } from './app/ports/syncro.ts';
import type { Clock, Every, Log } from './app/ports/system.ts';
import type { Meter } from './app/ports/watching.ts';
import type { Config } from './config.ts';
import type { Technician } from './domain/technician.ts';
import { slots } from './schedule/slots.ts';

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
