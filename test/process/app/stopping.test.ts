import { createServer, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from '@jest/globals';
import { type Outside, startOutside } from '../../world/app-process.ts';
import { quickConfig } from '../../world/use-world.ts';

let outside: Outside | undefined;
let proxy: Server | undefined;
afterEach(async () => {
  const problems = outside?.slack.problems ?? [];
  proxy?.closeAllConnections();
  proxy?.close();
  await outside?.close();
  expect(problems).toEqual([]);
});

const NOBODY_READ = ['ECONNREFUSED', 'ECONNRESET'];

/** What a load balancer does: to each copy in turn, and to the next one where nobody listens any more. */
const balance = async (ports: readonly number[]): Promise<string> => {
  let turn = 0;
  proxy = createServer((req, res) => {
    const body: Buffer[] = [];
    req.on('data', (chunk: Buffer) => body.push(chunk));
    req.on('end', () => {
      const first = turn++;
      const to = (left: number): void => {
        const port = ports[(first + left) % ports.length];
        const through = request({ host: '127.0.0.1', port, path: req.url, method: req.method, headers: req.headers });
        through.on('response', (answer) => {
          res.writeHead(answer.statusCode ?? 502);
          answer.pipe(res);
        });
        through.on('error', (error: NodeJS.ErrnoException) => {
          // Reset without an answer: it was in the queue of a port that closed, so nobody has read it.
          if (NOBODY_READ.includes(error.code ?? '') && left > 0) to(left - 1);
          else res.writeHead(502).end();
        });
        through.end(Buffer.concat(body));
      };
      to(ports.length - 1);
    });
  });
  await new Promise<void>((resolve) => proxy?.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(proxy.address() as AddressInfo).port}/slack/events`;
};

test('of two copies behind a load balancer, one leaves on SIGTERM and no command is lost', async () => {
  outside = await startOutside(quickConfig());
  const { slack, launch } = outside;
  const apps = [await launch(), await launch()];
  slack.deliverTo(await balance(apps.map(({ port }) => port)));
  const howard = slack.person('U012HOWARD');
  const answers = await Promise.all(
    Array.from({ length: 40 }, async (_, n) => {
      await new Promise((resolve) => setTimeout(resolve, n * 15));
      if (n === 10) apps[0]?.child.kill('SIGTERM');
      return howard.slash('/syncro', 'ticket 32164');
    }),
  );
  expect(answers.flatMap(({ error }) => (error ? [error] : []))).toEqual([]);
  expect(await apps[0]?.exited).toEqual({ code: 0, signal: null });
  await slack.until(
    () => slack.calls.filter(({ method, ok }) => method === 'response_url' && ok).length === 40,
    15_000,
  );
});
