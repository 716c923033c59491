import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, test } from '@jest/globals';
import type { Syncro, SyncroOptions } from '../../src/syncro/create-syncro.ts';
import { aComment, as, connect, failureOf, hastyClock } from './harness.ts';
import { deadUrl, html, json, type LocalServer, serve } from './local-server.ts';

const ending: (() => Promise<void> | void)[] = [];

afterEach(async () => {
  for (const end of ending.splice(0).reverse()) await end();
});

const against = async (
  play: Parameters<typeof serve>[0],
  options: Partial<SyncroOptions> = {},
): Promise<{ readonly server: LocalServer; readonly syncro: Syncro }> => {
  const server = await serve(play);
  const syncro = connect(server.baseUrl, options);
  ending.push(server.close, syncro.close);
  return { server, syncro };
};

const until = async (happened: () => boolean): Promise<void> => {
  for (let left = 200; !happened(); left -= 1) {
    if (left === 0) throw new Error('It did not happen');
    await sleep(5);
  }
};

const created = { comment: { id: 4711, body: 'Done' } };

describe('a prepared write', () => {
  test('has its connection, and has sent nothing on it', async () => {
    const { server, syncro } = await against((response) => json(response, 200, created));
    const prepared = await syncro.writes.prepare(as('run'), aComment);
    await until(() => server.sockets.size === 1);
    await sleep(30);
    const [socket] = server.sockets;
    expect(socket?.bytesRead).toBe(0);
    expect(await prepared.send()).toEqual({ outcome: 'landed', id: 4711, number: null });
    expect(server.sockets.size).toBe(1);
    expect(server.heard).toHaveLength(1);
    expect(server.heard[0]?.headers['content-type']).toBe('application/json');
    // Syncro ignores it silently: nothing may seem to rely on it.
    expect(server.heard[0]?.headers).not.toHaveProperty('idempotency-key');
  });

  test('goes out once, whatever is called afterwards', async () => {
    const { server, syncro } = await against((response) => json(response, 200, created));
    const prepared = await syncro.writes.prepare(as('run'), aComment);
    const first = prepared.send();
    await expect(prepared.send()).rejects.toThrow('once');
    expect((await first).outcome).toBe('landed');
    await expect(prepared.send()).rejects.toThrow('once');
    expect(server.heard).toHaveLength(1);
  });

  test('sends nothing after it was abandoned, and gives the connection back', async () => {
    const { server, syncro } = await against((response) => json(response, 200, created));
    const prepared = await syncro.writes.prepare(as('run'), aComment);
    await until(() => server.sockets.size === 1);
    prepared.abandon();
    const [socket] = server.sockets;
    await until(() => socket?.closed ?? false);
    await expect(prepared.send()).rejects.toThrow();
    expect(server.heard).toHaveLength(0);
  });

  test('can not be prepared when nobody listens, and says that nothing was sent', async () => {
    const syncro = connect(await deadUrl());
    ending.push(syncro.close);
    const error = await failureOf(syncro.writes.prepare(as('run'), aComment));
    expect(error).toMatchObject({ code: 'unreachable', retryable: true });
    expect(error.message).toContain('Nothing was sent');
    expect(syncro.health().downSince).not.toBeNull();
  });

  test.each<[string, (server: LocalServer) => void]>([
    ['closes it', (server) => server.sockets.forEach((socket) => void socket.end())],
    ['resets it', (server) => server.sockets.forEach((socket) => void socket.resetAndDestroy())],
    [
      'speaks first, as a proxy does to idle connections',
      (server) =>
        server.sockets.forEach((socket) => void socket.write('HTTP/1.1 400 Bad Request\r\ncontent-length: 0\r\n\r\n')),
    ],
  ])('is not sent when the server %s before', async (_, fault) => {
    const { server, syncro } = await against((response) => json(response, 200, created));
    const prepared = await syncro.writes.prepare(as('run'), aComment);
    await until(() => server.sockets.size === 1);
    fault(server);
    await sleep(30);
    expect((await prepared.send()).outcome).toBe('not_sent');
    expect(server.heard).toHaveLength(0);
  });

  test('claims not_sent never when the server may have it: closed and sent at the same moment', async () => {
    const { server, syncro } = await against((response) => json(response, 200, created));
    for (let round = 0; round < 20; round += 1) {
      const before = server.heard.length;
      const opened = server.sockets.size;
      const prepared = await syncro.writes.prepare(as('run'), aComment);
      await until(() => server.sockets.size > opened);
      const sending = prepared.send();
      for (let turn = 0; turn < round % 5; turn += 1) await new Promise(setImmediate);
      [...server.sockets].at(-1)?.end();
      const { outcome } = await sending;
      await sleep(5);
      if (outcome === 'not_sent') expect(server.heard).toHaveLength(before);
      if (outcome === 'landed') expect(server.heard).toHaveLength(before + 1);
      expect(['not_sent', 'unclear', 'landed']).toContain(outcome);
    }
  });
});

test('a refusal that is nested without end is a refusal, and its connection is given back', async () => {
  const deep = `{"error":${'['.repeat(6_000)}"No"${']'.repeat(6_000)}}`;
  const { server, syncro } = await against((response) => response.writeHead(422).end(deep));
  const prepared = await syncro.writes.prepare(as('run'), aComment);
  expect(await prepared.send()).toEqual({
    outcome: 'refused',
    status: 422,
    message: 'Syncro refused it (HTTP 422).',
  });
  await until(() => server.sockets.size === 0 || [...server.sockets].every(({ closed }) => closed));
  expect(await failureOf(syncro.reads.me(as('run')))).toMatchObject({ code: 'invalid', status: 422 });
});

describe('the outcome of a write', () => {
  test.each<[string, Parameters<typeof serve>[0]]>([
    ['500', (response) => html(response, 500)],
    ['503 in JSON', (response) => json(response, 503, { error: 'later' })],
    ['408', (response) => json(response, 408, {})],
    ['a redirect', (response) => response.writeHead(307, { location: '/api/v1/again' }).end()],
    ['a reset after the request', (response) => response.socket?.resetAndDestroy()],
    ['a close after the request', (response) => response.destroy()],
    [
      'a cut body',
      (response) =>
        response.writeHead(200, { 'content-length': 90 }).write('{"comment":{"id":1', () => response.destroy()),
    ],
    ['a cut body of unknown length', (response) => response.socket?.end('HTTP/1.1 200 OK\r\n\r\n{"comment":{"id":1')],
    ['an HTML page with 200', (response) => html(response, 200)],
    ['an empty 200', (response) => response.end()],
    ['a 200 with null', (response) => json(response, 200, null)],
    ['a 200 without the id', (response) => json(response, 200, { comment: { body: 'Done' } })],
    ['the id in the wrong place', (response) => json(response, 200, { id: 4711 })],
    ['nonsense instead of HTTP', (response) => response.socket?.end('220 smtp ready\r\n')],
    ['silence', () => undefined],
  ])('is unclear after %s, and nothing is repeated', async (_, fault) => {
    const { server, syncro } = await against(fault);
    const prepared = await syncro.writes.prepare(as('run'), aComment);
    expect((await prepared.send()).outcome).toBe('unclear');
    await sleep(20);
    expect(server.heard).toHaveLength(1);
  });

  test.each([
    [400, '<html><title>Bad Request</title></html>', 'Bad Request'],
    [401, '{"error":"Not authorized."}', 'Not authorized.'],
    [403, '', 'Syncro refused it (HTTP 403).'],
    [404, '{"message":"Not found"}', 'Not found'],
    [422, '{"success":false,"message":["Body can\'t be blank"]}', "Body can't be blank"],
  ])('is refused after %d, in the words of %p', async (status, body, message) => {
    const { syncro } = await against((response) => response.writeHead(status).end(body));
    const prepared = await syncro.writes.prepare(as('run'), aComment);
    expect(await prepared.send()).toEqual({ outcome: 'refused', status, message });
  });

  test('is limited after a 429, and nobody sends before it is over', async () => {
    const clock = hastyClock();
    const { syncro } = await against(
      (response, _, count) =>
        count === 1 ? json(response, 429, {}, { 'retry-after': '9' }) : json(response, 200, created),
      { clock },
    );
    const prepared = await syncro.writes.prepare(as('run'), aComment);
    expect(await prepared.send()).toEqual({ outcome: 'limited', retryAfterMs: 9_000 });
    expect(clock.slept).toEqual([]);
    await (await syncro.writes.prepare(as('run'), aComment)).send();
    expect(clock.slept.reduce((sum, ms) => sum + ms, 0)).toBeGreaterThan(8_000);
  });

  test('is limited for a minute when the 429 does not say how long', async () => {
    const { syncro } = await against((response) => html(response, 429));
    const prepared = await syncro.writes.prepare(as('run'), aComment);
    expect(await prepared.send()).toEqual({ outcome: 'limited', retryAfterMs: 60_000 });
  });

  test('resets the connection at the timeout, so that the kernel delivers nothing later', async () => {
    const { server, syncro } = await against(() => undefined, { timeoutMs: 150 });
    const prepared = await syncro.writes.prepare(as('run'), aComment);
    await until(() => server.sockets.size === 1);
    const [socket] = server.sockets;
    const errors: unknown[] = [];
    socket?.on('error', (error: NodeJS.ErrnoException) => errors.push(error.code));
    const started = Date.now();
    expect(await prepared.send()).toEqual({ outcome: 'unclear', why: 'no answer (ETIMEDOUT)' });
    expect(Date.now() - started).toBeLessThan(5_000);
    await until(() => socket?.closed ?? false);
    expect(errors).toEqual(['ECONNRESET']);
  });
});
