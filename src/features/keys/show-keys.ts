import { AppError } from '../../shared/errors.ts';
import type { Clock } from '../../shared/system.ts';
import type { Technician } from '../../shared/technician.ts';
import type { Author, Identity } from '../../syncro/identity.ts';
import type { KeyStatus, Keys } from './ports.ts';

export type WhoAmI = {
  readonly technician: Technician;
  readonly status: KeyStatus;
  readonly shared: 'none' | 'reads' | 'writes';
  /** What Syncro says, asked now: who it is, why it can't be said, or `null` without a key of one's own. */
  readonly syncro: Author | AppError | null;
  readonly at: number;
};

export type TechnicianKey = { readonly technician: Technician; readonly status: KeyStatus };

type Deps = {
  readonly keys: Keys;
  readonly identity: Identity;
  readonly technicians: readonly Technician[];
  readonly sharedWrites: boolean;
  readonly clock: Clock;
};

/** Who somebody is in Syncro, and by which key. */
export const whoAmI = async (deps: Deps, technician: Technician): Promise<WhoAmI> => {
  const syncro = await deps.identity.verify(technician).catch((error: unknown) => {
    if (error instanceof AppError) return error;
    throw error;
  });
  const [status, shared] = await Promise.all([deps.keys.status(technician), deps.keys.shared()]);
  return {
    technician,
    status,
    shared: shared === null ? 'none' : deps.sharedWrites ? 'writes' : 'reads',
    syncro,
    at: deps.clock.now(),
  };
};

/** Everybody's key for an admin; `null`: the person is none. Nothing is asked of Syncro. */
export const everyonesKeys = async (deps: Deps, technician: Technician): Promise<readonly TechnicianKey[] | null> => {
  if (technician.role !== 'admin') return null;
  return Promise.all(
    deps.technicians.map(async (each) => ({ technician: each, status: await deps.keys.status(each) })),
  );
};
