import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { appVariables } from './app-variables.ts';
import { asInManifest } from './manifest.ts';
import type { PersonOption } from './slack/options.ts';
import { type SlackOptions, type SlackSandbox, startSlack } from './slack/slack.ts';
import { type SyncroOptions, type SyncroSandbox, startSyncro } from './syncro/start-syncro.ts';

/** Slack ids of the sample technicians; the keys are the sample data's. */
export const SAMPLE_TECHNICIANS = [
  { id: 'U012HOWARD', name: 'Howard Enos', syncroUserId: 1750, login: 'howard', role: 'technician' },
  { id: 'U012WINTER', name: 'Winter Hale', syncroUserId: 1737, login: 'winter', role: 'technician' },
  { id: 'U012MIKE', name: 'Michael Swanson', syncroUserId: 1735, login: 'michael', role: 'admin' },
] as const;

/** By the names under which the sample's settings ask for them. */
export const SAMPLE_KEYS: Readonly<Record<string, string>> = Object.fromEntries(
  SAMPLE_TECHNICIANS.map(({ login }) => [`SYNCRO_KEY_${login.toUpperCase()}`, `sandbox-${login}`]),
);

const LABOR = `
labor:
  remote:    { product_id: 1190473 }
  onsite:    { product_id: 26118 }
  emergency: { product_id: 26184 }
  project:   { product_id: 9269129, note: "Prepaid project: does not debit the prepaid block", debits_prepaid: false }
  internal:  { product_id: 9269124 }
  travel:    { product_id: 26117 }
  website:   { product_id: 68055 }`;

/** The settings file of the sample shop, as its owner would write it. */
export const sampleConfig = (more = ''): string => `syncro:
  subdomain: computerguru
  timeout_seconds: 4
  settle_seconds: 8
technicians:
${SAMPLE_TECHNICIANS.map(
  ({ id, name, syncroUserId, login, role }) =>
    `  - { slack_user: ${id}, name: ${name}, syncro_user_id: ${syncroUserId}, role: ${role}, key: { env: SYNCRO_KEY_${login.toUpperCase()} } }`,
).join('\n')}${LABOR}
${more}`;

export type OutsideOptions = {
  /** The settings file; default `sampleConfig()`. */
  readonly config?: string;
  readonly syncro?: SyncroOptions;
  readonly socketMode?: boolean;
  readonly logLevel?: string;
  /** Fixed ports for people; default: any free one. */
  readonly ports?: { readonly slack?: number; readonly syncro?: number; readonly app?: number };
  /** Kept when given; else a new file that goes with the world. */
  readonly databaseFile?: string;
  /** What a new file holds at first; nothing when absent. */
  readonly journal?: Uint8Array;
  readonly env?: Readonly<Record<string, string>>;
  readonly slack?: Pick<SlackOptions, 'channels' | 'declined' | 'waitsMs'>;
  /** Members besides the sample technicians. */
  readonly members?: readonly PersonOption[];
};

/** Both fakes, and the environment of an app between them. */
export type Outside = {
  readonly slack: SlackSandbox;
  readonly syncro: SyncroSandbox;
  /** The settings file. */
  readonly configText: string;
  /** The app's whole environment but for `PATH` and the place of the settings file. */
  readonly variables: Readonly<Record<string, string>>;
  readonly close: () => Promise<void>;
};

export const startOutside = async (options: OutsideOptions = {}): Promise<Outside> => {
  const { ports } = options;
  const syncro = await startSyncro({ ...options.syncro, ...(ports?.syncro ? { port: ports.syncro } : {}) });
  const slack = await startSlack({
    technicians: [
      ...SAMPLE_TECHNICIANS.map(({ id, name, login, role }) => ({
        id,
        name,
        email: `${login}@msp.example`,
        admin: role === 'admin',
      })),
      ...(options.members ?? []),
    ],
    ...asInManifest(),
    ...(ports?.slack ? { port: ports.slack } : {}),
    ...options.slack,
  }).catch(async (error: unknown) => {
    await syncro.close();
    throw error;
  });
  const dir = options.databaseFile ? null : mkdtempSync(join(tmpdir(), 'syncro-slack-'));
  const file = options.databaseFile ?? join(dir ?? '', 'journal.db');
  if (dir && options.journal) writeFileSync(file, options.journal);
  return {
    slack,
    syncro,
    configText: options.config ?? sampleConfig(),
    variables: {
      ...appVariables({ slack, syncro }, `sqlite:${file}`),
      ...(options.socketMode ? { SLACK_APP_TOKEN: slack.appToken, SLACK_SIGNING_SECRET: '' } : {}),
      PORT: String(ports?.app ?? 0),
      LOG_LEVEL: options.logLevel ?? 'info',
      ...SAMPLE_KEYS,
      ...options.env,
    },
    close: async () => {
      await Promise.all([slack.close(), syncro.close()]);
      if (dir) rmSync(dir, { recursive: true, force: true });
    },
  };
};
