import { createServer, type Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { afterEach, describe, expect, test } from '@jest/globals';
import { createHook, type HookDeps } from '../../../src/features/replies/hook.ts';
import type { RecordRef } from '../../../src/features/replies/ports.ts';
import { fc } from '../../property.ts';

const SECRET = 'a-secret-that-only-Syncro-knows_42';

let server: Server | undefined;
afterEach(() => {
  server?.closeAllConnections();
  server?.close();
});

const aHook = async (deps: Partial<HookDeps> = {}) => {
  const kept: RecordRef[] = [];
  const lines: Array<{ level: string; fields: object; message: string }> = [];
  const write = (level: string) => (fields: object, message: string) => void lines.push({ level, fields, message });
  const hook = createHook({
    secret: SECRET,
    keep: (subject) => {
      kept.push(subject);
      return Promise.resolve();
    },
    waiting: () => Promise.resolve(0),
    log: { debug: write('debug'), info: write('info'), warn: write('warn'), error: write('error') },
    ...deps,
  });
  server = createServer(hook.listener);
  await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const post = (body: string | Buffer): Promise<Response> =>
    fetch(`http://127.0.0.1:${port}/`, { method: 'POST', body: new Uint8Array(Buffer.from(body)) });
  return { hook, kept, lines, port, post };
};

const page = (id: unknown) => `https://computerguru.syncromsp.com/tickets/${id}`;

describe('a notification', () => {
  test.each<[string, unknown, RecordRef | null]>([
    ['of a comment', { link: page(5), attributes: { id: 9, ticket_id: 7, body: 'x' } }, { kind: 'ticket', id: 7 }],
    ['of a ticket', { link: page(5), attributes: { id: 5, number: 32164 } }, { kind: 'ticket', id: 5 }],
    ['with the ticket’s page only', { link: `${page(5)}#comments` }, { kind: 'ticket', id: 5 }],
    ['without a link', { attributes: { id: '5', number: '32164' } }, { kind: 'ticket', id: 5 }],
    ['of a customer', { link: 'https://x.syncromsp.com/customers/8' }, { kind: 'customer', id: 8 }],
    ['of an invoice', { link: 'https://x.syncromsp.com/invoices/8', attributes: { id: 8, number: '70000' } }, null],
    ['of an estimate', { attributes: { id: 51, number: '1016', ticket_id: null, customer_id: 7 } }, null],
    ['with the record as text', { attributes: JSON.stringify({ id: 9, ticket_id: 7 }) }, { kind: 'ticket', id: 7 }],
    ['with text that is no record', { link: page(5), attributes: 'words' }, { kind: 'ticket', id: 5 }],
    ['of an alert', { attributes: { id: 8, resolved: 'true', computer_name: 'pc' } }, null],
    ['of nothing', {}, null],
    ['that is a list', [{ link: page(5) }], null],
    ['with an id that is none', { link: page('5e3'), attributes: { ticket_id: -1, id: 1.5, number: 3 } }, null],
  ])('%s leads to what is read again', async (_what, body, subject) => {
    const { post, kept } = await aHook();
    expect((await post(JSON.stringify(body))).status).toBe(200);
    expect(kept).toEqual(subject ? [subject] : []);
  });

  test.each([290_000, 7_900_000])('of %i bytes is taken', async (bytes) => {
    const { post, kept } = await aHook();
    const body = { attributes: { id: 9, ticket_id: 7, body: 'x'.repeat(bytes) } };
    expect((await post(JSON.stringify(body))).status).toBe(200);
    expect(kept).toEqual([{ kind: 'ticket', id: 7 }]);
  });

  test('is asked to come later while too much of others is held', async () => {
    const { port, post } = await aHook();
    const half = `POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 8000000\r\n\r\n${'x'.repeat(7_500_000)}`;
    const others = Array.from({ length: 8 }, () => connect(port, '127.0.0.1'));
    await Promise.all(others.map((socket) => new Promise((resolve) => socket.write(half, resolve))));
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect((await post('x'.repeat(5_000_000))).status).toBe(503);
    for (const socket of others) socket.destroy();
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect((await post('x'.repeat(5_000_000))).status).toBe(200);
  });

  test('that can’t be read is answered like any other, and the log says its shape and nothing of it', async () => {
    const { post, kept, lines } = await aHook();
    for (const body of ['not json', '', '"words"', '{"text":"confidential","secret":{"a":1}}'])
      expect((await post(body)).status).toBe(200);
    expect(kept).toEqual([]);
    expect(lines.map(({ fields }) => fields)).toEqual([
      { shape: { body: 'not JSON', bytes: 8 } },
      { shape: { body: 'not JSON', bytes: 0 } },
      { shape: { body: 'string' } },
      { shape: { text: 'string', others: 1 } },
    ]);
  });

  test('is written down before it is answered; what can’t be is said, so that it is sent again', async () => {
    const kept: string[] = [];
    const { post } = await aHook({
      keep: async () => {
        await new Promise((resolve) => setTimeout(resolve, 30));
        kept.push('kept');
      },
    });
    await post(JSON.stringify({ link: page(5) }));
    expect(kept).toEqual(['kept']);
    server?.close();
    const failing = await aHook({ keep: () => Promise.reject(new Error('disk full')) });
    expect((await failing.post(JSON.stringify({ link: page(5) }))).status).toBe(503);
    server?.close();
    const hanging = await aHook({ keep: () => new Promise(() => undefined), timeoutMs: 50 });
    expect((await hanging.post(JSON.stringify({ link: page(5) }))).status).toBe(503);
  });

  test('is turned away while a thousand wait', async () => {
    const { post, kept } = await aHook({ waiting: () => Promise.resolve(1_000) });
    expect((await post(JSON.stringify({ link: page(5) }))).status).toBe(503);
    expect(kept).toEqual([]);
  });

  test('that is too large is not read to its end, whether it says so or not', async () => {
    const { post, port, kept } = await aHook();
    expect((await post('x'.repeat(8_000_001))).status).toBe(413);
    const socket = connect(port, '127.0.0.1');
    socket.on('error', () => undefined);
    socket.write('POST / HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\n');
    const chunk = `8000\r\n${'x'.repeat(0x8000)}\r\n`;
    const feeding = setInterval(() => socket.write(chunk), 20);
    const answer = await new Promise<string>((resolve) => socket.once('data', (data) => resolve(data.toString())));
    await new Promise((resolve) => socket.once('close', resolve));
    clearInterval(feeding);
    expect(answer).toMatch(/^HTTP\/1\.1 413/);
    expect(kept).toEqual([]);
  });

  test('that comes byte by byte is not waited for', async () => {
    const { port } = await aHook({ timeoutMs: 60 });
    const socket = connect(port, '127.0.0.1');
    socket.on('error', () => undefined);
    socket.write('POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 1000\r\n\r\n{');
    const answer = await new Promise<string>((resolve) => socket.once('data', (data) => resolve(data.toString())));
    await new Promise((resolve) => socket.once('close', resolve));
    expect(answer).toMatch(/^HTTP\/1\.1 408/);
  });
});

describe('its address', () => {
  test('is one path and no other', async () => {
    const { hook } = await aHook();
    expect(hook.isFor(`/hooks/syncro/${SECRET}`)).toBe(true);
    for (const path of ['/', `/hooks/syncro/${SECRET}/`, `/hooks/syncro/${SECRET}x`, `/hooks/syncro/`, SECRET])
      expect(hook.isFor(path)).toBe(false);
  });
});

test('whatever is sent is answered with 200, and leads to a whole positive id or to nothing', async () => {
  const { post, kept, lines } = await aHook();
  const odd = fc.oneof(
    fc.jsonValue({ maxDepth: 3 }),
    fc.constantFrom<unknown>('1e400', '__proto__', -0, 1e21, '٣', ''),
  );
  const body = fc.oneof(
    fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes)),
    fc.constant('['.repeat(100_000)),
    fc.constant(`{"link":"/tickets/${'9'.repeat(50_000)}"}`),
    fc.constant('{"__proto__":{"ticket_id":7},"attributes":{"__proto__":{"ticket_id":7}}}'),
    odd.map((value) => JSON.stringify(value) ?? ''),
    fc.record({ text: odd, link: odd, attributes: odd }).map((value) => JSON.stringify(value)),
    fc
      .record({ link: fc.oneof(odd, fc.webUrl(), fc.string().map(page)), id: odd, number: odd, ticket_id: odd })
      .map(({ link, ...attributes }) => JSON.stringify({ link, attributes })),
  );
  await fc.assert(
    fc.asyncProperty(body, async (sent) => {
      expect((await post(sent)).status).toBe(200);
    }),
    { numRuns: 400 },
  );
  for (const { kind, id } of kept) {
    expect(['ticket', 'customer']).toContain(kind);
    expect(Number.isSafeInteger(id) && id > 0).toBe(true);
  }
  expect(lines.filter(({ level }) => level === 'error')).toEqual([]);
});
