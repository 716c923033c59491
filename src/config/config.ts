import { readFileSync } from 'node:fs';
import { z } from 'zod';
import type { LaborType } from '../shared/labor.ts';
import { asMeant } from '../shared/pasted.ts';
import type { Technician } from '../shared/technician.ts';
import { looksLikeToken } from '../shared/token.ts';
import { businessHoursSetting } from './business-hours.ts';
import { ConfigError } from './config-error.ts';
import { digestSettings, zone } from './digests.ts';
import { ENVIRONMENT, problemOfSecret } from './environment.ts';
import { explainIssue, wordsFor } from './explain-issue.ts';
import { laborSettings, laborTypes } from './labor.ts';
import { readYaml } from './read-yaml.ts';
import { type Gathered, readEnvFile, readSecretFiles, SECRETS, whyUnreadable } from './variables.ts';

const hostLabel = z.string().regex(/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/i, {
  error: ({ input }) => {
    const own = /^(?:https?:\/\/)?([a-z0-9-]+)\.(?:shield\.)?syncromsp\.com/i.exec(String(input))?.[1];
    return own ? `must be just the first word of the address: ${own}` : 'must be one word, like computerguru';
  },
});
const positive = z.number().positive();
const wholeFrom = (least: number) => z.number().int().min(least);

/** A key that was put where its variable should be named is no name, or shown by nobody. */
const isVariable = (name: string): boolean => name !== '' && !looksLikeToken(name);
const keySource = z.union(
  [
    z.strictObject({ sops: z.string().min(1) }),
    z.strictObject({
      env: z.string().refine(isVariable, { error: 'must be the name of a variable, not the key itself' }),
    }),
  ],
  { error: 'must be { sops: <file in the vault> } or { env: <name of a variable> }' },
);

const schema = z.strictObject({
  syncro: z.strictObject({
    subdomain: hostLabel,
    web_url: z
      .url({ protocol: /^https?$/, error: 'must be an address like https://computerguru.syncromsp.com' })
      .optional(),
    auth: z.enum(['query', 'header']).default('query'),
    requests_per_minute: wholeFrom(1).max(180).default(180),
    timeout_seconds: positive.max(300).default(20),
    settle_seconds: positive.max(3600).default(150),
    timezone: zone.optional(),
  }),
  technicians: z
    .array(
      z.strictObject({
        slack_user: z
          .string()
          .regex(/^[UW][A-Z0-9]{2,}$/, 'must be a Slack member id like U012HOWARD (profile, ⋮, Copy member ID)'),
        name: z.string().min(1),
        syncro_user_id: wholeFrom(1),
        role: z.enum(['technician', 'biller', 'admin']).default('technician'),
        key: keySource.optional(),
      }),
    )
    .min(1, 'is empty: add at least one technician, or nobody can use the app'),
  shared_key: z.strictObject({ key: keySource, writes: z.boolean().default(false) }).optional(),
  vault: z.strictObject({ dir: z.string().min(1), age_key_file: z.string().min(1).optional() }).optional(),
  labor: laborSettings,
  tickets: z
    .strictObject({
      close_as: z.string().min(1).default('Resolved'),
      done_statuses: z.array(z.string().min(1)).default(['Resolved', 'Invoiced', 'Closed']),
      default_priority: z.string().default('Normal'),
    })
    .prefault({}),
  billing: z
    .strictObject({
      invoice: z.enum(['ask', 'now', 'later']).default('ask'),
      invoice_as: z.enum(['final', 'draft']).default('final'),
      invoice_status: z.string().min(1).default('Invoiced'),
      charged_status: z.string().min(1).optional(),
      round_up_to_minutes: wholeFrom(1).max(480).default(1),
      minimum_minutes: wholeFrom(0).max(480).default(0),
      contracts: z.enum(['warn', 'off']).default('warn'),
      business_hours: businessHoursSetting.default('account'),
      resend_email_comment: z.enum(['ask', 'auto']).default('ask'),
    })
    .prefault({}),
  search: z.strictObject({ local_index: z.boolean().default(true) }).prefault({}),
  digests: digestSettings.default([]),
  session_logs: z.strictObject({ dir: z.string().min(1) }).optional(),
});

/** Every variable that the app itself knows; the settings may name more, one for each key. */
export const ENVIRONMENT_NAMES: readonly string[] = [
  ...Object.keys(ENVIRONMENT.shape),
  ...SECRETS.map((name) => `${name}_FILE`),
  'ENV_FILE',
];

export type Settings = z.infer<typeof schema>;
export type Environment = z.infer<typeof ENVIRONMENT>;

export type Config = {
  readonly settings: Settings;
  readonly env: Environment;
  /** The environment, with what `.env` and files add to it. */
  readonly variables: NodeJS.ProcessEnv;
  /** How the settings file is called. */
  readonly file: string;
  /** What can be used as it is, and should be looked at. */
  readonly warnings: readonly string[];
  readonly labor: readonly LaborType[];
  /** Who may use the app, by Slack id. */
  readonly technicians: ReadonlyMap<string, Technician>;
  /** Where a ticket's page is, without a slash at the end. */
  readonly webUrl: string;
  readonly syncroBaseUrl: string;
};

const duplicates = ({ technicians }: Settings): readonly string[] =>
  technicians.flatMap(({ slack_user }, i) => {
    const first = technicians.findIndex((other) => other.slack_user === slack_user);
    const words = `is ${slack_user}, as technicians[${first}].slack_user is: list each person once`;
    return first < i ? [`technicians[${i}].slack_user ${words}`] : [];
  });

/** Only an invoice sets its status: a ticket that says so without one is money that nobody asks for. */
const closedUnbilled = ({ tickets, billing }: Settings): readonly string[] =>
  Object.entries({ 'tickets.close_as': tickets.close_as, 'billing.charged_status': billing.charged_status }).flatMap(
    ([name, status]) =>
      status?.trim().toLowerCase() === billing.invoice_status.trim().toLowerCase()
        ? [`${name} must not be billing.invoice_status (${billing.invoice_status}): only bills set that status`]
        : [],
  );

/** Every `{ env: NAME }` of a settings file that may otherwise be wrong, with its place. */
const keyVariables = (raw: unknown): ReadonlyArray<readonly [name: string, place: string]> => {
  const source = z.looseObject({ key: z.looseObject({ env: z.string() }) });
  const file = z
    .looseObject({ technicians: z.array(z.unknown()).catch([]), shared_key: z.unknown().optional() })
    .safeParse(raw);
  const places: Array<readonly [unknown, string]> = file.success
    ? [
        ...file.data.technicians.map((one, i) => [one, `technicians[${i}]`] as const),
        [file.data.shared_key, 'shared_key'],
      ]
    : [];
  return places.flatMap(([value, at]) => {
    const parsed = source.safeParse(value);
    return parsed.success && isVariable(parsed.data.key.env) ? [[parsed.data.key.env, at] as const] : [];
  });
};

/** A vault file needs a vault; the settings may name several before they name it. */
const vaultless = ({ technicians, shared_key, vault }: Settings): readonly string[] => {
  if (vault) return [];
  const places = [
    ...technicians.map(({ key }, i) => ({ key, at: `technicians[${i}]` })),
    { key: shared_key?.key, at: 'shared_key' },
  ];
  return places.flatMap(({ key, at }) =>
    key && 'sops' in key ? [`vault.dir is missing: ${at}.key.sops names a file in it`] : [],
  );
};

type Variables = Readonly<Record<string, string | undefined>>;

/** What can be said of the environment whatever else is wrong. */
const checkVariables = (
  raw: unknown,
  {
    variables,
    unread,
    file,
  }: { readonly variables: Variables; readonly unread: readonly string[]; readonly file: string },
): readonly string[] => {
  const problems: string[] = [];
  const isGiven = (name: string): boolean => Boolean(variables[name]) || unread.includes(name);
  if (!isGiven('SLACK_APP_TOKEN') && !isGiven('SLACK_SIGNING_SECRET'))
    problems.push(
      'SLACK_SIGNING_SECRET is missing (HTTP mode), or SLACK_APP_TOKEN (Socket Mode): one of the two is needed',
    );
  for (const [name, at] of keyVariables(raw)) {
    if (unread.includes(name)) continue;
    const problem = variables[name]
      ? problemOfSecret(variables[name])
      : `is missing: ${file} names it at ${at}.key.env`;
    if (problem) problems.push(`${name} ${problem}`);
  }
  return problems;
};

/** What works, and is hardly meant so. */
const doubtful = ({ SLACK_APP_TOKEN, SLACK_SIGNING_SECRET }: Environment): readonly string[] =>
  SLACK_APP_TOKEN && SLACK_SIGNING_SECRET
    ? [
        'SLACK_APP_TOKEN and SLACK_SIGNING_SECRET are both set: the app uses Socket Mode only. ' +
          'Remove SLACK_SIGNING_SECRET, or for HTTP mode SLACK_APP_TOKEN',
      ]
    : [];

const technicianMap = ({ technicians }: Settings): Config['technicians'] =>
  new Map(
    technicians.map(({ slack_user: slackUser, name, syncro_user_id: syncroUserId, role }) => [
      slackUser,
      { slackUser, name, syncroUserId, role },
    ]),
  );

type From = { readonly file?: string; readonly before?: Gathered };

/**
 * The settings file and the environment to one checked value.
 * @param from how the file is called, and what was gathered before with the environment
 * @throws ConfigError with every problem at once
 */
export const parseConfig = (
  yamlText: string,
  environment: NodeJS.ProcessEnv,
  { file = 'config.yml', before = { variables: environment, problems: [], warnings: [] } }: From = {},
): Config => {
  const problems: string[] = [];
  const raw = readYaml(yamlText, file, problems);
  const gathered = readSecretFiles(before, [...SECRETS, ...keyVariables(raw).map(([name]) => name)]);
  // An empty variable (`SLACK_APP_TOKEN=` in an env file) is one that was not given.
  const given = Object.fromEntries(
    Object.entries(gathered.variables)
      .map(([name, value]) => [name, value === undefined ? '' : asMeant(value)] as const)
      .filter(([, value]) => value !== ''),
  );
  const env = ENVIRONMENT.safeParse(given, { error: wordsFor(ENVIRONMENT), reportInput: true });
  if (!env.success) {
    const isUnread = ([name]: readonly PropertyKey[]) => gathered.unread.includes(String(name));
    const isSecret = ([name]: readonly PropertyKey[]) => SECRETS.includes(String(name));
    problems.push(
      ...env.error.issues.flatMap((issue) =>
        isUnread(issue.path) ? [] : explainIssue(issue, { schema: ENVIRONMENT, name: '', isSecret }),
      ),
    );
  }
  const settings = raw === null ? null : schema.safeParse(raw, { error: wordsFor(schema), reportInput: true });
  const name = `${file}: `;
  if (settings && !settings.success) {
    const isSecret = (path: readonly PropertyKey[]) => path.includes('key');
    problems.push(...settings.error.issues.flatMap((issue) => explainIssue(issue, { schema, name, isSecret })));
  }
  if (settings?.success) {
    const { data } = settings;
    problems.push(...[...duplicates(data), ...vaultless(data), ...closedUnbilled(data)].map((each) => name + each));
  }
  problems.push(...gathered.problems, ...checkVariables(raw, { variables: given, unread: gathered.unread, file }));
  if (problems.length > 0 || !settings?.success || !env.success) throw new ConfigError(problems);
  const { subdomain, web_url } = settings.data.syncro;
  return {
    settings: settings.data,
    env: env.data,
    variables: gathered.variables,
    file,
    warnings: [...gathered.warnings, ...doubtful(env.data)],
    labor: laborTypes(settings.data.labor),
    technicians: technicianMap(settings.data),
    webUrl: (web_url ?? `https://${subdomain}.syncromsp.com`).replace(/\/+$/, ''),
    syncroBaseUrl: (env.data.SYNCRO_BASE_URL ?? `https://${subdomain}.syncromsp.com/api/v1`).replace(/\/+$/, ''),
  };
};

/**
 * The settings as this process is given them: its environment, `.env`, the files that they name.
 * @throws ConfigError with every problem at once
 */
export const loadConfig = (environment: NodeJS.ProcessEnv): Config => {
  const before = readEnvFile(environment);
  const file = asMeant(before.variables.CONFIG_FILE ?? '') || 'config.yml';
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    const remedy = 'copy config.example.yml, or set CONFIG_FILE to yours';
    throw new ConfigError([`${file} can't be read, ${whyUnreadable(error)}: ${remedy}`, ...before.problems]);
  }
  return parseConfig(text, environment, { file, before });
};
