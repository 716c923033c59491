import { createHmac, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { LRUCache } from 'lru-cache';
import { z } from 'zod';
import type { Clock, Log } from '../shared/system.ts';
import { within } from '../shared/within.ts';
import type { Deliveries } from './ports.ts';

/** Slack's own payloads are a dozen deep; what walks through them must not run out of stack. */
const MOST_DEPTH = 100;

/** How deep brackets are nested outside of strings, without parsing. */
const isTooDeep = (json: string): boolean => {
  let depth = 0;
  let inString = false;
  for (let i = 0; i < json.length; i++) {
    const character = json[i];
    if (inString) {
      if (character === '\\') i += 1;
      else if (character === '"') inString = false;
    } else if (character === '"') inString = true;
    else if (character === '{' || character === '[') {
      depth += 1;
      if (depth > MOST_DEPTH) return true;
    } else if (character === '}' || character === ']') depth -= 1;
  }
  return false;
};

const problemOfJson = (json: string): string | null => {
  if (isTooDeep(json)) return 'nested too deeply';
  try {
    const value: unknown = JSON.parse(json);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? null : 'not an object';
  } catch {
    return 'not JSON';
  }
};

/** What is wrong with a body that nobody but Slack can have signed; `null`: it is what Slack sends. */
const problemOfBody = (body: string, contentType: string): string | null => {
  if (!/^application\/x-www-form-urlencoded\b/i.test(contentType)) return problemOfJson(body);
  const payload = new URLSearchParams(body).get('payload');
  return payload === null ? null : problemOfJson(payload);
};

/** Slack's own payloads stay below 100 kB; a form with every field full is the largest. */
const LARGEST_BYTES = 1_000_000;
/** As Slack's own libraries allow; they look at the past only. */
const MOST_SKEW_MS = 5 * 60_000;
const BODY_MS = 10_000;
/** What was verified lately, for while the database can't say. */
const REMEMBERED = 20_000;
/** Slack waits three seconds for its answer, also when the database is busy. */
const DATABASE_MS = 500;
/**
 * Two typeaheads for the same letters in the same second are the same to the letter: nothing in them is their own. So is an
 * event that Slack sends again at once.
 */
const MAY_BE_EQUAL_MS = 2_000;

type Problem = { readonly status: number; readonly why: string };

const header = (req: IncomingMessage, name: string): string => {
  const value = req.headers[name];
  return typeof value === 'string' ? value : '';
};

/** What is wrong about a request that can be seen before its body is read; `null`: nothing. */
const problemOf = (req: IncomingMessage, now: number): Problem | null => {
  const length = header(req, 'content-length');
  if (!/^\d+$/.test(length)) return { status: 411, why: 'no length' };
  if (Number(length) > LARGEST_BYTES) return { status: 413, why: 'too large' };
  const timestamp = header(req, 'x-slack-request-timestamp');
  const isSigned = /^\d{1,12}$/.test(timestamp) && /^v0=[0-9a-f]{64}$/.test(header(req, 'x-slack-signature'));
  if (!isSigned) return { status: 401, why: 'not signed' };
  if (Math.abs(now - Number(timestamp) * 1000) > MOST_SKEW_MS) return { status: 401, why: 'too old, or of the future' };
  return null;
};

const readBody = (req: IncomingMessage): Promise<Buffer | Problem> => {
  const body = new Promise<Buffer | Problem>((resolve) => {
    const chunks: Buffer[] = [];
    req.on('data', (chunk: Buffer) => chunks.push(chunk));
    req.once('end', () => resolve(Buffer.concat(chunks)));
    req.once('close', () => resolve({ status: 408, why: 'not sent to its end' }));
  });
  return within(BODY_MS, body, () => ({ status: 408, why: 'too slow' }));
};

const isOfSlack = (req: IncomingMessage, body: Buffer, signingSecret: string): boolean => {
  const hmac = createHmac('sha256', signingSecret).update(`v0:${header(req, 'x-slack-request-timestamp')}:`);
  const expected = Buffer.from(`v0=${hmac.update(body).digest('hex')}`);
  const given = Buffer.from(header(req, 'x-slack-signature'));
  return given.length === expected.length && timingSafeEqual(given, expected);
};

type GuardDeps = {
  readonly signingSecret: string;
  readonly deliveries: Pick<Deliveries, 'first'>;
  readonly clock: Pick<Clock, 'now'>;
  readonly log: Log;
};

const typeahead = z.object({ type: z.literal('block_suggestion') });
const event = z.object({ type: z.literal('event_callback') });

/** @param body one without a problem */
const mayBeEqual = (body: Buffer): boolean => {
  const text = body.toString();
  // Slack sends an event again at once; by its id it is handled once.
  if (text.startsWith('{')) return event.safeParse(JSON.parse(text)).success;
  const payload = new URLSearchParams(text).get('payload');
  return payload !== null && typeahead.safeParse(JSON.parse(payload)).success;
};

/**
 * How long ago a verified request came for the first time, by a clock that nobody sets; `null`: it does now, at whichever
 * copy. In memory as well: a database that is away must not let everything in twice.
 */
const createArrivals = ({ deliveries, clock, log }: GuardDeps) => {
  // `max` would make room for all of them at the start: 7 ms.
  const seen = new LRUCache<string, number>({ maxSize: REMEMBERED, sizeCalculation: () => 1 });
  return async (id: string, ageMs: number): Promise<number | null> => {
    const first = seen.get(id);
    if (first !== undefined) return performance.now() - first;
    seen.set(id, performance.now());
    try {
      const isFirst = await within(DATABASE_MS, deliveries.first(id, clock.now()), () => {
        throw new Error('the database did not answer in time');
      });
      // When another copy took it is not known here: not before it was signed.
      return isFirst ? null : Math.abs(ageMs);
    } catch (error) {
      log.warn({ err: error }, 'whether a request came before can not be looked up; it is taken');
      return null;
    }
  };
};

/**
 * Turns away what is no request of Slack's: unsigned, stale or future, larger than 1 MB, wrongly signed, with a body that
 * Slack never sends, or sent once more letter by letter (a repetition by Slack itself is signed anew). Only
 * what was verified is remembered, so nobody pushes a true request out of memory with forged ones. Bolt checks the
 * signature again, of the body that was read here.
 * The real clock on purpose: a signature's age is nothing that a simulation decides.
 */
export const guardRequests = (next: RequestListener, deps: GuardDeps): RequestListener => {
  const { signingSecret, log } = deps;
  const sinceFirst = createArrivals(deps);

  const examine = async (req: IncomingMessage): Promise<Buffer | Problem> => {
    const problem = problemOf(req, Date.now());
    if (problem) return problem;
    const body = await readBody(req);
    if (!Buffer.isBuffer(body)) return body;
    if (!isOfSlack(req, body, signingSecret)) return { status: 401, why: 'signed by somebody else' };
    const why = problemOfBody(body.toString(), header(req, 'content-type'));
    if (why) return { status: 400, why };
    const timestamp = header(req, 'x-slack-request-timestamp');
    const id = `sent ${timestamp}:${header(req, 'x-slack-signature')}`;
    const ms = await sinceFirst(id, Date.now() - Number(timestamp) * 1000);
    const isRepetition = ms !== null && !(ms <= MAY_BE_EQUAL_MS && mayBeEqual(body));
    return isRepetition ? { status: 401, why: 'sent before' } : body;
  };

  const turnAway = ({ status, why }: Problem, req: IncomingMessage, res: ServerResponse): void => {
    log.warn({ from: 'slack', why, status }, 'a request was turned away');
    // The body is not waited for: whoever goes on sending it finds the connection closed.
    res.writeHead(status, { 'content-type': 'text/plain', connection: 'close' });
    res.end(`${why}\n`, () => req.destroy());
  };

  const handle = async (req: IncomingMessage, res: ServerResponse): Promise<void> => {
    const result = await examine(req);
    // Where Bolt looks for a body that was read already.
    if (Buffer.isBuffer(result)) next(Object.assign(req, { rawBody: result }), res);
    else turnAway(result, req, res);
  };

  return (req, res) => {
    handle(req, res).catch((error: unknown) => {
      log.error({ err: error }, 'a request could not be looked at');
      res.destroy();
    });
  };
};
