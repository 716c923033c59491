import { afterEach, describe, expect, test } from '@jest/globals';
import type { Fault } from '../../../sandbox/syncro/faults.ts';
import type { SyncroSandbox } from '../../../sandbox/syncro/start-syncro.ts';
import { type Answer, get, inside, jerrys, post, rows, start, stopAll } from './ask.ts';

afterEach(stopAll);

const path = `/tickets/${jerrys}/comment`;
const say = (syncro: SyncroSandbox, key?: string): Promise<Answer> =>
  post(syncro, path, { subject: 'Update', body: 'Hello', do_not_email: true }, key);
const landed = (syncro: SyncroSandbox): number => syncro.state.comments.filter((one) => one.body === 'Hello').length;
const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

const withFault = async (fault: Fault): Promise<SyncroSandbox> => {
  const syncro = await start();
  syncro.fault(fault);
  return syncro;
};

describe('a fault', () => {
  test.each([
    ['cut-before', 0],
    ['cut-after', 1],
    ['truncated', 1],
  ] as const)('%s breaks the connection with %i comments written', async (kind, count) => {
    const syncro = await withFault({ kind });
    await expect(say(syncro)).rejects.toThrow();
    expect(landed(syncro)).toBe(count);
  });

  test.each([
    ['500-before', 500, 0],
    ['500-after', 500, 1],
    ['html', 200, 1],
    ['garbage-before', 502, 0],
  ] as const)('%s answers %i in HTML with %i comments written', async (kind, status, count) => {
    const syncro = await withFault({ kind });
    const answer = await say(syncro);
    expect([answer.status, answer.type]).toEqual([status, 'text/html; charset=utf-8']);
    expect(landed(syncro)).toBe(count);
  });

  test('empty answers 200 without a body, written', async () => {
    const syncro = await withFault({ kind: 'empty' });
    const answer = await say(syncro);
    expect([answer.status, answer.text]).toEqual([200, '']);
    expect(landed(syncro)).toBe(1);
  });

  test('truncated sends the status and half of the body first', async () => {
    const syncro = await withFault({ kind: 'truncated' });
    const response = await fetch(`${syncro.url}/me`, { headers: { authorization: 'sandbox-howard' } });
    expect(response.status).toBe(200);
    await expect(response.text()).rejects.toThrow();
  });

  test('429 comes with and without Retry-After', async () => {
    const syncro = await withFault({ kind: '429', retryAfter: 7 });
    syncro.fault({ kind: '429' });
    const [first, second] = [await say(syncro), await say(syncro)];
    expect([first.status, first.headers.get('retry-after')]).toEqual([429, '7']);
    expect([second.status, second.headers.get('retry-after')]).toEqual([429, null]);
    expect(landed(syncro)).toBe(0);
  });

  test('401 and 422 answer so and write nothing', async () => {
    const syncro = await withFault({ kind: '401' });
    syncro.fault({ kind: '422', body: { errors: { subject: ['is odd'] } } });
    expect((await say(syncro)).status).toBe(401);
    const refused = await say(syncro);
    expect([refused.status, refused.body]).toEqual([422, { errors: { subject: ['is odd'] } }]);
    expect(landed(syncro)).toBe(0);
  });

  test('late cuts at once and writes afterwards', async () => {
    const syncro = await withFault({ kind: 'late', delayMs: 300 });
    await expect(say(syncro)).rejects.toThrow();
    expect(landed(syncro)).toBe(0);
    await sleep(450);
    expect(landed(syncro)).toBe(1);
  });

  test('late with hang keeps the connection open', async () => {
    const syncro = await withFault({ kind: 'late', delayMs: 20, hang: true });
    const outcome = say(syncro).then(
      () => 'answered',
      () => 'cut',
    );
    expect(await Promise.race([outcome, sleep(250)])).toBeUndefined();
    expect(landed(syncro)).toBe(1);
    await stopAll();
    expect(await outcome).toBe('cut');
  });

  test.each([
    [false, 0],
    [true, 1],
  ])('hang with committed %p never answers, with %i comments written', async (committed, count) => {
    const syncro = await withFault({ kind: 'hang', committed });
    const outcome = say(syncro).catch(() => 'cut');
    expect(await Promise.race([outcome, sleep(200)])).toBeUndefined();
    expect(landed(syncro)).toBe(count);
    await stopAll();
    expect(await outcome).toBe('cut');
  });

  test('stale-read answers a GET as before the last write, once', async () => {
    const syncro = await start();
    await post(syncro, path, { subject: 'Update', body: 'Earlier', do_not_email: true });
    await say(syncro);
    syncro.fault({ kind: 'stale-read' });
    const newest = async () => rows((await get(syncro, `/tickets/${jerrys}/comments`)).body.comments)[0]?.body;
    expect(await newest()).toBe('Earlier');
    expect(await newest()).toBe('Hello');
    syncro.customerReply(jerrys, 'Any news?');
    syncro.fault({ kind: 'stale-read' });
    expect(await newest()).toBe('Hello');
    expect(await newest()).toBe('Any news?');
  });

  test('stale-read waits for a GET when a POST comes first', async () => {
    const syncro = await withFault({ kind: 'stale-read' });
    expect((await say(syncro)).status).toBe(200);
    expect(landed(syncro)).toBe(1);
    const lines = rows(inside((await get(syncro, `/tickets/${jerrys}`)).body.ticket).comments);
    expect(lines.map((one) => one.body)).not.toContain('Hello');
  });
});

describe('which requests a fault hits', () => {
  test('method and path choose, as pattern or in full', async () => {
    const syncro = await withFault({ kind: '500-before', method: 'POST', path: /comment$/ });
    syncro.fault({ kind: '500-before', path: '/users' });
    expect((await get(syncro, `/tickets/${jerrys}/comments`)).status).toBe(200);
    expect((await get(syncro, '/users/1750')).status).toBe(200);
    expect((await get(syncro, '/users')).status).toBe(500);
    expect((await say(syncro)).status).toBe(500);
    expect((await say(syncro)).status).toBe(200);
  });

  test('the technician chooses', async () => {
    const syncro = await withFault({ kind: '500-before', technician: 1737 });
    expect((await say(syncro)).status).toBe(200);
    expect((await say(syncro, 'sandbox-winter')).status).toBe(500);
  });

  test('it happens so many times, and clearFaults ends it', async () => {
    const syncro = await withFault({ kind: '500-before', times: 2 });
    syncro.fault({ kind: '500-before', times: 50 });
    const statuses: number[] = [];
    for (let count = 0; count < 3; count += 1) statuses.push((await say(syncro)).status);
    syncro.clearFaults();
    statuses.push((await say(syncro)).status);
    expect(statuses).toEqual([500, 500, 500, 200]);
  });

  test('afterMs delays the blow', async () => {
    const syncro = await withFault({ kind: '500-after', afterMs: 80 });
    const started = performance.now();
    await say(syncro);
    expect(performance.now() - started).toBeGreaterThanOrEqual(75);
  });
});
