import { createHmac } from 'node:crypto';
import { type Json, parseJson } from './json.ts';

/** Ways to make one delivery wrong or odd, for tests of the receiver. */
export type Tamper = {
  readonly wrongSignature?: boolean;
  /** Ten minutes old: Slack's libraries refuse more than five. */
  readonly staleTimestamp?: boolean;
  /** The same request twice at the same time. */
  readonly duplicate?: boolean;
  /** As some proxies do: `; charset=utf-8` after the content type. */
  readonly charset?: boolean;
};

export type Envelope = {
  readonly kind: 'slash_commands' | 'interactive' | 'events_api';
  readonly payload: Json;
  /** Events only: that this is a repetition. */
  readonly retry?: { readonly number: number; readonly reason: string };
};
export type RawAnswer = {
  readonly status?: number;
  readonly body?: unknown;
  readonly error?: string;
  /** The answer said `X-Slack-No-Retry: 1`. */
  readonly noRetry?: boolean;
};

const encode = ({ kind, payload }: Envelope): { readonly body: string; readonly type: string } => {
  if (kind === 'events_api') return { body: JSON.stringify(payload), type: 'application/json' };
  const fields = kind === 'interactive' ? { payload: JSON.stringify(payload) } : payload;
  const entries = Object.entries(fields).map(([key, value]): [string, string] => [key, String(value)]);
  return { body: new URLSearchParams(entries).toString(), type: 'application/x-www-form-urlencoded' };
};

/** Slack's `x-slack-signature` of a body. */
export const sign = (secret: string, timestamp: number, body: string): string =>
  `v0=${createHmac('sha256', secret).update(`v0:${timestamp}:${body}`).digest('hex')}`;

const headersFor = (secret: string, body: string, type: string, tamper: Tamper, envelope: Envelope): Headers => {
  // The real clock on purpose: the app under test compares with its own.
  const timestamp = Math.floor(Date.now() / 1000) - (tamper.staleTimestamp ? 600 : 0);
  const headers = new Headers({
    'content-type': tamper.charset ? `${type}; charset=utf-8` : type,
    'user-agent': 'Slackbot 1.0 (+https://api.slack.com/robots)',
    'x-slack-request-timestamp': String(timestamp),
    'x-slack-signature': sign(tamper.wrongSignature ? `not-${secret}` : secret, timestamp, body),
  });
  if (envelope.retry) {
    headers.set('x-slack-retry-num', String(envelope.retry.number));
    headers.set('x-slack-retry-reason', envelope.retry.reason);
  }
  return headers;
};

/** One signed POST; a refused or cut connection is an answer, too: people see `dispatch_failed`. */
export const postSigned = async (
  url: string,
  secret: string,
  envelope: Envelope,
  tamper: Tamper,
  signal: AbortSignal,
): Promise<RawAnswer> => {
  const { body, type } = encode(envelope);
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: headersFor(secret, body, type, tamper, envelope),
      body,
      redirect: 'manual',
      signal,
    });
    const text = await response.text();
    const parsed = text === '' ? undefined : (parseJson(text) ?? text);
    const { status } = response;
    if (status >= 200 && status < 300) return { status, body: parsed };
    const error = status >= 500 ? 'http_service_error' : 'http_client_error';
    const noRetry = response.headers.get('x-slack-no-retry') === '1';
    return { status, body: parsed, error, ...(noRetry ? { noRetry } : {}) };
  } catch {
    return { error: 'dispatch_failed' };
  }
};
