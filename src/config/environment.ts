import { z } from 'zod';
import { canBeSecret } from '../shared/pasted.ts';
import { problemOfDatabaseUrl } from './database-url.ts';

const NO_SECRET =
  'contains a character that no key or token has (a space, a quote, brackets, something invisible): copy it again';
/** What stands in examples where a value belongs. */
const EXAMPLE = /^(?:x[a-z]{2,3}-)?(?:[.…]+|x{3,})?$|^(?:your|change-?me)/i;

/** What is wrong with a key or token, in words without it; `null`: nothing. What stands around it is taken away before. */
export const problemOfSecret = (text: string): string | null => {
  if (EXAMPLE.test(text)) return "is still the example's placeholder";
  return canBeSecret(text) ? null : NO_SECRET;
};

const checked = (problemOf: (text: string) => string | null) =>
  z.string().superRefine((text, context) => {
    const message = problemOf(text);
    if (message) context.addIssue({ code: 'custom', message });
  });

/** One of Slack's, which by its beginning may be another one. */
const slackSecret = (what: string, others: RegExp) =>
  checked((text) => {
    const problem = problemOfSecret(text);
    if (problem) return problem === NO_SECRET ? problem : `${problem}: put yours there, the ${what}`;
    return others.test(text) ? `must be the ${what}, not another kind` : null;
  });

const BASE64 = /^[\w+/-]+=*$/;
const encryptionKey = checked((text) => {
  if (Buffer.from(text, 'base64').length === 32) return null;
  const right = 'must be 32 bytes in base64 (44 characters), as openssl rand -base64 32 prints them';
  return BASE64.test(text)
    ? `${right}, not ${text.length} characters`
    : `${right}; it contains characters that are not base64`;
});

const address = z.url({ protocol: /^https?$/, error: 'must be an address like https://host/path' });

const mayBePort = (text: string): boolean => /^\d{1,5}$/.test(text) && Number(text) <= 65_535;

export const ENVIRONMENT = z.object({
  SLACK_BOT_TOKEN: slackSecret('bot token of OAuth & Permissions (xoxb-…)', /^(xapp|xoxp)-/),
  SLACK_APP_TOKEN: slackSecret('app-level token of Basic Information (xapp-…)', /^xox[bp]-/).optional(),
  SLACK_SIGNING_SECRET: slackSecret('signing secret of Basic Information', /^(xapp|xox[bp])-/).optional(),
  SLACK_API_URL: address.optional(),
  SYNCRO_BASE_URL: address.optional(),
  PORT: z.string().refine(mayBePort, { error: 'must be a port number, 0 to 65535' }).transform(Number).default(3000),
  /** The address to listen on: nobody outside of this machine is answered unless told. */
  LISTEN_HOST: z.string().default('127.0.0.1'),
  DATABASE_URL: checked(problemOfDatabaseUrl).default('sqlite:data/syncro-slack.db'),
  ENCRYPTION_KEY: encryptionKey.optional(),
  ENCRYPTION_KEY_OLD: encryptionKey.optional(),
  SYNCRO_HOOK_SECRET: z
    .string()
    .regex(/^[A-Za-z0-9_-]{24,200}$/, 'must be 24 or more letters and digits, as openssl rand -hex 32 prints them')
    .optional(),
  CONFIG_FILE: z.string().default('config.yml'),
  LOG_LEVEL: z
    .string()
    .toLowerCase()
    .pipe(z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']))
    .default('info'),
});
