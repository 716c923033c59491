import type { SealedKeys } from '../ports.ts';
import { open, type SealingKey, seal, sealFor } from './seal.ts';

export type Reencrypted = {
  /** Sealed anew with the new key. */
  readonly resealed: readonly string[];
  /** Sealed with the new key already. */
  readonly upToDate: readonly string[];
  /** Neither key opens them; their owners connect again. */
  readonly lost: readonly string[];
  /** Connected anew or removed meanwhile, which is just as good. */
  readonly changed: readonly string[];
};

/** Seals every connected key with the new encryption key. May be repeated, also while the app runs. */
export const reencrypt = async (
  rows: SealedKeys,
  current: SealingKey,
  old: SealingKey | null,
): Promise<Reencrypted> => {
  const result = { resealed: [] as string[], upToDate: [] as string[], lost: [] as string[], changed: [] as string[] };
  for (const row of await rows.all()) {
    const { technician, team, sealed } = row;
    const owner = sealFor(team, technician);
    const secret = old ? open(sealed, old, owner) : null;
    if (open(sealed, current, owner) !== null) result.upToDate.push(technician);
    else if (secret === null) result.lost.push(technician);
    else {
      const done = await rows.reseal(row, seal(secret, current, owner), current.id);
      (done ? result.resealed : result.changed).push(technician);
    }
  }
  return result;
};
