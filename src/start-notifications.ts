import type { AccountLists } from './app/account-lists.ts';
import { createBackgroundCaller } from './app/background-caller.ts';
import { createHintReader, type HintReader } from './app/hint-reader.ts';
import type { Identity } from './app/identity.ts';
import type { Keys } from './app/ports/keys.ts';
import type { Hints, ReplyBoard, ToldReplies } from './app/ports/notifications.ts';
import type { SyncroReads } from './app/ports/syncro.ts';
import type { Clock, Every, Log } from './app/ports/system.ts';
import type { Technician } from './domain/technician.ts';
import type { Store } from './open-store.ts';

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
