import type { Technician } from '../../shared/technician.ts';
import type { ApiKey } from '../../syncro/ports.ts';
import { type Connecting, connectKey, type Disconnecting, disconnectKey } from './connect-key.ts';
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

/** What each of them needs. */
type Deps = Parameters<typeof connectKey>[0] & Parameters<typeof disconnectKey>[0] & Parameters<typeof whoAmI>[0];

export const createKeyUses = (deps: Deps): KeyUses => ({
  available: deps.connected.available,
  connect: (technician, key) => connectKey(deps, technician, key),
  disconnect: (actor, slackUser) => disconnectKey(deps, actor, slackUser),
  whoAmI: (technician) => whoAmI(deps, technician),
  everyones: (technician) => everyonesKeys(deps, technician),
});
