import type { Clock, Log } from '../../shared/system.ts';
import type { Technician } from '../../shared/technician.ts';
import type { Identity } from '../../syncro/identity.ts';
import type { ApiKey, SyncroReads } from '../../syncro/ports.ts';
import { type Connecting, connectKey, type Disconnecting, disconnectKey } from './connect-key.ts';
import type { KeyWatch } from './key-watch.ts';
import type { Announcer, ConnectedKeys, Keys } from './ports.ts';
import { everyonesKeys, type TechnicianKey, type WhoAmI, whoAmI } from './show-keys.ts';

/** What people do with their keys. */
export type KeyUses = {
  /** False: none can be connected, there is no ENCRYPTION_KEY. */
  readonly available: boolean;
  readonly connect: (technician: Technician, key: ApiKey) => Promise<Connecting>;
  readonly disconnect: (actor: Technician, slackUser: string) => Promise<Disconnecting>;
  readonly whoAmI: (technician: Technician) => Promise<WhoAmI>;
  /** `null`: for admins only. */
  readonly everyones: (technician: Technician) => Promise<readonly TechnicianKey[] | null>;
};

type Deps = {
  readonly reads: Pick<SyncroReads, 'me'>;
  readonly keys: Keys;
  readonly connected: ConnectedKeys;
  readonly identity: Identity;
  readonly watch: KeyWatch;
  readonly announcer: Announcer;
  readonly technicians: readonly Technician[];
  readonly sharedWrites: boolean;
  readonly clock: Clock;
  readonly log: Log;
};

export const createKeyUses = (deps: Deps): KeyUses => ({
  available: deps.connected.available,
  connect: (technician, key) => connectKey(deps, technician, key),
  disconnect: (actor, slackUser) => disconnectKey(deps, actor, slackUser),
  whoAmI: (technician) => whoAmI(deps, technician),
  everyones: (technician) => everyonesKeys(deps, technician),
});
