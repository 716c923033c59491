import { AppError } from '../../shared/errors.ts';
import type { Clock } from '../../shared/system.ts';
import type { Technician } from '../../shared/technician.ts';
import type { Author, Identity } from '../../syncro/identity.ts';
import type { ApiKey } from '../../syncro/ports.ts';
import { connectKey, disconnectKey, type Shared, sharedFor } from './connect-key.ts';
import type { KeyStatus } from './ports.ts';

export type WhoAmI = {
  readonly technician: Technician;
  readonly status: KeyStatus;
  readonly shared: Shared;
  /** What Syncro says, asked now: who it is, why it can't be said, or `null` without a key of one's own. */
  readonly syncro: Author | AppError | null;
  readonly at: number;
};

export type TechnicianKey = { readonly technician: Technician; readonly status: KeyStatus };

type Deps = Parameters<typeof connectKey>[0] &
  Parameters<typeof disconnectKey>[0] & { readonly identity: Identity; readonly clock: Clock };

/** What people do with their keys. */
export const createKeyUses = (deps: Deps) => ({
  /** False: none can be connected, there is no ENCRYPTION_KEY. */
  available: deps.connected.available,
  connect: (technician: Technician, key: ApiKey) => connectKey(deps, technician, key),
  disconnect: (actor: Technician, slackUser: string) => disconnectKey(deps, actor, slackUser),

  /** Who somebody is in Syncro, and by which key. */
  whoAmI: async (technician: Technician): Promise<WhoAmI> => {
    const syncro = await deps.identity.verify(technician).catch((error: unknown) => {
      if (error instanceof AppError) return error;
      throw error;
    });
    const [status, shared] = await Promise.all([deps.keys.status(technician), sharedFor(deps)]);
    return { technician, status, shared, syncro, at: deps.clock.now() };
  },

  /** Everybody's key for an admin; `null`: the person is none. Nothing is asked of Syncro. */
  everyones: async ({ role }: Technician): Promise<readonly TechnicianKey[] | null> => {
    if (role !== 'admin') return null;
    return Promise.all(
      deps.technicians.map(async (technician) => ({ technician, status: await deps.keys.status(technician) })),
    );
  },
});

export type KeyUses = ReturnType<typeof createKeyUses>;
