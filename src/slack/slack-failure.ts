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

/** What a failed call of the Web API means for what it should have done. */
export const slackFailure = (error: unknown): SlackFailure => {
  if (error instanceof WebAPIRateLimitedError) return { kind: 'not_sent' };
  if (error instanceof WebAPIPlatformError) {
    const reason = error.data.error;
    if (reason === 'ratelimited' || reason === 'rate_limited') return { kind: 'not_sent' };
    return DOUBTFUL.has(reason) ? { kind: 'unclear' } : { kind: 'refused', reason };
  }
  if (error instanceof WebAPIHTTPError) return { kind: error.statusCode === 429 ? 'not_sent' : 'unclear' };
  return { kind: neverConnected(error) ? 'not_sent' : 'unclear' };
};

/** Slack did not take an answer. What it was to tell may have been done, so nobody may say that nothing was. */
export class Unsaid extends Error {
  constructor(cause: unknown) {
    super('Slack did not take an answer', { cause });
    this.name = 'Unsaid';
  }
}
