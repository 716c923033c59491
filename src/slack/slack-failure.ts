import { WebAPIHTTPError, WebAPIPlatformError, WebAPIRateLimitedError } from '@slack/web-api';

/** Slack's own word for a refused call, like `channel_not_found`; `''`: it was no answer of Slack's. */
export const slackErrorCode = (error: unknown): string => {
  const data = error instanceof Error && 'data' in error ? error.data : null;
  const code = typeof data === 'object' && data !== null && 'error' in data ? data.error : '';
  return typeof code === 'string' ? code : '';
};

export type SlackFailure =
  /** Slack's own word; nothing happened. */
  | { readonly kind: 'refused'; readonly reason: string }
  /** It never left, or Slack takes nothing for the moment. */
  | { readonly kind: 'not_sent' }
  /** It may have happened. */
  | { readonly kind: 'unclear' };

/** Slack's words for a token that no retry makes good. */
export const BAD_TOKEN = [
  'invalid_auth',
  'not_authed',
  'account_inactive',
  'token_revoked',
  'token_expired',
  'not_allowed_token_type',
];

/** Refusals of the app as a whole: an admin mends them, and then it takes all that waits. */
const OF_THE_APP: ReadonlySet<string> = new Set([
  ...BAD_TOKEN,
  ...['org_login_required', 'ekm_access_denied', 'team_access_not_granted', 'accesslimited'],
]);

/** Refusals behind which something may have happened all the same, in Slack's own description. */
const DOUBTFUL: ReadonlySet<string> = new Set([
  'internal_error',
  'fatal_error',
  'request_timeout',
  'service_unavailable',
]);
const NOT_CONNECTED: ReadonlySet<string> = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH']);

/** True when the operating system says that there was no connection, however deep that stands. */
const neverConnected = (error: unknown, depth = 0): boolean => {
  if (typeof error !== 'object' || error === null || depth > 4) return false;
  if ('code' in error && typeof error.code === 'string' && NOT_CONNECTED.has(error.code)) return true;
  const inner = 'original' in error ? error.original : 'cause' in error ? error.cause : null;
  return neverConnected(inner, depth + 1);
};

/** The first code of the operating system, TLS or Node's client, however deep that stands. */
const systemCode = (error: unknown, depth = 0): string | null => {
  if (typeof error !== 'object' || error === null || depth > 4) return null;
  if ('code' in error && typeof error.code === 'string' && !error.code.startsWith('slack_')) return error.code;
  const several = 'errors' in error && Array.isArray(error.errors) ? error.errors[0] : null;
  return systemCode(several ?? ('cause' in error ? error.cause : null), depth + 1);
};

const CAUSES: ReadonlyArray<readonly [RegExp, string]> = [
  [/^(ENOTFOUND|EAI_AGAIN)$/, "its name can't be looked up: check this machine's DNS"],
  [/^ECONNREFUSED$/, 'the connection is refused: check the firewall'],
  [/^(ECONNRESET|EPIPE|UND_ERR_SOCKET)$/, 'the connection was cut: check the firewall'],
  [/^(EHOSTUNREACH|ENETUNREACH)$/, "there is no way to it from here: check this machine's network"],
  [/TIME?D?_?OUT|ABORT/, 'it did not answer in time: check the firewall'],
  [
    /CERT|TLS|SSL|SIGN|EPROTO/,
    'its certificate is not trusted: where a firewall puts its own in between, name that in NODE_EXTRA_CA_CERTS',
  ],
];

/** Why there was no answer of Slack's, and what to look at: the end of a sentence. */
export const whyNoAnswer = (error: unknown, environment: NodeJS.ProcessEnv = process.env): string => {
  if (error instanceof WebAPIHTTPError) {
    const what = error.statusCode === 407 ? 'the proxy wants a password' : 'is it a proxy that answers there?';
    return `the answer is ${error.statusCode}: ${what}`;
  }
  const code = systemCode(error) ?? '';
  const cause = CAUSES.find(([codes]) => codes.test(code))?.[1] ?? "check this machine's network";
  const proxy = environment.HTTPS_PROXY || environment.https_proxy;
  const unused = 'HTTPS_PROXY is set, and Node uses it only where NODE_USE_ENV_PROXY=1 is set, too';
  return `${cause}${code ? ` (${code})` : ''}${proxy && !environment.NODE_USE_ENV_PROXY ? `; ${unused}` : ''}`;
};

/** What a failed call of the Web API means for what it should have done. */
export const slackFailure = (error: unknown): SlackFailure => {
  if (error instanceof WebAPIRateLimitedError) return { kind: 'not_sent' };
  if (error instanceof WebAPIPlatformError) {
    const reason = error.data.error;
    if (reason === 'ratelimited' || reason === 'rate_limited' || OF_THE_APP.has(reason)) return { kind: 'not_sent' };
    return DOUBTFUL.has(reason) ? { kind: 'unclear' } : { kind: 'refused', reason };
  }
  if (error instanceof WebAPIHTTPError) return { kind: error.statusCode === 429 ? 'not_sent' : 'unclear' };
  return { kind: neverConnected(error) ? 'not_sent' : 'unclear' };
};

/** Slack didn't accept an answer. What it was to tell may have been done, so nobody may say that nothing was. */
export class Unsaid extends Error {
  constructor(cause: unknown) {
    super("Slack didn't accept an answer", { cause });
    this.name = 'Unsaid';
  }
}
