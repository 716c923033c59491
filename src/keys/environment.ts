import type { ApiKey, Keys } from '../app/ports.ts';

type Source = { readonly env: string } | { readonly sops: string };

type Settings = {
  readonly technicians: ReadonlyArray<{ readonly slack_user: string; readonly key?: Source | undefined }>;
  readonly shared_key?: { readonly key: Source } | undefined;
};

const toKey = (secret: string | undefined): ApiKey | null => (secret ? { reveal: () => secret } : null);

/** Keys that the environment holds, one variable each, named by the settings. Vault files come with a later version. */
export const createEnvironmentKeys = (settings: Settings, variables: NodeJS.ProcessEnv): Keys => {
  const read = (source: Source | undefined): ApiKey | null =>
    source && 'env' in source ? toKey(variables[source.env]) : null;
  const own = new Map(settings.technicians.map(({ slack_user, key }) => [slack_user, read(key)]));
  const shared = read(settings.shared_key?.key);
  return {
    own: ({ slackUser }) => Promise.resolve(own.get(slackUser) ?? null),
    shared: () => Promise.resolve(shared),
  };
};

/** Every secret that must never appear in a log line. */
export const secretsOf = (settings: Settings, variables: NodeJS.ProcessEnv): readonly string[] => {
  const names = [...settings.technicians.map(({ key }) => key), settings.shared_key?.key].flatMap((key) =>
    key && 'env' in key ? [key.env] : [],
  );
  const wiring = ['SLACK_BOT_TOKEN', 'SLACK_APP_TOKEN', 'SLACK_SIGNING_SECRET', 'ENCRYPTION_KEY'];
  return [...names, ...wiring].flatMap((name) => variables[name] ?? []);
};
