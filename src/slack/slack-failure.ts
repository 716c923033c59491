import { WebAPIHTTPError, WebAPIPlatformError, WebAPIRateLimitedError, WebAPIRequestError } from '@slack/web-api';

export type SlackFailure =
  /** Slack's own word; nothing happened. */
  | { readonly kind: 'refused'; readonly reason: string }
  /** It never left, or Slack takes nothing for the moment. */
  | { readonly kind: 'not_sent' }
  /** It may have happened. */
  | { readonly kind: 'unclear' };

/** Refusals behind which something may have happened all the same, in Slack's own description. */
const DOUBTFUL: ReadonlySet<string> = new Set([
  'internal_error',
  'fatal_error',
  'request_timeout',
  'service_unavailable',
]);
const NOT_CONNECTED: ReadonlySet<string> = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH']);

/** The code of the operating system, however deep it stands. */
const systemCode = (error: unknown, depth = 0): string => {
  if (!(error instanceof Error) || depth > 4) return '';
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  const inner = error instanceof WebAPIRequestError ? error.original : error.cause;
  return NOT_CONNECTED.has(code) ? code : systemCode(inner, depth + 1);
};

/** What a failed call of the Web API means for what it should have done. */
export const slackFailure = (error: unknown): SlackFailure => {
  if (error instanceof WebAPIRateLimitedError) return { kind: 'not_sent' };
  if (error instanceof WebAPIPlatformError) {
    const reason = error.data.error;
    if (reason === 'ratelimited' || reason === 'rate_limited') return { kind: 'not_sent' };
    return DOUBTFUL.has(reason) ? { kind: 'unclear' } : { kind: 'refused', reason };
  }
  if (error instanceof WebAPIHTTPError) return { kind: error.statusCode === 429 ? 'not_sent' : 'unclear' };
  return { kind: systemCode(error) === '' ? 'unclear' : 'not_sent' };
};
