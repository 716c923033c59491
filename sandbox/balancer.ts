import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/** What stands before several copies: hands each request to any of them, and to another when that one is not there. */
export type Balancer = {
  readonly url: string;
  readonly use: (ports: readonly number[]) => void;
  /** How many requests each port got. */
  readonly served: ReadonlyMap<number, number>;
  readonly close: () => Promise<void>;
};

/** As a balancer's check of health does: who does not answer in this time gets nothing. */
const CONNECT_MS = 800;

const isThere = (port: number): Promise<boolean> =>
  fetch(`http://127.0.0.1:${port}/healthz`, { signal: AbortSignal.timeout(CONNECT_MS) }).then(
    ({ ok }) => ok,
    () => false,
  );

/** Each request to another copy than the one before: the hardest on what a copy remembers. */
export const inTurn = (): ((ports: readonly number[]) => number | undefined) => {
  let next = 0;
  return (ports) => ports[next++ % ports.length];
};

/**
 * @param pick which copy is asked first
 */
export const startBalancer = async (pick: (ports: readonly number[]) => number | undefined): Promise<Balancer> => {
  let ports: readonly number[] = [];
  const served = new Map<number, number>();

  const pass = async (req: IncomingMessage, res: ServerResponse): Promise<void> => {
    const body = await text(req);
    const first = pick(ports);
    for (const port of [first, ...ports.filter((other) => other !== first)]) {
      if (port === undefined) continue;
      if (!(await isThere(port))) continue;
      served.set(port, (served.get(port) ?? 0) + 1);
      // Given to one: whether it did something before it died nobody knows, so nobody else gets it.
      const onward = request({ port, host: '127.0.0.1', path: req.url, method: req.method, headers: req.headers });
      onward.on('error', () => res.destroy());
      onward.on('response', (answer) => {
        res.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.on('error', () => res.destroy());
        answer.pipe(res);
      });
      onward.end(body);
      return;
    }
    res.writeHead(503).end();
  };

  const server = createServer((req, res) => void pass(req, res).catch(() => res.destroy()));
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/slack/events`,
    use: (next) => {
      ports = next;
    },
    served,
    close: async () => {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
};
