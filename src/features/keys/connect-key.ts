import { AppError } from '../../shared/errors.ts';
import type { Clock, Log } from '../../shared/system.ts';
import type { Technician } from '../../shared/technician.ts';
import type { ApiKey, SyncroReads } from '../../syncro/ports.ts';
import type { KeyWatch } from './key-watch.ts';
import type { Announcer, ConnectedKeys, KeyStatus, Keys } from './ports.ts';

export type Connecting =
  | { readonly result: 'connected'; readonly name: string; readonly syncroUserId: number }
  /** Syncro knows no such key. */
  | { readonly result: 'refused' }
  | { readonly result: 'someone_else'; readonly name: string; readonly syncroUserId: number }
  /** There is no ENCRYPTION_KEY. */
  | { readonly result: 'unavailable' };

type ConnectDeps = {
  readonly reads: Pick<SyncroReads, 'me'>;
  readonly connected: ConnectedKeys;
  readonly watch: KeyWatch;
  readonly clock: Clock;
  readonly log: Log;
};

/**
 * Stores a technician's own key, after Syncro said that it is theirs; else stores nothing.
 * @throws AppError unreachable, rate_limited, unreadable
 */
export const connectKey = async (deps: ConnectDeps, technician: Technician, key: ApiKey): Promise<Connecting> => {
  if (!deps.connected.available) return { result: 'unavailable' };
  const me = await deps.reads.me({ key, lane: 'person' }).catch((error: unknown) => {
    if (error instanceof AppError && error.code === 'key_refused') return null;
    throw error;
  });
  if (!me) return { result: 'refused' };
  const whose = { name: me.name, syncroUserId: me.userId };
  if (me.userId !== technician.syncroUserId) return { result: 'someone_else', ...whose };
  await deps.connected.store(technician, key, deps.clock.now());
  deps.watch.verified(technician);
  deps.log.info({ technician: technician.name, syncroUserId: me.userId }, 'a key was connected');
  return { result: 'connected', ...whose };
};

/** What people without a key of their own can do with the shared one. */
export type Shared = 'none' | 'reads' | 'writes';

export const sharedFor = async (deps: Pick<DisconnectDeps, 'keys' | 'sharedWrites'>): Promise<Shared> => {
  if ((await deps.keys.shared()) === null) return 'none';
  return deps.sharedWrites ? 'writes' : 'reads';
};

/** What a technician can still do once their connected key is gone. */
export type Left = Pick<KeyStatus, 'origin'> & { readonly shared: Shared };

export type Disconnecting =
  | ({ readonly result: 'disconnected' | 'none' } & Left)
  /** Only an admin disconnects somebody else. */
  | { readonly result: 'not_admin' };

type DisconnectDeps = {
  readonly keys: Keys;
  readonly connected: ConnectedKeys;
  readonly technicians: readonly Technician[];
  readonly sharedWrites: boolean;
  readonly announcer: Announcer;
  readonly log: Log;
};

/** @param slackUser whose key; an admin may name anybody, also somebody who has left */
export const disconnectKey = async (
  deps: DisconnectDeps,
  actor: Technician,
  slackUser: string,
): Promise<Disconnecting> => {
  const own = slackUser === actor.slackUser;
  if (!own && actor.role !== 'admin') return { result: 'not_admin' };
  const removed = await deps.connected.remove(slackUser);
  const owner = deps.technicians.find((technician) => technician.slackUser === slackUser);
  const [status, shared] = await Promise.all([owner ? deps.keys.status(owner) : null, sharedFor(deps)]);
  if (removed) {
    deps.log.info({ by: actor.name, slackUser }, 'a connected key was removed');
    if (!own && owner)
      deps.announcer
        .tell(slackUser, { kind: 'disconnected', by: actor.name })
        .catch((error: unknown) => deps.log.warn({ err: error }, 'could not tell about a key'));
  }
  return { result: removed ? 'disconnected' : 'none', origin: status?.origin ?? null, shared };
};
