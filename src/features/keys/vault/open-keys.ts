import type { Clock, Log } from '../../../shared/system.ts';
import type { ConnectedKeys, Keys, SealedKeys } from '../ports.ts';
import { createConnectedKeys } from './connected.ts';
import { createKeys, type Secrets } from './create-keys.ts';
import { type KeySettings, keysOf, variableOf } from './environment.ts';
import { sealingKey } from './seal.ts';
import { createVault } from './vault.ts';

type Options = {
  readonly settings: KeySettings & {
    readonly vault?: { readonly dir: string; readonly age_key_file?: string | undefined } | undefined;
  };
  readonly variables: NodeJS.ProcessEnv;
  readonly rows: SealedKeys;
  /** The Slack workspace. */
  readonly team: string;
  readonly clock: Clock;
  readonly log: Log;
  readonly secrets: Secrets;
};

type OpenKeys = {
  readonly keys: Keys;
  readonly connected: ConnectedKeys;
  /** Every key that was seen so far. */
  readonly seen: Iterable<string>;
};

/** The technicians' keys, from every place where they may be. */
export const openKeys = ({ settings, variables, rows, team, clock, log, secrets }: Options): OpenKeys => {
  const { vault } = settings;
  const seen = new Set(keysOf(settings, variables));
  const noted: Secrets = {
    add: (secret) => {
      seen.add(secret);
      secrets.add(secret);
    },
  };
  const sealingKeys = ['ENCRYPTION_KEY', 'ENCRYPTION_KEY_OLD'].flatMap((name) => {
    const key = variableOf(variables, name);
    return key ? [sealingKey(key)] : [];
  });
  const connected = createConnectedKeys({ rows, team, sealingKeys, secrets: noted });
  const keys = createKeys({
    settings,
    variables,
    vault: vault ? createVault({ dir: vault.dir, ageKeyFile: vault.age_key_file, variables, clock }) : null,
    connected: connected.find,
    noteVerified: (slackUser, at) => rows.verified(slackUser, at),
    secrets: noted,
    log,
  });
  return { keys, connected, seen };
};
