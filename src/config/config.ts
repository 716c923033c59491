import { parseDocument } from 'yaml';
import { z } from 'zod';
import type { LaborType } from '../shared/labor.ts';
import { nearest } from '../shared/match-word.ts';
import { asMeant, canBeSecret } from '../shared/pasted.ts';
import type { Technician } from '../shared/technician.ts';
import { problemOfDatabaseUrl } from './database-url.ts';
import { digestSettings, zone } from './digests.ts';

const hostLabel = z
  .string()
  .regex(/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/i, 'must be one host label, like computerguru');
const positive = z.number().positive();
const wholeFrom = (least: number) => z.number().int().min(least);

const keySource = z.union([z.strictObject({ sops: z.string().min(1) }), z.strictObject({ env: z.string().min(1) })], {
  error: 'must be { sops: <file in the vault> } or { env: <name of a variable> }',
});

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
        slack_user: z.string().regex(/^[UW][A-Z0-9]{2,}$/, 'must be a Slack member id like U012HOWARD'),
        name: z.string().min(1),
        syncro_user_id: wholeFrom(1),
        role: z.enum(['technician', 'biller', 'admin']).default('technician'),
        key: keySource.optional(),
      }),
    )
    .min(1, 'needs at least one technician'),
  shared_key: z.strictObject({ key: keySource, writes: z.boolean().default(false) }).optional(),
  vault: z.strictObject({ dir: z.string().min(1), age_key_file: z.string().min(1).optional() }).optional(),
  labor: z
    .record(
      z.string().regex(/^[a-z0-9][a-z0-9 _-]{0,30}$/, 'must be a short word in small letters, like remote'),
      z.strictObject({
        product_id: wholeFrom(1),
        note: z.string().max(150).optional(),
        debits_prepaid: z.boolean().optional(),
        taxable: z.enum(['never', 'follow']).default('never'),
      }),
    )
    .refine((labor) => Object.keys(labor).length > 0, { error: 'needs at least one labor type' })
    .refine((labor) => Object.keys(labor).length <= 100, { error: 'Slack shows at most 100 labor types' }),
  tickets: z
    .strictObject({
      close_as: z.string().min(1).default('Resolved'),
      done_statuses: z.array(z.string().min(1)).default(['Resolved', 'Invoiced', 'Closed']),
      default_priority: z.string().default('Normal'),
    })
    .prefault({}),
  billing: z
    .strictObject({
      invoice_status: z.string().min(1).default('Invoiced'),
      round_up_to_minutes: wholeFrom(1).max(480).default(1),
      minimum_minutes: wholeFrom(0).max(480).default(0),
      resend_email_comment: z.enum(['ask', 'auto']).default('ask'),
    })
    .prefault({}),
  search: z.strictObject({ local_index: z.boolean().default(true) }).prefault({}),
  digests: digestSettings.default([]),
  session_logs: z.strictObject({ dir: z.string().min(1) }).optional(),
});

const encryptionKey = z.string().refine((text) => Buffer.from(text, 'base64').length === 32, {
  error: 'must be 32 bytes in base64, as openssl rand -base64 32 prints them',
});

const NO_SECRET =
  'holds something that no key or token has (a space, a quote, a mark around it, an invisible character): copy it again';
/** What stands around it is taken away before. */
const secret = z.string().refine(canBeSecret, { error: NO_SECRET });

const ENVIRONMENT = z.object({
  SLACK_BOT_TOKEN: secret.regex(/^(?!xapp-|xoxp-)./, 'must be the bot token (xoxb-…), not another kind'),
  SLACK_APP_TOKEN: secret
    .regex(/^(?!xoxb-|xoxp-)./, 'must be the app-level token (xapp-…), not another kind')
    .optional(),
  SLACK_SIGNING_SECRET: secret.optional(),
  SLACK_API_URL: z.url({ protocol: /^https?$/ }).optional(),
  SYNCRO_BASE_URL: z.url({ protocol: /^https?$/ }).optional(),
  PORT: z.coerce.number({ error: 'must be a port number' }).int().min(0).max(65_535).default(3000),
  /** The address to listen on; all of them unless told. */
  LISTEN_HOST: z.string().min(1).optional(),
  DATABASE_URL: z.string().default('sqlite:data/syncro-slack.db'),
  ENCRYPTION_KEY: encryptionKey.optional(),
  ENCRYPTION_KEY_OLD: encryptionKey.optional(),
  SYNCRO_HOOK_SECRET: z
    .string()
    .regex(/^[A-Za-z0-9_-]{24,200}$/, 'must be 24 or more letters and digits, as openssl rand -hex 32 prints them')
    .optional(),
  CONFIG_FILE: z.string().default('config.yml'),
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']).default('info'),
});

/** Every variable that the app itself knows; the settings may name more, one for each key. */
export const ENVIRONMENT_NAMES: readonly string[] = Object.keys(ENVIRONMENT.shape);

export type Settings = z.infer<typeof schema>;
export type Environment = z.infer<typeof ENVIRONMENT>;

export type Config = {
  readonly settings: Settings;
  readonly env: Environment;
  readonly labor: readonly LaborType[];
  /** Who may use the app, by Slack id. */
  readonly technicians: ReadonlyMap<string, Technician>;
  /** Where a ticket's page is, without a slash at the end. */
  readonly webUrl: string;
  readonly syncroBaseUrl: string;
};

/** Everything that is wrong with the settings, each line with its place and what would be right. */
export class ConfigError extends Error {
  readonly problems: readonly string[];
  constructor(problems: readonly string[]) {
    super(`The settings can't be used:\n${problems.map((problem) => `  - ${problem}`).join('\n')}`);
    this.name = 'ConfigError';
    this.problems = problems;
  }
}

type Issue = z.core.$ZodIssue;

const place = (path: readonly PropertyKey[]): string =>
  path.reduce<string>(
    (text, part) => (typeof part === 'number' ? `${text}[${part}]` : text ? `${text}.${String(part)}` : String(part)),
    '',
  );

/** The keys that the schema knows at a place, for "did you mean". */
const knownKeys = (path: readonly PropertyKey[]): readonly string[] => {
  let at: unknown = schema;
  const unwrap = (type: unknown): unknown => {
    const inner = (type as { def?: { innerType?: unknown } } | undefined)?.def?.innerType;
    return inner ? unwrap(inner) : type;
  };
  for (const part of path) {
    const def = (unwrap(at) as { def?: { shape?: Record<string, unknown>; element?: unknown; valueType?: unknown } })
      ?.def;
    at = typeof part === 'number' ? def?.element : (def?.shape?.[String(part)] ?? def?.valueType);
  }
  return Object.keys((unwrap(at) as { def?: { shape?: object } } | undefined)?.def?.shape ?? {});
};

const describeIssue = (issue: Issue, name: string): readonly string[] => {
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key) => {
      const known = knownKeys(issue.path);
      const near = nearest(key, known);
      const hint = near ? `did you mean ${near}?` : `known keys: ${known.join(', ')}`;
      return `${name}${place([...issue.path, key])} is not a setting; ${hint}`;
    });
  const missing = issue.code === 'invalid_type' && issue.message.endsWith('received undefined');
  return [`${name}${place(issue.path) || 'the file'} ${missing ? 'is missing' : issue.message}`];
};

const parseYaml = (text: string, problems: string[]): unknown => {
  // Windows' editors offer it as "Unicode".
  if (text.includes('\0')) {
    problems.push('config.yml: is saved as UTF-16: save it as UTF-8');
    return null;
  }
  const document = parseDocument(text, { prettyErrors: true });
  for (const { message } of document.errors) problems.push(`config.yml: ${message.split('\n')[0]}`);
  return document.errors.length > 0 ? null : (document.toJS() ?? {});
};

const duplicates = (settings: Settings): readonly string[] => {
  const seen = new Set<string>();
  return settings.technicians.flatMap(({ slack_user }, i) => {
    const again = seen.has(slack_user);
    seen.add(slack_user);
    return again ? [`config.yml: technicians[${i}].slack_user ${slack_user} stands there twice`] : [];
  });
};

/** Closing never invoices: a ticket that says so without an invoice is money that nobody asks for. */
const closedUnbilled = ({ tickets, billing }: Settings): readonly string[] =>
  tickets.close_as.trim().toLowerCase() === billing.invoice_status.trim().toLowerCase()
    ? [
        `config.yml: tickets.close_as must not be billing.invoice_status (${billing.invoice_status}): bills set that one`,
      ]
    : [];

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
    return parsed.success ? [[parsed.data.key.env, at] as const] : [];
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
    key && 'sops' in key ? [`config.yml: vault.dir is missing: ${at}.key.sops names a file in it`] : [],
  );
};

type Variables = Readonly<Record<string, string | undefined>>;

/** What can be said of the environment whatever else is wrong. */
const checkVariables = (raw: unknown, variables: Variables): readonly string[] => {
  const problems: string[] = [];
  if (!variables.SLACK_APP_TOKEN && !variables.SLACK_SIGNING_SECRET)
    problems.push(
      'SLACK_SIGNING_SECRET is missing (HTTP mode), or SLACK_APP_TOKEN (Socket Mode): one of the two is needed',
    );
  for (const [name, at] of keyVariables(raw))
    if (!variables[name]) problems.push(`${name} is missing: config.yml names it at ${at}.key.env`);
    else if (!canBeSecret(variables[name])) problems.push(`${name} ${NO_SECRET}`);
  const database = variables.DATABASE_URL ? problemOfDatabaseUrl(variables.DATABASE_URL) : null;
  if (database) problems.push(database);
  return problems;
};

const laborTypes = (labor: Settings['labor']): readonly LaborType[] =>
  Object.entries(labor).map(([word, { product_id, note, debits_prepaid, taxable }]) => ({
    word,
    productId: product_id,
    note: note ?? null,
    // The settings of this product's first users say it in the note only.
    followsTax: taxable === 'follow',
    debitsPrepaid: debits_prepaid ?? !/\bnot debit\b/i.test(note ?? ''),
  }));

const technicianMap = ({ technicians }: Settings): Config['technicians'] =>
  new Map(
    technicians.map(({ slack_user: slackUser, name, syncro_user_id: syncroUserId, role }) => [
      slackUser,
      { slackUser, name, syncroUserId, role },
    ]),
  );

/**
 * The settings file and the environment to one checked value.
 * @throws ConfigError with every problem at once
 */
export const parseConfig = (yamlText: string, variables: NodeJS.ProcessEnv): Config => {
  const problems: string[] = [];
  // An empty variable (`SLACK_APP_TOKEN=` in an env file) is one that was not given.
  const given = Object.fromEntries(
    Object.entries(variables)
      .map(([name, value]) => [name, value === undefined ? '' : asMeant(value)] as const)
      .filter(([, value]) => value !== ''),
  );
  const env = ENVIRONMENT.safeParse(given);
  if (!env.success) problems.push(...env.error.issues.flatMap((issue) => describeIssue(issue, '')));
  const raw = parseYaml(yamlText, problems);
  const settings = raw === null ? null : schema.safeParse(raw);
  if (settings && !settings.success)
    problems.push(...settings.error.issues.flatMap((issue) => describeIssue(issue, 'config.yml: ')));
  if (settings?.success)
    problems.push(...duplicates(settings.data), ...vaultless(settings.data), ...closedUnbilled(settings.data));
  problems.push(...checkVariables(raw, given));
  if (problems.length > 0 || !settings?.success || !env.success) throw new ConfigError(problems);
  const { subdomain, web_url } = settings.data.syncro;
  return {
    settings: settings.data,
    env: env.data,
    labor: laborTypes(settings.data.labor),
    technicians: technicianMap(settings.data),
    webUrl: (web_url ?? `https://${subdomain}.syncromsp.com`).replace(/\/+$/, ''),
    syncroBaseUrl: (env.data.SYNCRO_BASE_URL ?? `https://${subdomain}.syncromsp.com/api/v1`).replace(/\/+$/, ''),
  };
};
