import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { Log } from '../app/ports.ts';

/** Slack's own payloads stay below 100 kB; a form with every field full is the largest. */
const LARGEST_BYTES = 1_000_000;
/** As Slack's own libraries allow; they look at the past only. */
const MOST_SKEW_MS = 5 * 60_000;
const REMEMBERED = 20_000;
/**
 * Two typeaheads for the same letters in the same second are the same to the letter: nothing in them is their own, as
 * `trigger_id` is in everything that changes something.
 */
const MAY_BE_EQUAL_MS = 2_000;

const header = (req: IncomingMessage, name: string): string => {
  const value = req.headers[name];
  return typeof value === 'string' ? value : '';
};

/** What is wrong about a request that can be seen before its body is read; `null`: nothing. */
const problemOf = (req: IncomingMessage, now: number): { readonly status: number; readonly why: string } | null => {
  const length = header(req, 'content-length');
  if (!/^\d+$/.test(length)) return { status: 411, why: 'no length' };
  if (Number(length) > LARGEST_BYTES) return { status: 413, why: 'too large' };
  const timestamp = header(req, 'x-slack-request-timestamp');
  const isSigned = /^\d{1,12}$/.test(timestamp) && /^v0=[0-9a-f]{64}$/.test(header(req, 'x-slack-signature'));
  if (!isSigned) return { status: 401, why: 'not signed' };
  if (Math.abs(now - Number(timestamp) * 1000) > MOST_SKEW_MS) return { status: 401, why: 'too old, or of the future' };
  return null;
};

/**
 * Turns away what is no request of Slack's before anything of it is read or parsed: unsigned, stale or future, larger
 * than 1 MB, or sent once more letter by letter later on (a repetition by Slack itself is signed anew). Bolt checks the signature.
 * The real clock on purpose: a signature's age is nothing that a simulation decides.
 */
export const guardRequests = (next: RequestListener, log: Log): RequestListener => {
  const seen = new Set<string>();

  const isReplay = (req: IncomingMessage, now: number): boolean => {
    const timestamp = header(req, 'x-slack-request-timestamp');
    const key = `${timestamp}:${header(req, 'x-slack-signature')}`;
    if (seen.has(key)) return now - Number(timestamp) * 1000 > MAY_BE_EQUAL_MS;
    seen.add(key);
    const oldest = seen.values().next();
    if (seen.size > REMEMBERED && !oldest.done) seen.delete(oldest.value);
    return false;
  };

  return (req: IncomingMessage, res: ServerResponse) => {
    const now = Date.now();
    const problem = problemOf(req, now) ?? (isReplay(req, now) ? { status: 401, why: 'sent before' } : null);
    if (!problem) return next(req, res);
    log.warn({ from: 'slack', why: problem.why, status: problem.status }, 'a request was turned away');
    // The body is not waited for: whoever goes on sending it finds the connection closed.
    res.writeHead(problem.status, { 'content-type': 'text/plain', connection: 'close' });
    res.end(`${problem.why}\n`, () => req.destroy());
  };
};
