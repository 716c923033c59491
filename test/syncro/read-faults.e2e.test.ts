import { afterEach, describe, expect, test } from '@jest/globals';
import type { Syncro, SyncroOptions } from '../../src/syncro/create-syncro.ts';
import { ticketId, ticketNumber } from '../../src/syncro/ticket.ts';
import { as, connect, failureOf, hastyClock } from './harness.ts';
import { deadUrl, html, json, type LocalServer, serve } from './local-server.ts';
import { memoryBudget } from './memory-budget.ts';

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

const users = { users: [[1, 'Joe Doe']] };
const joe = [{ id: 1, name: 'Joe Doe' }];

describe('a read', () => {
  test.each<[string, Parameters<typeof serve>[0]]>([
    ['a 500', (response) => html(response, 500)],
    ['a 503 in JSON', (response) => json(response, 503, { error: 'busy' })],
    ['a cut connection', (response) => response.socket?.resetAndDestroy()],
    [
      'a cut body',
      (response) => response.writeHead(200, { 'content-length': 50 }).write('{"users":[', () => response.destroy()),
    ],
    ['an HTML page', (response) => html(response, 200)],
    ['an empty body', (response) => response.end()],
    ['silence', () => undefined],
  ])('survives %s', async (_, fault) => {
    const { server, syncro } = await against((response, heard, count) =>
      count === 1 ? fault(response, heard, count) : json(response, 200, users),
    );
    expect(await syncro.reads.users(as('person'))).toEqual(joe);
    expect(server.heard).toHaveLength(2);
    expect(syncro.health().downSince).toBeNull();
  });

  test.each<[string, Parameters<typeof serve>[0], string]>([
    ['5xx', (response) => html(response, 502), 'unreachable'],
    ['cuts', (response) => response.destroy(), 'unreachable'],
    ['nonsense', (response) => response.end('Disabled'), 'unreadable'],
  ])('gives up after three times %s', async (_, fault, code) => {
    const { server, syncro } = await against(fault, { clock: hastyClock() });
    expect(await failureOf(syncro.reads.users(as('background')))).toMatchObject({ code, retryable: true });
    expect(server.heard).toHaveLength(3);
  });

  test('waits a little, and longer the second time, before it tries again', async () => {
    const clock = hastyClock();
    const { syncro } = await against((response) => html(response, 500), { clock, random: () => 0.5 });
    await failureOf(syncro.reads.users(as('run')));
    expect(clock.slept).toEqual([300, 600]);
  });

  test('knows since when Syncro is down, until it answers', async () => {
    const clock = hastyClock();
    let broken = true;
    const { syncro } = await against((response) => (broken ? html(response, 500) : json(response, 200, users)), {
      clock,
    });
    const before = clock.now();
    await failureOf(syncro.reads.users(as('run')));
    const since = syncro.health().downSince ?? 0;
    expect(since).toBeGreaterThanOrEqual(before);
    expect(since).toBeLessThan(before + 250);
    await failureOf(syncro.reads.users(as('run')));
    expect(syncro.health().downSince).toBe(since);
    broken = false;
    await syncro.reads.users(as('run'));
    expect(syncro.health().downSince).toBeNull();
  });

  test('ends as unreachable when nobody listens', async () => {
    const syncro = connect(await deadUrl());
    ending.push(syncro.close);
    expect(await failureOf(syncro.reads.users(as('person')))).toMatchObject({ code: 'unreachable', retryable: true });
    expect(syncro.health().downSince).not.toBeNull();
  });

  test('does not keep a person waiting for three timeouts', async () => {
    const { server, syncro } = await against(() => undefined, { timeoutMs: 2_000 });
    const started = Date.now();
    expect((await failureOf(syncro.reads.users(as('person')))).code).toBe('unreachable');
    expect(Date.now() - started).toBeLessThan(5_500);
    expect(server.heard.length).toBeGreaterThan(1);
  });

  test('tells a person about a 429 at once, with the wait that Syncro asked for, and holds the others back', async () => {
    const clock = hastyClock();
    const { server, syncro } = await against(
      (response, _, count) =>
        count === 1 ? json(response, 429, {}, { 'retry-after': '7' }) : json(response, 200, users),
      { clock },
    );
    const error = await failureOf(syncro.reads.users(as('person')));
    expect(error).toMatchObject({ code: 'rate_limited', retryAfterMs: 7_000, retryable: true });
    expect(clock.slept).toEqual([]);
    expect((await failureOf(syncro.reads.me(as('person')))).code).toBe('rate_limited');
    expect(server.heard).toHaveLength(1);
    expect(await syncro.reads.users(as('background'))).toEqual(joe);
    expect(clock.slept.reduce((sum, ms) => sum + ms, 0)).toBeGreaterThan(6_000);
  });

  test('lets whoever is answered by a message wait for their turn, and still gives up on a Syncro that hangs', async () => {
    const clock = hastyClock();
    const budget = memoryBudget(180, clock);
    const { server, syncro } = await against(
      (response, _, count) => (count === 1 ? json(response, 200, users) : undefined),
      { clock, budget },
    );
    await budget.pauseUntil(clock.now() + 60_000);
    expect((await failureOf(syncro.reads.users(as('person')))).code).toBe('rate_limited');
    expect(await syncro.reads.users({ ...as('person'), patient: true })).toEqual(joe);
    expect(clock.slept.reduce((sum, ms) => sum + ms, 0)).toBeGreaterThan(59_000);
    expect(server.heard).toHaveLength(1);
    const hung = await failureOf(syncro.reads.users({ ...as('person'), patient: true }));
    expect(hung.code).toBe('unreachable');
  });

  test('waits a minute in the background when a 429 does not say how long', async () => {
    const clock = hastyClock();
    const { server, syncro } = await against(
      (response, _, count) => (count <= 2 ? html(response, 429) : json(response, 200, users)),
      { clock },
    );
    expect(await syncro.reads.users(as('background'))).toEqual(joe);
    expect(server.heard).toHaveLength(3);
    expect(clock.slept.reduce((sum, ms) => sum + ms, 0)).toBeGreaterThan(119_000);
  });

  test('says not_allowed when the key is good but the account may not, in the words of the first answer', async () => {
    const words = 'Not authorized. Please ask account admin to update your group permissions.';
    const { syncro } = await against((response, { url }) =>
      url.includes('/me') ? json(response, 200, { user_id: 1 }) : json(response, 401, { error: words }),
    );
    expect(await failureOf(syncro.reads.users(as('person')))).toMatchObject({
      code: 'not_allowed',
      message: words,
      status: 401,
    });
  });

  test('says key_refused when /me refuses the key too, and asks only once when /me was the question', async () => {
    const { server, syncro } = await against((response) => html(response, 401));
    expect((await failureOf(syncro.reads.users(as('person')))).code).toBe('key_refused');
    expect(server.heard).toHaveLength(2);
    expect((await failureOf(syncro.reads.me(as('person')))).code).toBe('key_refused');
    expect(server.heard).toHaveLength(3);
  });

  test('does not blame the key when /me can not be asked', async () => {
    const { syncro } = await against((response, { url }) => html(response, url.includes('/me') ? 503 : 401));
    expect((await failureOf(syncro.reads.users(as('person')))).code).toBe('unreachable');
  });

  test('does not send a key that no request can carry', async () => {
    const { server, syncro } = await against((response) => json(response, 200, users), { auth: 'header' });
    expect((await failureOf(syncro.reads.users(as('person', 'two\nlines')))).code).toBe('no_key');
    expect(server.heard).toHaveLength(0);
  });

  test.each([
    [404, '', 'not_found', 'Syncro has no product 5.'],
    [400, '<html><title>Bad Request</title></html>', 'invalid', 'Bad Request'],
    [422, '{"errors":{"sku":["is odd"]}}', 'invalid', 'sku: is odd'],
    [422, '', 'invalid', 'Syncro refused the request (HTTP 422).'],
    [403, '{"error":"No"}', 'not_allowed', 'No'],
  ])('maps %d with %p to %s, without trying again', async (status, body, code, message) => {
    const { server, syncro } = await against((response) => response.writeHead(status).end(body));
    const error = await failureOf(syncro.reads.product(as('person'), 5));
    expect(error).toMatchObject({ code, message, status, subject: 'product 5', retryable: false });
    expect(server.heard).toHaveLength(1);
  });

  test('does not follow a redirect, with the key in hand', async () => {
    const { server, syncro } = await against((response) => response.writeHead(302, { location: '/elsewhere' }).end());
    expect((await failureOf(syncro.reads.users(as('person')))).code).toBe('unreadable');
    expect(server.heard).toHaveLength(1);
  });

  test('stops reading an answer that never ends', async () => {
    const chunk = 'x'.repeat(1_000_000);
    const { syncro } = await against(
      (response) => {
        const more = (error?: Error | null): void => {
          if (!error && !response.destroyed) response.write(chunk, more);
        };
        more();
      },
      { timeoutMs: 15_000 },
    );
    expect((await failureOf(syncro.reads.users(as('background')))).code).toBe('unreadable');
  });

  test('takes a detail that does not parse for unreadable, and logs no value of it', async () => {
    const logged: unknown[] = [];
    const log = {
      debug: () => undefined,
      info: () => undefined,
      warn: (...entry: unknown[]) => void logged.push(entry),
    };
    const { syncro } = await against(
      (response) => json(response, 200, { product: { id: 5, price_retail: 'a secret' } }),
      { log },
    );
    expect((await failureOf(syncro.reads.product(as('person'), 5))).code).toBe('unreadable');
    expect(JSON.stringify(logged)).toContain('product.price_retail');
    expect(JSON.stringify(logged)).not.toContain('a secret');
  });

  test('leaves an odd row out of a list, and says so once', async () => {
    const logged: unknown[] = [];
    const log = { debug: () => undefined, info: () => undefined, warn: (fields: object) => void logged.push(fields) };
    const rows = [
      { id: 1, name: 'A', price_retail: 1 },
      { id: 'x' },
      'what',
      { id: 3, name: 'C', price_retail: '2.50' },
    ];
    const { syncro } = await against((response) => json(response, 200, { products: rows }), { log });
    const page = await syncro.reads.products(as('person'), {});
    expect(page).toMatchObject({
      rows: [
        { id: 1, rateCents: 100 },
        { id: 3, rateCents: 250 },
      ],
      page: 1,
      totalPages: 1,
    });
    expect(logged).toMatchObject([{ list: 'products', left_out: 2 }]);
  });

  const odd = (kind: string) => ({ kind, id: null, name: '' });
  test.each([
    ['no line items', {}, [odd('line')]],
    ['line items that are no list', { line_items: 'x' }, [odd('line')]],
    ['comments that are no list', { line_items: [], comments: { id: 5 } }, [odd('comment')]],
    ['timers that are no list', { line_items: [], ticket_timers: 'none' }, [odd('time_entry')]],
  ])(
    'counts %s as one that can’t be read: what counts as absent would be billed again',
    async (_what, part, unread) => {
      const ticket = { id: 9, number: 1, customer_id: 2, ...part };
      const { syncro } = await against((response) => json(response, 200, { ticket }));
      expect((await syncro.reads.ticket(as('person'), ticketId(9))).unread).toEqual(unread);
    },
  );

  test('takes `null` for no line items', async () => {
    const ticket = { id: 9, number: 1, customer_id: 2, subject: 'S', status: 'New', line_items: null };
    const { syncro } = await against((response) => json(response, 200, { ticket }));
    expect((await syncro.reads.ticket(as('person'), ticketId(9))).lineItems).toEqual([]);
  });

  test.each(['ticket', 'invoice'] as const)('takes another %s than the one asked for as none', async (kind) => {
    const record = { id: 10, number: '9', customer_id: 2, total: '0.0', line_items: [] };
    const { syncro } = await against((response) => json(response, 200, { [kind]: record }));
    const asked =
      kind === 'ticket' ? syncro.reads.ticket(as('person'), ticketId(9)) : syncro.reads.invoice(as('person'), 9);
    expect((await failureOf(asked)).code).toBe('not_found');
  });
});

describe('finding a ticket by its number', () => {
  const row = (id: number, number: number) => ({ id, number, customer_id: 1, subject: 'S', status: 'New' });

  test('never takes a ticket whose number only looks alike, and asks three times at most', async () => {
    const { server, syncro } = await against((response) =>
      json(response, 200, { tickets: [row(321, 5), row(5, 3210)] }),
    );
    expect(await syncro.reads.findTicket(as('person'), ticketNumber(321))).toBeNull();
    expect(server.heard.map(({ url }) => url.replace(/api_key=[^&]*&/, ''))).toEqual([
      '/api/v1/tickets?number=321',
      '/api/v1/tickets?number=321&status=Resolved',
      '/api/v1/tickets?query=321',
    ]);
  });

  test('refuses to choose between two tickets of the same number', async () => {
    const { syncro } = await against((response) => json(response, 200, { tickets: [row(1, 321), row(2, 321)] }));
    expect((await failureOf(syncro.reads.findTicket(as('person'), ticketNumber(321)))).code).toBe('unreadable');
  });
});

describe('the key', () => {
  test('is the first parameter of the query', async () => {
    const { server, syncro } = await against((response) => json(response, 200, { customers: [] }));
    await syncro.reads.customers(as('person', 'a&b=c/d+e'), { query: 'x y&z', page: 2 });
    expect(server.heard[0]?.url).toBe('/api/v1/customers?api_key=a%26b%3Dc%2Fd%2Be&query=x%20y%26z&page=2');
    expect(server.heard[0]?.headers.authorization).toBeUndefined();
  });

  test('is a bearer token, and not in the URL, when the settings say header', async () => {
    const { server, syncro } = await against((response) => json(response, 200, users), { auth: 'header' });
    await syncro.reads.users(as('person', 'Tabcdef'));
    expect(server.heard[0]?.url).toBe('/api/v1/users');
    expect(server.heard[0]?.headers.authorization).toBe('Bearer Tabcdef');
  });
});
