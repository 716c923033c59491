import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { Log } from '../../shared/system.ts';
import { within } from '../../shared/within.ts';
import { shapeOf, subjectOf } from './notification.ts';
import type { RecordRef } from './ports.ts';

const HOOK_PATH = '/hooks/syncro/';

export type HookDeps = {
  /** The last part of the path; nobody else knows it. */
  readonly secret: string;
  /** Keeps what is to be looked at. It is awaited before the answer, so what was answered is not lost. */
  readonly keep: (subject: RecordRef) => Promise<void>;
  /** How many wait already. */
  readonly waiting: () => Promise<number>;
  readonly log: Log;
  /** How long a body may take, and the database. */
  readonly timeoutMs?: number;
};

type Hook = {
  /** Whether a path is this hook's, told in the same time for every path. */
  readonly isFor: (path: string) => boolean;
  readonly listener: RequestListener;
};

/** A notification carries the whole record: a ticket with long quoted mails passes a megabyte. */
const LARGEST_BYTES = 8_000_000;
/** Between two pieces of a body; all of it may take a few times as long. */
const TIMEOUT_MS = 5_000;
const LONGEST_OF_TIMEOUT = 4;
/** Bodies that are read at the same time, and how much of them is held. */
const MOST_AT_ONCE = 200;
const MOST_BYTES_AT_ONCE = 64_000_000;
/** Records that wait to be looked at; beyond, a sender that tries again is asked to do so later. */
const MOST_WAITING = 1_000;

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

type Held = { bytes: number };

/**
 * A body, or the status of the answer to one that is too long or too slow, or that comes while too much is held.
 * @param held what all bodies together hold in memory
 */
const readBody = (req: IncomingMessage, timeoutMs: number, held: Held): Promise<Buffer | 408 | 413 | 503> => {
  if (Number(req.headers['content-length'] ?? 0) > LARGEST_BYTES) return Promise.resolve(413);
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let length = 0;
    const idle = setTimeout(() => end(408), timeoutMs);
    const longest = setTimeout(() => end(408), LONGEST_OF_TIMEOUT * timeoutMs);
    const end = (result: Buffer | 408 | 413 | 503): void => {
      clearTimeout(idle);
      clearTimeout(longest);
      req.removeAllListeners('data');
      held.bytes -= length;
      length = 0;
      resolve(result);
    };
    req.on('data', (chunk: Buffer) => {
      idle.refresh();
      chunks.push(chunk);
      length += chunk.length;
      held.bytes += chunk.length;
      if (length > LARGEST_BYTES) end(413);
      else if (held.bytes > MOST_BYTES_AT_ONCE) end(503);
    });
    req.once('end', () => end(Buffer.concat(chunks)));
    // A sender who left hears nothing any more.
    req.once('close', () => end(408));
  });
};

const jsonOf = (body: Buffer): { readonly value: unknown } | null => {
  try {
    return { value: JSON.parse(body.toString('utf8')) };
  } catch {
    return null;
  }
};

/**
 * Takes Syncro's notifications. Nothing is done about one before it is answered, but that its record is written down:
 * a process that dies afterwards forgets nothing.
 */
export const createHook = ({ secret, keep, waiting, log, timeoutMs = TIMEOUT_MS }: HookDeps): Hook => {
  const expected = digest(HOOK_PATH + secret);
  let open = 0;
  const held: Held = { bytes: 0 };

  const keepInTime = async (subject: RecordRef): Promise<200 | 503> => {
    const kept = async (): Promise<200 | 503> => {
      if ((await waiting()) >= MOST_WAITING) {
        log.warn({ most: MOST_WAITING }, 'too many notifications wait; one was not taken');
        return 503;
      }
      await keep(subject);
      return 200;
    };
    try {
      return await within(timeoutMs, kept(), () => {
        throw new Error('the database did not answer in time');
      });
    } catch (error) {
      log.error({ err: error }, 'a notification could not be written down');
      return 503;
    }
  };

  const take = async (req: IncomingMessage): Promise<number> => {
    const body = await readBody(req, timeoutMs, held);
    if (typeof body === 'number') {
      log.warn({ status: body }, 'a notification was turned away: too long, too slow, or too many at once');
      return body;
    }
    const json = jsonOf(body);
    const subject = json && subjectOf(json.value);
    if (subject) return keepInTime(subject);
    const shape = json ? shapeOf(json.value) : { body: 'not JSON', bytes: body.length };
    log.info({ shape }, 'a notification about nothing that is followed');
    return 200;
  };

  const respond = async (req: IncomingMessage, res: ServerResponse): Promise<void> => {
    let status = 503;
    if (open < MOST_AT_ONCE) {
      open += 1;
      status = await take(req).finally(() => {
        open -= 1;
      });
    }
    res.writeHead(status, { 'content-type': 'application/json' });
    res.end(`${JSON.stringify({ status: status === 200 ? 'ok' : 'not taken' })}\n`);
    if (req.complete) return;
    // What still comes is thrown away for a while: a connection that is cut at once takes the answer with it.
    req.resume();
    const late = setTimeout(() => req.destroy(), timeoutMs);
    req.once('close', () => clearTimeout(late));
  };

  return {
    isFor: (path) => timingSafeEqual(digest(path), expected),
    listener: (req, res) => {
      respond(req, res).catch((error: unknown) => {
        log.error({ err: error }, 'a notification could not be taken');
        res.destroy();
      });
    },
  };
};
