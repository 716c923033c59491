import type { ConnectedKeys, SealedKeys } from '../ports.ts';
import { noKeyBecause, nothing, type Secrets, type Source, toKey } from './found.ts';
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
