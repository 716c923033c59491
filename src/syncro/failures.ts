import { AppError } from '../shared/errors.ts';
import type { Answer } from './client.ts';
import { wordsOf } from './words.ts';

const say = (text: string, otherwise: string): string => {
  const words = wordsOf(text);
  return words === '' ? otherwise : words;
};

/** The key was not sent: no header can carry it, and an error about it would hold it. */
export const unsendable = (): AppError =>
  new AppError('no_key', 'Your Syncro key holds a character that no key has, so Syncro was not asked.');

/** True when the answer, or its absence, says that Syncro is down rather than that it means no. */
export const isDown = (answer: Answer): boolean =>
  answer.kind === 'failed' ? answer.why !== 'TOO_LARGE' : answer.status >= 500 || answer.status === 408;

export const unreachable = (answer: Answer): AppError =>
  answer.kind === 'failed'
    ? new AppError('unreachable', `Syncro did not answer (${answer.why}).`, { retryable: true })
    : new AppError('unreachable', `Syncro is not working at the moment (HTTP ${answer.status}).`, {
        retryable: true,
        status: answer.status,
      });

/** @param subject what was asked for, e.g. `customer 25` */
export const unreadable = (subject: string, status: number | undefined): AppError =>
  new AppError('unreadable', `Syncro's answer for ${subject} can't be read.`, { retryable: true, status, subject });

/** The failure behind an answer that is neither a success nor 401 nor 429, which need more than the answer. */
export const failureOf = (answer: Answer, subject: string): AppError => {
  if (isDown(answer)) return unreachable(answer);
  if (answer.kind === 'failed') return unreadable(subject, undefined);
  const { status, text } = answer;
  if (status === 404 || status === 410) {
    return new AppError('not_found', `Syncro has no ${subject}.`, { status, subject });
  }
  if (status === 403) return new AppError('not_allowed', say(text, 'Syncro does not allow this.'), { status, subject });
  if (status >= 400) {
    return new AppError('invalid', say(text, `Syncro refused the request (HTTP ${status}).`), { status, subject });
  }
  // 1xx and 3xx: not Syncro's API speaking; often a login page behind a wrong subdomain.
  return unreadable(subject, status);
};

export const notAllowed = (answer: Answer & { kind: 'answer' }): AppError =>
  new AppError('not_allowed', say(answer.text, 'Your Syncro account may not do this.'), { status: answer.status });

export const keyRefused = (status?: number): AppError =>
  new AppError('key_refused', 'Syncro refused the key.', { status });

/** Whether Syncro sends Retry-After is unknown; its limit is per minute, so a minute is the safe guess. */
const UNSAID_MS = 60_000;
const LONGEST_MS = 120_000;
const SHORTEST_MS = 1_000;

/**
 * How long a 429 asks to stay away, in milliseconds.
 * @param header seconds or an HTTP date, or `null` when there was none
 */
export const retryAfterMs = (header: string | null, now: number): number => {
  const said = header?.trim() ?? '';
  const ms = /^\d+(\.\d+)?$/.test(said) ? Number(said) * 1_000 : Date.parse(said) - now;
  if (said === '' || Number.isNaN(ms)) return UNSAID_MS;
  return Math.min(LONGEST_MS, Math.max(SHORTEST_MS, Math.round(ms)));
};
