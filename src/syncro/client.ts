import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import got from 'got';
import { secretsOut } from '../shared/secret-text.ts';
import { within } from '../shared/within.ts';
import type { ApiKey } from './ports.ts';
import type { OpenSocket } from './socket.ts';

/** Where Syncro takes the key: first query parameter (the handbook's way) or `Authorization: Bearer`. */
export type Auth = 'query' | 'header';

export type Call = {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Below the base URL, without a leading slash: `tickets/1/comment`. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string | number | boolean | undefined>>;
  readonly body?: Readonly<Record<string, unknown>>;
};

/** What came back from one send. Nothing in it refers to the request, so nothing in it holds the key. */
export type Answer =
  | { readonly kind: 'answer'; readonly status: number; readonly retryAfter: string | null; readonly text: string }
  /** `why` is a bare code (`ECONNRESET`, `ETIMEDOUT`, `TOO_LARGE`), never a message: messages quote URLs. */
  | { readonly kind: 'failed'; readonly why: string };

export type SendOptions = {
  readonly timeoutMs: number;
  /** Exactly this connection is used, once. Absent: a kept-alive one of the pool. */
  readonly through?: OpenSocket;
};

export type Client = {
  /** Sends once: no retry, no redirect. Never throws. */
  readonly send: (key: ApiKey, call: Call, options: SendOptions) => Promise<Answer>;
  readonly close: () => void;
};

/** Shorter strings are no keys, and replacing them would eat ordinary text. */
const SHORTEST_KEY = 6;
const LARGEST_ANSWER_BYTES = 20_000_000;
/** The socket's own timer comes first and resets the connection; got's is the net below it, and ours below that. */
const BACKSTOP_MS = 1_000;

const timedOut = (): never => {
  throw Object.assign(new Error('Timed out'), { code: 'ETIMEDOUT' });
};

const codeOf = (error: unknown): string => {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return typeof code === 'string' && /^[A-Z][A-Z0-9_]{2,60}$/.test(code) ? code : 'FAILED';
};

const urlOf = (baseUrl: string, auth: Auth, secret: string, call: Call): string => {
  const pairs = Object.entries(call.query ?? {}).filter(([, value]) => value !== undefined);
  // "?api_key= must come before any other parameters".
  if (auth === 'query') pairs.unshift(['api_key', secret]);
  const query = pairs.map(([name, value]) => `${name}=${encodeURIComponent(String(value))}`).join('&');
  return `${baseUrl.replace(/\/+$/, '')}/${call.path}${query === '' ? '' : `?${query}`}`;
};

const headersOf = (auth: Auth, secret: string, call: Call): Record<string, string> => ({
  accept: 'application/json',
  'user-agent': 'syncro-slack',
  ...(auth === 'header' ? { authorization: `Bearer ${secret}` } : {}),
  // Without it Syncro answers writes with 400 and an HTML page.
  ...(call.method === 'GET' ? {} : { 'content-type': 'application/json' }),
});

/**
 * The only file that speaks HTTP to Syncro. The key is put in at the last moment, and no got error goes out: all of
 * them hold the key in `options`, some in `message` too (measured in docs/reliability.md section 4).
 * @param secrets more that no answer may show, looked at for each
 */
export const createClient = (baseUrl: string, auth: Auth, secrets: Iterable<string> = []): Client => {
  const used = new Set<string>();
  const known = {
    *[Symbol.iterator]() {
      yield* used;
      yield* secrets;
    },
  };
  // `/me` returns the caller's token, an error page may quote the URL that was asked, or somebody else's.
  const withoutKeys = secretsOut(known, { shortest: SHORTEST_KEY, instead: '[key]' });
  const agent = { http: new HttpAgent({ keepAlive: true }), https: new HttpsAgent({ keepAlive: true }) };

  const send = async (key: ApiKey, call: Call, { timeoutMs, through }: SendOptions): Promise<Answer> => {
    const secret = key.reveal();
    used.add(secret);
    const tooLarge = new AbortController();
    const limitMs = through ? timeoutMs + BACKSTOP_MS : timeoutMs;
    const timer = through ? setTimeout(() => through.reset(), timeoutMs) : undefined;
    try {
      const request = got(urlOf(baseUrl, auth, secret, call), {
        method: call.method,
        headers: headersOf(auth, secret, call),
        ...(call.body === undefined ? {} : { body: JSON.stringify(call.body) }),
        // Defaults would repeat PUTs, and a 307 would send a POST's body twice.
        retry: { limit: 0 },
        followRedirect: false,
        throwHttpErrors: false,
        timeout: { request: limitMs },
        signal: tooLarge.signal,
        ...(through ? { createConnection: () => through.take() } : { agent }),
      });
      void request.on('downloadProgress', ({ transferred }) => {
        if (transferred > LARGEST_ANSWER_BYTES) tooLarge.abort();
      });
      // got's own timeout is not enough: given a socket that dies before Node's HTTP client has taken it up, it never
      // settles (seen: more than 20 s), and a write that never ends would hold its ticket for ever.
      const { statusCode, headers, body } = await within(limitMs + BACKSTOP_MS, request, timedOut);
      return {
        kind: 'answer',
        status: statusCode,
        retryAfter: headers['retry-after'] ?? null,
        text: withoutKeys(body),
      };
    } catch (error) {
      if (tooLarge.signal.aborted) return { kind: 'failed', why: 'TOO_LARGE' };
      if (through?.timedOut()) return { kind: 'failed', why: 'ETIMEDOUT' };
      return { kind: 'failed', why: codeOf(error) };
    } finally {
      clearTimeout(timer);
    }
  };

  const close = (): void => {
    agent.http.destroy();
    agent.https.destroy();
  };
  return { send, close };
};
