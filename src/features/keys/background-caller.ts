import { AppError } from '../../shared/errors.ts';
import type { Technician } from '../../shared/technician.ts';
import type { Caller } from '../../syncro/ports.ts';
import type { Keys } from './ports.ts';

/** With whose key nobody in particular reads: the shared one, else the first that there is, admins' first. @throws AppError no_key */
export const createBackgroundCaller =
  (keys: Pick<Keys, 'own' | 'shared'>, technicians: readonly Technician[]) => async (): Promise<Caller> => {
    const shared = await keys.shared();
    if (shared) return { key: shared, lane: 'background' };
    const isAdmin = ({ role }: Technician): number => (role === 'admin' ? 0 : 1);
    for (const technician of technicians.toSorted((a, b) => isAdmin(a) - isAdmin(b))) {
      const key = await keys.own(technician);
      if (key) return { key, lane: 'background' };
    }
    throw new AppError('no_key', 'Nobody has a Syncro key, so nothing can be read in the background.');
  };
