import { createServer, type RequestListener, type Server, type ServerResponse } from 'node:http';
import { Server as NetServer } from 'node:net';
import { setImmediate as nextTurn } from 'node:timers/promises';

/** A check of something outside; the promise resolves to what is wrong, or `null`. */
export type Check = () => Promise<string | null>;

export type HttpServerOptions = {
  readonly port: number;
  /** The address to listen on. */
  readonly host: string;
  /** Slack's requests in HTTP mode. */
  readonly slack: RequestListener | null;
  /** Syncro's notifications, behind a path that only Syncro knows; absent: off. */
  readonly hook?: { readonly isFor: (path: string) => boolean; readonly listener: RequestListener } | null;
  readonly ready: Readonly<Record<string, Check>>;
  /** What Prometheus scrapes. */
  readonly metrics?: { readonly text: () => Promise<string>; readonly contentType: string };
  /** True while the app takes new work. */
  readonly accepting: () => boolean;
};

const answer = (res: ServerResponse, status: number, body: unknown): void => {
  res.writeHead(status, { 'content-type': 'application/json' });
  res.end(`${JSON.stringify(body)}\n`);
};

const readiness = async (checks: HttpServerOptions['ready']): Promise<Record<string, string>> => {
  const results = await Promise.all(
    Object.entries(checks).map(async ([name, check]): Promise<[string, string]> => {
      const problem = await check().catch(() => 'the check failed');
      return [name, problem ?? 'ok'];
    }),
  );
  return Object.fromEntries(results);
};

/** Which setting is to blame, and what would be right. */
const cannotListen = (error: NodeJS.ErrnoException, port: number, host = 'any address'): string => {
  switch (error.code) {
    case 'EADDRINUSE':
      return `PORT ${port} on ${host} is taken: is the app running already? Stop it, or set another PORT.`;
    case 'EACCES':
      return `PORT ${port} can't be used by this user: set one above 1023.`;
    default:
      return `LISTEN_HOST ${host} is not an address of this machine that the app can listen on (${error.code}): remove it, or set one that is.`;
  }
};

/** One small server for both modes: Slack's requests (in HTTP mode) and what watches the app. */
export const startHttpServer = async ({
  port,
  host,
  slack,
  hook,
  ready,
  metrics,
  accepting,
}: HttpServerOptions): Promise<Server> => {
  const server = createServer((req, res) => {
    const path = (req.url ?? '/').split('?', 1)[0];
    if (path === '/slack/events' && req.method === 'POST' && slack) {
      // Taken all the same: what came to an open connection goes to no other copy of the app.
      if (!accepting()) res.setHeader('connection', 'close');
      // Bolt compares the content type letter by letter; a proxy may have added a charset.
      const [type] = (req.headers['content-type'] ?? '').split(';', 1);
      if (type) req.headers['content-type'] = type.trim();
      return slack(req, res);
    }
    if (req.method === 'POST' && path && hook?.isFor(path))
      return accepting() ? hook.listener(req, res) : answer(res, 503, { error: 'stopping' });
    if (req.method !== 'GET') return answer(res, 404, { error: 'not found' });
    if (path === '/healthz') return answer(res, accepting() ? 200 : 503, { status: accepting() ? 'ok' : 'stopping' });
    if (path === '/readyz') {
      if (!accepting()) return answer(res, 503, { status: 'stopping' });
      readiness(ready).then(
        (results) => answer(res, Object.values(results).every((result) => result === 'ok') ? 200 : 503, results),
        () => answer(res, 500, { error: 'the checks failed' }),
      );
      return;
    }
    if (path === '/metrics' && metrics) {
      metrics.text().then(
        (text) => {
          res.writeHead(200, { 'content-type': metrics.contentType });
          res.end(text);
        },
        () => answer(res, 500, { error: 'the metrics could not be read' }),
      );
      return;
    }
    answer(res, 404, { error: 'not found' });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error) => reject(new Error(cannotListen(error, port, host), { cause: error })));
    server.listen({ port, host }, () => resolve());
  });
  return server;
};

/**
 * No new connections from here on: a proxy gives the request to another copy. What comes on open ones is taken.
 * @returns a promise of the last connection's end, in an object, so that awaiting this does not wait for it
 */
export const closePort = async (server: Server): Promise<{ readonly closed: Promise<void> }> => {
  // Two turns first: what waits to be accepted would be cut, not refused.
  await nextTurn();
  await nextTurn();
  // net's close, not http's: that would also cut connections whose request is on its way.
  return { closed: new Promise<void>((done) => NetServer.prototype.close.call(server, () => done())) };
};
