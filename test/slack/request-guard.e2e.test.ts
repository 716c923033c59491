import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import { sign } from '../../sandbox/slack/http-delivery.ts';
import { guardRequests } from '../../src/slack/request-guard.ts';
import { holdStill } from '../held-time.ts';
import { noon } from '../runs/rules/a-ticket.ts';
import { aQuietLog } from '../syncro/scripted-syncro.ts';

let server: Server | undefined;
beforeEach(() => holdStill(['Date', 'performance'], noon));
afterEach(() => {
  jest.useRealTimers();
  server?.closeAllConnections();
  server?.close();
});

/** A guard before something that counts what gets through; `kept` is what all copies remember. */
const guarded = async (kept = new Set<string>(), away = false) => {
  const through: string[] = [];
  const guard = guardRequests(
    (req, res) => {
      through.push(req.url ?? '');
      res.end('ok');
    },
    {
      signingSecret: 'secret',
      deliveries: {
        first: (id) => {
          if (away) return Promise.reject(new Error('the database is away'));
          const isNew = !kept.has(id);
          kept.add(id);
          return Promise.resolve(isNew);
        },
      },
      clock: { now: () => noon },
      log: aQuietLog,
    },
  );
  const listening = createServer(guard);
  server = listening;
  await new Promise<void>((resolve) => listening.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(listening.address() as AddressInfo).port}/slack/events`;
  const post = async (words: string, headers: Record<string, string> = {}, ageSeconds = 0): Promise<number> => {
    const at = Math.floor(Date.now() / 1000) - ageSeconds;
    const body = /^(?:[{n[]|payload=)/.test(words) ? words : JSON.stringify({ words });
    const signed = { 'x-slack-request-timestamp': String(at), 'x-slack-signature': sign('secret', at, body) };
    const response = await fetch(url, { method: 'POST', body, headers: { ...signed, ...headers } });
    return response.status;
  };
  return { through, post, url };
};

test('a signed request of now gets through, also one that is up to five minutes off', async () => {
  const { through, post } = await guarded();
  expect([await post('a'), await post('b', {}, 300), await post('c', {}, -300)]).toEqual([200, 200, 200]);
  expect(through).toHaveLength(3);
});

test.each([
  ['without a signature', { 'x-slack-signature': '' }, 0],
  ['with something else as its signature', { 'x-slack-signature': 'v0=nonsense' }, 0],
  ['without a time', { 'x-slack-request-timestamp': '' }, 0],
  ['of a time that is none', { 'x-slack-request-timestamp': '1e9' }, 0],
  ['of more than five minutes ago', {}, 301],
  ['of the future', {}, -301],
])('one %s is turned away', async (_what, headers, age) => {
  const { through, post } = await guarded();
  expect(await post('a', headers, age)).toBe(401);
  expect(through).toEqual([]);
});

test('the same request once more is turned away, the same words signed anew are not', async () => {
  const { through, post } = await guarded();
  expect([await post('a', {}, 5), await post('a', {}, 5), await post('a', {}, 4)]).toEqual([200, 401, 200]);
  expect(through).toHaveLength(2);
});

test('the same request is turned away at once, also while our clock is behind', async () => {
  const { through, post } = await guarded();
  expect([await post('a'), await post('a'), await post('b', {}, -240), await post('b', {}, -240)]).toEqual([
    200, 401, 200, 401,
  ]);
  expect(through).toHaveLength(2);
});

const FORM = { 'content-type': 'application/x-www-form-urlencoded' };
const payload = (type: string): string =>
  `payload=${encodeURIComponent(JSON.stringify({ type, value: '{"type":"block_suggestion"}' }))}`;

test.each([0, 3, -240])('two typeaheads of one second get through, with a clock %d s ahead', async (ahead) => {
  const { through, post } = await guarded();
  const [typeahead, press] = [payload('block_suggestion'), payload('block_actions')];
  expect([await post(typeahead, FORM, ahead), await post(typeahead, FORM, ahead)]).toEqual([200, 200]);
  expect([await post(press, FORM, ahead), await post(press, FORM, ahead)]).toEqual([200, 401]);
  jest.advanceTimersByTime(3_000);
  expect(await post(typeahead, FORM, ahead + 3)).toBe(401);
  expect(through).toHaveLength(3);
});

test('an event that Slack sends again at once gets through, a minute later it does not', async () => {
  const { post } = await guarded();
  const event = JSON.stringify({ type: 'event_callback', event_id: 'Ev1', event: { type: 'app_home_opened' } });
  expect([await post(event), await post(event)]).toEqual([200, 200]);
  jest.advanceTimersByTime(60_000);
  expect(await post(event, {}, 60)).toBe(401);
});

test('two typeaheads of one second get through at two copies, later ones do not', async () => {
  const kept = new Set<string>();
  const typeahead = payload('block_suggestion');
  const one = await guarded(kept);
  expect([await one.post(typeahead, FORM), await one.post(typeahead, FORM, 3)]).toEqual([200, 200]);
  server?.close();
  const other = await guarded(kept);
  expect([await other.post(typeahead, FORM), await other.post(typeahead, FORM, 3)]).toEqual([200, 401]);
});

test('one of over a megabyte is turned away before it is read', async () => {
  const { through, post } = await guarded();
  expect(await post('x'.repeat(999_000))).toBe(200);
  const status = await post('x'.repeat(1_000_001)).catch(() => 413);
  expect(status).toBe(413);
  expect(through).toHaveLength(1);
});

test('one that somebody else signed is turned away, and remembered nowhere', async () => {
  const kept = new Set<string>();
  const { through, post } = await guarded(kept);
  const forged = { 'x-slack-signature': sign('a guess', Math.floor(noon / 1000), 'a') };
  expect(await post('a', forged)).toBe(401);
  expect([...through, ...kept]).toEqual([]);
});

test('the same request once more is turned away after a restart, and at another copy', async () => {
  const kept = new Set<string>();
  const before = await guarded(kept);
  expect(await before.post('a', {}, 5)).toBe(200);
  server?.close();
  const after = await guarded(kept);
  expect(await after.post('a', {}, 5)).toBe(401);
});

test('while the database is away a request is taken, once by this process', async () => {
  const { post } = await guarded(new Set(), true);
  expect([await post('a', {}, 5), await post('a', {}, 5)]).toEqual([200, 401]);
});

test.each([
  ['null', 'null'],
  ['a list', '[]'],
  ['half an object', '{'],
  ['a hundred thousand lists', `{"a":${'['.repeat(100_000)}${']'.repeat(100_000)}}`],
])('one that is %s is answered at once, and goes no further', async (_what, body) => {
  const { through, post } = await guarded();
  expect(await post(body)).toBe(400);
  expect(await post(`null&${new URLSearchParams({ payload: body }).toString()}`, FORM)).toBe(400);
  expect(through).toEqual([]);
});

test('one whose length is not told is turned away', async () => {
  const { through, url } = await guarded();
  const body = new ReadableStream({
    start: (controller) => {
      controller.enqueue(new TextEncoder().encode('a=b'));
      controller.close();
    },
  });
  const response = await fetch(url, { method: 'POST', body, duplex: 'half' } as RequestInit);
  expect(response.status).toBe(411);
  expect(through).toEqual([]);
});
