import { createServer } from 'node:https';
import { type AddressInfo, connect as connectTcp, createServer as createTcpServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import type { Syncro } from '../../src/syncro/create-syncro.ts';
import { aComment, as, connect, failureOf } from './harness.ts';
import { json, type LocalServer, serve } from './local-server.ts';
import { selfSigned } from './self-signed.ts';

const usual = getCACertificates('default');
const ours = selfSigned();
const strangers = selfSigned();
let server: LocalServer;
let syncro: Syncro;

beforeAll(() => setDefaultCACertificates([...usual, ours.cert]));

afterAll(() => setDefaultCACertificates(usual));

afterEach(async () => {
  syncro.close();
  await server.close();
});

const start = async (play: Parameters<typeof serve>[0], identity = ours): Promise<void> => {
  server = await serve(play, (listener) => createServer(identity, listener));
  syncro = connect(server.baseUrl.replace('http:', 'https:'), { timeoutMs: 300 });
};

describe('over TLS', () => {
  test('a write goes out on the connection that was shaken hands on before', async () => {
    await start((response) => json(response, 200, { comment: { id: 4711 } }));
    const prepared = await syncro.writes.prepare(as('run'), aComment);
    await sleep(30);
    expect(server.sockets.size).toBe(1);
    expect(server.heard).toHaveLength(0);
    expect(await prepared.send()).toEqual({ outcome: 'landed', id: 4711, number: null });
    expect(server.sockets.size).toBe(1);
  });

  test('a timeout resets the TCP connection under it', async () => {
    await start(() => undefined);
    // What TLS hides, a bare TCP hop in between sees: how the connection ends.
    const ends: unknown[] = [];
    const hop = createTcpServer((near) => {
      const far = connectTcp(server.port, '127.0.0.1');
      far.on('error', () => undefined);
      near.on('error', (error: NodeJS.ErrnoException) => ends.push(error.code));
      near.on('end', () => ends.push('FIN'));
      near.on('close', () => far.destroy());
      near.pipe(far).pipe(near);
    });
    await new Promise<void>((resolve) => {
      hop.listen(0, '127.0.0.1', resolve);
    });
    const { port } = hop.address() as AddressInfo;
    syncro.close();
    syncro = connect(`https://127.0.0.1:${port}/api/v1`, { timeoutMs: 150 });
    const prepared = await syncro.writes.prepare(as('run'), aComment);
    expect(await prepared.send()).toEqual({ outcome: 'unclear', why: 'no answer (ETIMEDOUT)' });
    await sleep(50);
    hop.close();
    expect(server.heard).toHaveLength(1);
    expect(ends).toEqual(['ECONNRESET']);
  });

  test('a connection that was closed before is not sent on', async () => {
    await start((response) => json(response, 200, { comment: { id: 4711 } }));
    const prepared = await syncro.writes.prepare(as('run'), aComment);
    await sleep(30);
    for (const socket of server.sockets) socket.end();
    await sleep(30);
    expect((await prepared.send()).outcome).toBe('not_sent');
    expect(server.heard).toHaveLength(0);
  });

  test('nothing is sent to a server that can not prove who it is', async () => {
    await start((response) => json(response, 200, {}), strangers);
    expect((await failureOf(syncro.writes.prepare(as('run'), aComment))).code).toBe('unreachable');
    expect((await failureOf(syncro.reads.me(as('run')))).code).toBe('unreachable');
    expect(server.heard).toHaveLength(0);
  });

  test('reads work too', async () => {
    await start((response) => json(response, 200, { users: [[1, 'Joe']] }));
    expect(await syncro.reads.users(as('run'))).toEqual([{ id: 1, name: 'Joe' }]);
  });
});
