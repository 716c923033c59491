import { afterEach, describe, expect, test } from '@jest/globals';
import type { Change } from '../../../sandbox/syncro/route.ts';
import { get, jerrys, noon, post, start, stopAll } from './ask.ts';

afterEach(stopAll);

const say = { subject: 'Update', body: 'Hello', do_not_email: true };

describe('the rate limit', () => {
  test('counts all keys together over a sliding minute', async () => {
    let at = noon;
    const syncro = await start({ requestsPerMinute: 3, now: () => at });
    const ask = async (key: string): Promise<number> => (await get(syncro, '/me', key)).status;
    expect(await ask('sandbox-howard')).toBe(200);
    at += 30_000;
    expect(await ask('sandbox-winter')).toBe(200);
    expect(await ask('sandbox-rob')).toBe(200);
    expect(await ask('sandbox-michael')).toBe(429);
    at += 30_001;
    expect(await ask('sandbox-michael')).toBe(200);
    expect(await ask('sandbox-michael')).toBe(429);
  });

  test('allows 180 unless told, and writes nothing over it', async () => {
    const syncro = await start();
    for (let count = 0; count < 180; count += 1) expect((await get(syncro, '/me')).status).toBe(200);
    const answer = await post(syncro, `/tickets/${jerrys}/comment`, say);
    expect([answer.status, answer.text, answer.headers.get('retry-after')]).toEqual([429, '', null]);
    expect(syncro.state.comments.some((one) => one.body === 'Hello')).toBe(false);
  });

  test('names the seconds to wait when told to', async () => {
    let at = noon;
    const syncro = await start({ requestsPerMinute: 1, sendRetryAfter: true, now: () => at });
    await get(syncro, '/me');
    at += 20_000;
    expect((await get(syncro, '/me')).headers.get('retry-after')).toBe('40');
  });

  test('0 means no limit', async () => {
    const syncro = await start({ requestsPerMinute: 0 });
    const answers = await Promise.all(Array.from({ length: 200 }, () => get(syncro, '/me')));
    expect(answers.every((answer) => answer.status === 200)).toBe(true);
  });
});

describe('the server', () => {
  test('takes as long as told', async () => {
    const syncro = await start({ latencyMs: 250 });
    const time = async (): Promise<number> => {
      const started = performance.now();
      await get(syncro, '/me');
      return performance.now() - started;
    };
    expect(await time()).toBeGreaterThanOrEqual(245);
    syncro.setLatency(() => 0);
    // The shortest: on a busy machine a single one may take long.
    expect(Math.min(await time(), await time(), await time())).toBeLessThan(200);
    expect(syncro.requests[0]?.ms).toBeGreaterThanOrEqual(245);
  });

  test('cuts everything while it is down, also a request under way, and comes back', async () => {
    const syncro = await start({ latencyMs: 100 });
    const underWay = post(syncro, `/tickets/${jerrys}/comment`, say);
    const cut = expect(underWay).rejects.toThrow();
    await new Promise((resolve) => setTimeout(resolve, 40));
    syncro.down(true);
    await cut;
    await expect(get(syncro, '/me')).rejects.toThrow();
    syncro.down(false);
    expect((await get(syncro, '/me')).status).toBe(200);
    expect(syncro.state.comments.some((one) => one.body === 'Hello')).toBe(false);
  });

  test('a client that gives up does not stop its write', async () => {
    const syncro = await start({ latencyMs: 300 });
    const gaveUp = fetch(`${syncro.url}/tickets/${jerrys}/comment`, {
      method: 'POST',
      headers: { authorization: 'sandbox-howard', 'content-type': 'application/json' },
      body: JSON.stringify(say),
      signal: AbortSignal.timeout(150),
    });
    await expect(gaveUp).rejects.toThrow();
    await new Promise((resolve) => setTimeout(resolve, 400));
    expect(syncro.state.comments.some((one) => one.body === 'Hello')).toBe(true);
    expect(syncro.requests[0]?.status).toBe(0);
  });

  test('tells of every write, and of no refused one, until told to stop', async () => {
    const syncro = await start();
    const seen: Change[] = [];
    const stop = syncro.onChange((change) => seen.push(change));
    await post(syncro, `/tickets/${jerrys}/comment`, {});
    await post(syncro, `/tickets/${jerrys}/comment`, say);
    stop();
    await post(syncro, `/tickets/${jerrys}/comment`, say);
    expect(seen).toEqual([{ kind: 'comment', action: 'created', id: expect.any(Number), ticketId: jerrys }]);
  });

  test('records exchanges only when asked', async () => {
    const quiet = await start();
    await get(quiet, '/users');
    expect(quiet.exchanges).toEqual([]);
    const recording = await start({ record: true });
    await get(recording, '/users/1750?x=1&api_key=sandbox-howard');
    expect(recording.exchanges[0]?.query).toEqual({ x: '1' });
    expect(recording.exchanges[0]).toMatchObject({
      method: 'GET',
      path: '/users/1750',
      requestBody: null,
      status: 200,
      responseBody: { user: { id: 1750 } },
    });
  });

  test('a change of state by the test shows in the next answer', async () => {
    const syncro = await start();
    const ticket = syncro.state.tickets.find((row) => row.id === jerrys);
    if (ticket) ticket.subject = 'Changed by hand';
    expect((await get(syncro, `/tickets/${jerrys}`)).text).toContain('Changed by hand');
  });
});
