import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, expect, test } from '@jest/globals';
import { fc } from '../property.ts';
import { useWorld } from '../world/use-world.ts';

const start = useWorld();
const ROUNDS = 7;

let proxy: Server | undefined;
afterEach(() => {
  proxy?.closeAllConnections();
  proxy?.close();
});

const HOSTILE = [
  null,
  '',
  0,
  -1,
  1e300,
  true,
  [],
  {},
  [null],
  '<!channel> <@U012MIKE> *b* <https://evil.example|click>',
  'x'.repeat(20_000),
  '\u202e\u0000\ud800🏴‍☠️',
  '9999-99-99T99:99:99Z',
  `${'<div>'.repeat(3_000)}deep`,
];

/** Puts something else in the place of a few of the values of an answer. */
const spoilt = (text: string, picks: readonly (readonly [number, number])[]): string => {
  const json: unknown = JSON.parse(text);
  const places: Array<[Record<string, unknown>, string]> = [];
  const walk = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    const holder = value as Record<string, unknown>;
    for (const key of Object.keys(holder).slice(0, 60)) {
      places.push([holder, key]);
      walk(holder[key]);
    }
  };
  walk(json);
  for (const [where, what] of picks) {
    const place = places[where % Math.max(1, places.length)];
    if (place) place[0][place[1]] = HOSTILE[what % HOSTILE.length];
  }
  return JSON.stringify(json);
};

const picks = fc.array(fc.tuple(fc.nat({ max: 5_000 }), fc.nat({ max: HOSTILE.length - 1 })), {
  minLength: 1,
  maxLength: 6,
});

const READS = [
  '',
  'ticket 32164',
  'ticket 32120',
  'search burger',
  'customers smith',
  'customers dental',
  'digest preview',
  'bill 32164',
  'update 32164',
  'close 32159',
  'comment 32164',
  'create acme printer',
  'timer start 32164',
  'whoami',
];

/** Nobody has anything left to do by then. */
const LONG_ENOUGH_MS = 1_000;

test('whatever Syncro answers: no crash, nothing that Slack refuses, no mention, nothing written', async () => {
  const random = fc.sample(picks, 2_000);
  let next = 0;
  let target = '';
  proxy = createServer((request, response) => {
    void (async () => {
      const answer = await fetch(`${target}${(request.url ?? '').replace('/api/v1', '')}`);
      const text = await answer.text();
      next += 1;
      // /me is left alone: without it nothing else would ever be read.
      const isMe = request.url?.startsWith('/api/v1/me');
      const body = answer.ok && !isMe ? spoilt(text, random[next % random.length] ?? []) : text;
      response.writeHead(answer.status, { 'content-type': 'application/json' });
      response.end(body);
    })().catch(() => response.destroy());
  });
  const listening = proxy;
  await new Promise<void>((resolve) => listening.listen(0, '127.0.0.1', resolve));
  const log: string[] = [];
  const url = `http://127.0.0.1:${(listening.address() as AddressInfo).port}/api/v1`;
  const world = await start({
    env: { SYNCRO_BASE_URL: url },
    syncro: { requestsPerMinute: 0 },
    onLog: (line) => log.push(line),
    logLevel: 'warn',
  });
  target = world.syncro.url;
  const howard = world.slack.person('U012HOWARD');
  for (let round = 0; round < ROUNDS; round++)
    for (const text of READS) {
      await howard.slash('/syncro', text);
      await sleep(LONG_ENOUGH_MS);
    }
  await howard.openHome();
  await sleep(LONG_ENOUGH_MS);
  const bugs = log.filter((line) =>
    /unexpected failure|a Slack request failed|unhandled|Slack refuses what/.test(line),
  );
  expect(bugs).toEqual([]);
  expect(world.syncro.requests.filter(({ method }) => method !== 'GET')).toEqual([]);
  expect(next).toBeGreaterThan(ROUNDS * READS.length);
});
