import type { ConnectedKeys, SealedKeys } from '../ports.ts';
import { noKeyBecause, nothing, type Secrets, type Source, toKey } from './create-keys.ts';
import { open, type SealingKey, seal, sealFor } from './seal.ts';

type Options = {
  readonly rows: SealedKeys;
  /** The workspace; part of what a key is sealed for. */
  readonly team: string;
  /** The first one seals, all of them open: none, ENCRYPTION_KEY, and ENCRYPTION_KEY_OLD while keys are rotated. */
  readonly sealingKeys: readonly SealingKey[];
  readonly secrets: Secrets;
};

/** Keys that technicians connected in Slack. Opened anew at each use: a removed key is gone at once, everywhere. */
export const createConnectedKeys = ({
  rows,
  team,
  sealingKeys,
  secrets,
}: Options): ConnectedKeys & { readonly find: Source } => {
  const [current] = sealingKeys;
  return {
    available: current !== undefined,
    store: async ({ slackUser, syncroUserId }, key, at) => {
      if (!current) throw new Error('ENCRYPTION_KEY is not set');
      const secret = key.reveal();
      secrets.add(secret);
      await rows.put({
        technician: slackUser,
        team,
        sealed: seal(secret, current, sealFor(team, slackUser)),
        keyId: current.id,
        syncroUserId,
        connectedAt: at,
        verifiedAt: at,
      });
    },
    remove: (slackUser) => rows.remove(slackUser),
    find: async ({ slackUser, syncroUserId, name }) => {
      const row = await rows.get(slackUser);
      if (!row) return nothing;
      if (row.syncroUserId !== syncroUserId)
        return noKeyBecause(
          `The key connected in Slack was for Syncro user ${row.syncroUserId}; ${name} is ${syncroUserId} in the settings.`,
        );
      const fitting = sealingKeys.find(({ id }) => id === row.keyId);
      if (!fitting)
        return noKeyBecause(
          current
            ? "The key connected in Slack was encrypted with another ENCRYPTION_KEY and can't be opened."
            : "The key connected in Slack can't be opened: ENCRYPTION_KEY is not set.",
        );
      const secret = open(row.sealed, fitting, sealFor(team, slackUser));
      if (secret === null) return noKeyBecause("The key connected in Slack can't be opened: its row was changed.");
      secrets.add(secret);
      return {
        key: toKey(secret),
        status: { origin: 'slack', connectedAt: row.connectedAt, verifiedAt: row.verifiedAt },
      };
    },
  };
};

type Reencrypted = {
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
