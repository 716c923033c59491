/**
 * What may go wrong, one code per thing that a caller or a person handles differently.
 * The wording that people see is in slack/error.ts, an exhaustive switch over `code`.
 */
export const APP_ERROR_CODES = [
  'not_found', // Syncro has no such record
  'key_refused', // 401 and GET /me fails too: the key is wrong, revoked or expired
  'not_allowed', // 401 although the key is good: the account lacks the permission
  'wrong_key', // the key belongs to another Syncro user than the technician's
  'no_key', // the technician has no key (and no shared one may be used)
  'invalid', // Syncro refused the content (400, 422), in its own words
  'rate_limited', // 429
  'unreachable', // not connected, timed out, 5xx: Syncro is down or far away
  'unreadable', // an answer that is not what Syncro describes
  'busy', // another run holds this ticket
  'no_database', // our own database can't be reached; nothing was stored
  'unsure', // our own database went away before it said whether it stored something
  'stale', // the form or button is older than what happened since
] as const;

export type AppErrorCode = (typeof APP_ERROR_CODES)[number];

type Details = {
  /** True when the same call may simply be tried again later. */
  readonly retryable?: boolean;
  readonly cause?: unknown;
  /** Milliseconds until a retry makes sense (429). */
  readonly retryAfterMs?: number;
  /** HTTP status, when there was an answer. */
  readonly status?: number;
  /** Which record was asked for: a word and its number, e.g. `ticket #32164`. */
  readonly subject?: string;
};

/** A failure that somebody can do something about; `message` is written for the person. */
export class AppError extends Error {
  readonly code: AppErrorCode;
  readonly retryable: boolean;
  readonly retryAfterMs: number | null;
  readonly status: number | null;
  readonly subject: string | null;

  constructor(code: AppErrorCode, message: string, details: Details = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.name = 'AppError';
    this.code = code;
    this.retryable = details.retryable ?? false;
    this.retryAfterMs = details.retryAfterMs ?? null;
    this.status = details.status ?? null;
    this.subject = details.subject ?? null;
  }
}

/** @param error any value, usually a caught error. */
export const isAppError = (error: unknown): error is AppError => error instanceof AppError;

/** How a request of ours can end, as far as whoever is on call can do something about it. */
export const REQUEST_OUTCOMES = [
  'ok',
  'unauthorized',
  'not_found',
  'refused',
  'limited',
  'server_error',
  'timeout',
  'no_answer',
] as const;

export type RequestOutcome = (typeof REQUEST_OUTCOMES)[number];
