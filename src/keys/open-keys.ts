import type { Clock, ConnectedKeys, Keys, Log, SealedKeys } from '../app/ports.ts';
import { createConnectedKeys } from './connected.ts';
import { createKeys } from './create-keys.ts';
import { type KeySettings, variableOf } from './environment.ts';
import type { Secrets } from './found.ts';
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

/** The technicians' keys, from every place where they may be. */
export const openKeys = ({
  settings,
  variables,
  rows,
  team,
  clock,
  log,
  secrets,
}: Options): { readonly keys: Keys; readonly connected: ConnectedKeys } => {
  const { vault } = settings;
  const sealingKeys = ['ENCRYPTION_KEY', 'ENCRYPTION_KEY_OLD'].flatMap((name) => {
    const key = variableOf(variables, name);
    return key ? [sealingKey(key)] : [];
  });
  const connected = createConnectedKeys({ rows, team, sealingKeys, secrets });
  const keys = createKeys({
    settings,
    variables,
    vault: vault ? createVault({ dir: vault.dir, ageKeyFile: vault.age_key_file, variables, clock }) : null,
    connected: connected.find,
    noteVerified: (slackUser, at) => rows.verified(slackUser, at),
    secrets,
    log,
  });
  return { keys, connected };
};
