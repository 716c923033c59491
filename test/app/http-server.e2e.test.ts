import type { Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, test } from '@jest/globals';
import { type HttpServerOptions, startHttpServer } from '../../src/app/http-server.ts';

let server: Server | undefined;

const start = async (options: Partial<HttpServerOptions> = {}): Promise<string> => {
  server = await startHttpServer({
    port: 0,
    host: '127.0.0.1',
    slack: null,
    ready: {},
    accepting: () => true,
    ...options,
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
};

afterEach(() => {
  server?.closeAllConnections();
  server?.close();
});

describe('what watches the app', () => {
  test('/healthz answers 200 while work is taken, 503 while stopping', async () => {
    let accepting = true;
    const url = await start({ accepting: () => accepting });
    expect((await fetch(`${url}/healthz`)).status).toBe(200);
    accepting = false;
    expect((await fetch(`${url}/healthz`)).status).toBe(503);
  });

  test('/readyz names what can’t be reached', async () => {
    const url = await start({
      ready: { database: () => Promise.resolve(null), syncro: () => Promise.resolve('no answer since 14:20') },
    });
    const response = await fetch(`${url}/readyz`);
    expect(response.status).toBe(503);
    expect(await response.json()).toEqual({ database: 'ok', syncro: 'no answer since 14:20' });
  });

  test('/readyz survives a check that throws', async () => {
    const url = await start({ ready: { slack: () => Promise.reject(new Error('secret detail')) } });
    expect(await (await fetch(`${url}/readyz`)).json()).toEqual({ slack: 'the check failed' });
  });

  test('a request of Slack’s that came to an open connection is taken while stopping, and the connection ends', async () => {
    const url = await start({ accepting: () => false, slack: (_req, res) => res.end('taken') });
    const response = await fetch(`${url}/slack/events`, { method: 'POST' });
    expect([await response.text(), response.headers.get('connection')]).toEqual(['taken', 'close']);
  });

  test('Syncro’s notifications go to their hook alone, and are refused while stopping', async () => {
    let accepting = true;
    const hook = {
      isFor: (path: string) => path === '/hooks/x',
      listener: (_req: unknown, res: ServerResponse) => void res.end('taken'),
    };
    const url = await start({ accepting: () => accepting, hook });
    const post = (path: string, method = 'POST') => fetch(`${url}${path}`, { method });
    expect(await (await post('/hooks/x?a=1')).text()).toBe('taken');
    expect((await post('/hooks/y')).status).toBe(404);
    expect((await post('/hooks/x', 'GET')).status).toBe(404);
    accepting = false;
    expect((await post('/hooks/x')).status).toBe(503);
    expect((await post('/hooks/y')).status).toBe(404);
  });

  test('a charset that a proxy added is taken off before Bolt compares', async () => {
    const url = await start({ slack: (req, res) => res.end(req.headers['content-type']) });
    const response = await fetch(`${url}/slack/events`, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' },
      body: 'a=b',
    });
    expect(await response.text()).toBe('application/x-www-form-urlencoded');
  });

  test('anything else is not found', async () => {
    const url = await start();
    expect((await fetch(`${url}/`)).status).toBe(404);
    expect((await fetch(`${url}/slack/events`, { method: 'POST' })).status).toBe(404);
  });
});
