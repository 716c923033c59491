import type { ServerResponse } from 'node:http';
import { inspect } from 'node:util';
import { afterEach, describe, expect, test } from '@jest/globals';
import type { Auth } from '../../src/syncro/client.ts';
import type { Syncro } from '../../src/syncro/create-syncro.ts';
import { aComment, as, connect, hastyClock } from './harness.ts';
import { deadUrl, html, json, type LocalServer, serve } from './local-server.ts';

/** Characters that change under URL encoding, so that each form of it is another string. */
const MARKER = 'T0-marker+key/with=odd&characters%41';

const forms = [
  MARKER,
  encodeURIComponent(MARKER),
  Buffer.from(MARKER).toString('base64').replace(/=+$/, ''),
  Buffer.from(MARKER).toString('base64url'),
];

/** As a JSON library may write it. */
const escaped = (response: ServerResponse, text: string): void => {
  const letters = text.replace(/[!-~]/g, (char) => `\\u00${char.charCodeAt(0).toString(16).padStart(2, '0')}`);
  response.writeHead(422, { 'content-type': 'application/json' }).end(`{"error":"${letters}"}`);
};

const everythingOf = (value: unknown): string =>
  [
    inspect(value, { showHidden: true, depth: 10, maxStringLength: null, maxArrayLength: null }),
    JSON.stringify(value),
    value instanceof Error ? `${value.stack} ${value.message} ${inspect(value.cause)}` : '',
  ].join('\n');

let server: LocalServer | null = null;
let syncro: Syncro;

afterEach(async () => {
  syncro.close();
  await server?.close();
  server = null;
});

/** Every answer that quotes what was asked, as error pages and Syncro's own `params` do. */
const faults: readonly (readonly [string, Parameters<typeof serve>[0] | 'dead'])[] = [
  ['nobody listening', 'dead'],
  ['a reset', (response) => response.socket?.resetAndDestroy()],
  ['silence', () => undefined],
  ['nonsense', (response) => response.socket?.end('220 smtp\r\n')],
  [
    'a cut body',
    (response) => response.writeHead(200, { 'content-length': 99 }).write('{"a":', () => response.destroy()),
  ],
  [
    'a page for 500',
    (response, { url, headers }) => html(response, 500, `<title>${url} ${headers.authorization}</title>`),
  ],
  [
    'a page for 400',
    (response, { url, headers }) => html(response, 400, `<title>${url} ${headers.authorization}</title>`),
  ],
  ['401', (response) => html(response, 401)],
  ['404', (response) => html(response, 404)],
  [
    '422 with the parameters',
    (response) => json(response, 422, { error: `no: ${MARKER}`, params: { api_key: MARKER } }),
  ],
  [
    '422 with the parameters in base64',
    (response) => json(response, 422, { message: [`no: ${Buffer.from(MARKER).toString('base64')}`] }),
  ],
  ['422 with every letter escaped', (response) => escaped(response, `no: ${MARKER}`)],
  ['429', (response) => json(response, 429, { error: MARKER })],
  ['a redirect', (response, { url }) => response.writeHead(302, { location: url }).end()],
  ['an HTML page with 200', (response, { url }) => html(response, 200, url)],
  ['an unexpected shape', (response) => json(response, 200, { [MARKER]: [MARKER], users: MARKER })],
];

describe.each<Auth>(['query', 'header'])('the key, sent by %s, stays inside', (auth) => {
  test.each(faults)('after %s', async (_, fault) => {
    const logged: unknown[] = [];
    const log = {
      debug: (...entry: unknown[]) => void logged.push(entry),
      info: (...entry: unknown[]) => void logged.push(entry),
      warn: (...entry: unknown[]) => void logged.push(entry),
    };
    server = fault === 'dead' ? null : await serve(fault);
    const baseUrl = server?.baseUrl ?? (await deadUrl());
    syncro = connect(baseUrl, { auth, log, clock: hastyClock(), timeoutMs: 150 });
    const caller = as('person', MARKER);
    const outcomes = [
      await syncro.writes
        .prepare(caller, aComment)
        .then((prepared) => prepared.send())
        .catch((error: unknown) => error),
      await syncro.reads.users(caller).catch((error: unknown) => error),
      await syncro.reads.me(caller).catch((error: unknown) => error),
    ];
    expect(outcomes.slice(1).every((outcome) => outcome instanceof Error)).toBe(true);
    const seen = [...outcomes, logged, syncro].map(everythingOf).join('\n');
    for (const form of forms) expect(seen).not.toContain(form);
    if (server) {
      const first = server.heard[0];
      expect(`${first?.url} ${first?.headers.authorization}`).toContain(
        auth === 'query' ? encodeURIComponent(MARKER) : MARKER,
      );
    }
  });

  test('when Syncro answers somebody with the key of somebody else', async () => {
    server = await serve((response) => escaped(response, 'no: T0-of-winter-1737'));
    syncro = connect(server.baseUrl, { auth, secrets: ['T0-of-winter-1737'] });
    const failure = await syncro.reads.me(as('run', MARKER)).catch((error: unknown) => error);
    expect(everythingOf(failure)).toContain('no: [key]');
  });

  test('when Syncro returns the caller’s own token with its owner', async () => {
    server = await serve((response) => json(response, 200, { user_id: 5, user_name: MARKER, user_token: MARKER }));
    syncro = connect(server.baseUrl, { auth });
    expect(await syncro.reads.me(as('run', MARKER))).toEqual({
      userId: 5,
      name: '[key]',
      email: null,
      subdomain: null,
    });
  });
});
