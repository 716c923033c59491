import { secretsOfDatabaseUrl } from '../../../config/database-url.ts';
import { SECRETS } from '../../../config/variables.ts';
import { asMeant } from '../../../shared/pasted.ts';

export type KeyPlace = { readonly env: string } | { readonly sops: string };

/** The part of the settings that says where keys are. */
export type KeySettings = {
  readonly technicians: ReadonlyArray<{
    readonly slack_user: string;
    readonly name: string;
    readonly key?: KeyPlace | undefined;
  }>;
  readonly shared_key?: { readonly key: KeyPlace } | undefined;
};

/** A variable as it was meant; empty is none. */
export const variableOf = (variables: NodeJS.ProcessEnv, name: string): string | undefined =>
  asMeant(variables[name] ?? '') || undefined;

/** Of DATABASE_URL only the password is one. */
const WIRING = [...SECRETS.filter((name) => name !== 'DATABASE_URL'), 'SOPS_AGE_KEY'];

/** The technicians' keys that the environment holds, each as it stands there and as it was meant. */
export const keysOf = (settings: KeySettings, variables: NodeJS.ProcessEnv): readonly string[] =>
  [...settings.technicians.map(({ key }) => key), settings.shared_key?.key].flatMap((key) =>
    key && 'env' in key ? asWritten(variables, key.env) : [],
  );

const asWritten = (variables: NodeJS.ProcessEnv, name: string): readonly string[] =>
  [variables[name], variableOf(variables, name)].filter((value) => value !== undefined);

/** Every secret of the environment; the log must never show one. Keys from elsewhere are added as they are read. */
export const secretsOf = (settings: KeySettings, variables: NodeJS.ProcessEnv): Set<string> =>
  new Set([
    ...keysOf(settings, variables),
    ...WIRING.flatMap((name) => asWritten(variables, name)),
    ...secretsOfDatabaseUrl(variableOf(variables, 'DATABASE_URL')),
  ]);
