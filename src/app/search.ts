import type { Config } from '../config/config.ts';
import { createBackgroundCaller } from '../features/keys/background-caller.ts';
import type { Keys } from '../features/keys/ports.ts';
import { createMirror, type Mirror } from '../features/search/mirror-tickets.ts';
import type { Clock, Every, Log } from '../shared/system.ts';
import type { Technician } from '../shared/technician.ts';
import { readable } from '../slack/html.ts';
import type { SyncroReads } from '../syncro/ports.ts';
import type { Store } from './store.ts';

type Parts = {
  readonly config: Config;
  readonly technicians: readonly Technician[];
  readonly store: Store;
  readonly reads: SyncroReads;
  readonly keys: Keys;
  readonly clock: Clock;
  readonly every: Every;
  readonly log: Log;
  readonly owner: string;
};

/** Ties what keeps the search index to its dependencies; turned off, it only throws away what was kept before. */
export const createIndexing = ({ config, technicians, store, keys, ...parts }: Parts): Mirror => {
  const { search, tickets, syncro } = config.settings;
  const nothing = () => Promise.resolve();
  if (!search.local_index) return { start: () => store.mirror.clear(), settled: nothing, stop: nothing };
  return createMirror({
    ...parts,
    store: store.mirror,
    index: store.index,
    lease: store.mirrorLease,
    traffic: store.traffic,
    caller: createBackgroundCaller(keys, technicians),
    doneStatuses: tickets.done_statuses,
    readable,
    requestsPerMinute: syncro.requests_per_minute,
  });
};
