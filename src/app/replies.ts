import { createBackgroundCaller } from '../features/keys/background-caller.ts';
import type { Keys } from '../features/keys/ports.ts';
import type { Hints, ReplyBoard, ToldReplies } from '../features/replies/ports.ts';
import { createHintReader, type HintReader } from '../features/replies/reader.ts';
import type { Clock, Every, Log } from '../shared/system.ts';
import type { Technician } from '../shared/technician.ts';
import type { AccountLists } from '../syncro/account-lists.ts';
import type { Identity } from '../syncro/identity.ts';
import type { SyncroReads } from '../syncro/ports.ts';
import type { Store } from './store.ts';

type Parts = {
  /** The last part of the path; without it nothing was taken. */
  readonly secret: string | undefined;
  readonly store: Store;
  readonly hints: Hints;
  readonly told: ToldReplies;
  readonly reads: SyncroReads;
  readonly lists: AccountLists;
  readonly identity: Identity;
  readonly keys: Keys;
  readonly technicians: readonly Technician[];
  readonly board: ReplyBoard;
  readonly clock: Clock;
  readonly every: Every;
  readonly log: Log;
  readonly owner: string;
};

/** Ties what follows Syncro's notifications to its dependencies; `null`: it is off. */
export const createHintReading = (parts: Parts): HintReader | null => {
  const { secret, store, keys, technicians } = parts;
  if (secret === undefined) return null;
  return createHintReader({
    ...parts,
    memory: store.memory,
    customers: store.customers,
    caller: createBackgroundCaller(keys, technicians),
  });
};
