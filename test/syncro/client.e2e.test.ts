import { connect, type Socket } from 'node:net';
import { afterEach, describe, expect, test } from '@jest/globals';
import { createClient } from '../../src/syncro/client.ts';
import { type OpenSocket, openSocket } from '../../src/syncro/socket.ts';
import { keyOf } from './harness.ts';
import { json, type LocalServer, serve } from './local-server.ts';

let server: LocalServer;

afterEach(() => server.close());

const send = async (through: OpenSocket, timeoutMs = 100) => {
  const client = createClient(server.baseUrl, 'query');
  try {
    return await client.send(
      keyOf('T-key-0123456789'),
      { method: 'POST', path: 'x', body: {} },
      { timeoutMs, through },
    );
  } finally {
    client.close();
  }
};

const holding = (socket: Socket): OpenSocket => ({
  usable: () => true,
  take: () => socket,
  untouched: () => false,
  reset: () => void socket.destroy(),
  timedOut: () => false,
  destroy: () => void socket.destroy(),
});

describe('a send', () => {
  test('ends even on a connection that died before it was taken up, where got alone waits for ever', async () => {
    server = await serve((response) => json(response, 200, {}));
    const socket = connect(server.port, '127.0.0.1');
    await new Promise((resolve) => {
      socket.once('connect', resolve);
    });
    socket.destroy();
    await new Promise((resolve) => {
      socket.once('close', resolve);
    });
    expect(await send(holding(socket))).toMatchObject({ kind: 'failed' });
  });

  test('leaves a connection untouched that was lost at the last moment', async () => {
    server = await serve((response) => json(response, 200, {}));
    const open = await openSocket(server.baseUrl, 500);
    open.destroy();
    const started = Date.now();
    expect(await send(open, 5_000)).toMatchObject({ kind: 'failed' });
    expect(Date.now() - started).toBeLessThan(5_000);
    expect(open.untouched()).toBe(true);
  });
});
