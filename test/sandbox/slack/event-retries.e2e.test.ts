import { createServer, type Server } from 'node:http';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { isJson, type Json, parseJson, textOf } from '../../../sandbox/slack/json.ts';
import { type SlackSandbox, startSlack } from '../../../sandbox/slack/slack.ts';
import { callApi } from './call-api.ts';

const EVENT = { type: 'user_change' };
const MINUTE = 60_000;

describe('over HTTP, an event', () => {
  type Seen = { readonly id: unknown; readonly num: unknown; readonly reason: unknown };
  type Answer = { readonly status: number; readonly headers?: Record<string, string> } | 'silence';
  let slack: SlackSandbox;
  let app: Server;
  let seen: Seen[];
  let answer: (attempt: number) => Answer;

  beforeEach(async () => {
    seen = [];
    answer = () => ({ status: 500 });
    app = createServer((request, response) => {
      let body = '';
      request.on('data', (part) => {
        body += String(part);
      });
      request.on('end', () => {
        const { 'x-slack-retry-num': num, 'x-slack-retry-reason': reason } = request.headers;
        const payload = parseJson(body);
        seen.push({ id: isJson(payload) ? payload.event_id : undefined, num, reason });
        const given = answer(seen.length);
        if (given !== 'silence') response.writeHead(given.status, given.headers).end();
      });
    });
    await new Promise<void>((resolve) => app.listen(0, '127.0.0.1', resolve));
    const address = app.address();
    const port = typeof address === 'object' && address ? address.port : 0;
    slack = await startSlack({ deliverTo: `http://127.0.0.1:${port}/`, waitsMs: 100 });
  });
  afterEach(async () => {
    app.closeAllConnections();
    await new Promise((resolve) => app.close(resolve));
    await slack.close();
  });

  test('that fails comes again at once, after one minute and after five more, then never', async () => {
    await slack.sendEvent(EVENT, { eventId: 'Ev1' });
    await slack.idle();
    const first = { id: 'Ev1', num: undefined, reason: undefined };
    const again = (num: string): Seen => ({ id: 'Ev1', num, reason: 'http_error' });
    expect(seen).toEqual([first, again('1')]);
    slack.advance(MINUTE - 5000);
    await slack.idle();
    expect(seen).toHaveLength(2);
    slack.advance(5000);
    await slack.idle();
    expect(seen).toEqual([first, again('1'), again('2')]);
    slack.advance(5 * MINUTE - 5000);
    await slack.idle();
    expect(seen).toHaveLength(3);
    slack.advance(5000);
    await slack.idle();
    expect(seen.at(-1)).toEqual(again('3'));
    slack.advance(60 * MINUTE);
    await slack.idle();
    expect(seen).toHaveLength(4);
  });

  test('makes up for every attempt that a long leap of the clock passed', async () => {
    await slack.sendEvent(EVENT);
    await slack.idle();
    slack.advance(7 * MINUTE);
    await slack.idle();
    expect(seen.map(({ num }) => num)).toEqual([undefined, '1', '2', '3']);
  });

  test.each<[string, (attempt: number) => Answer, number]>([
    ['a 2xx', () => ({ status: 200 }), 1],
    ['a 2xx to a repetition', (attempt) => ({ status: attempt < 3 ? 500 : 204 }), 3],
    ['X-Slack-No-Retry', () => ({ status: 500, headers: { 'x-slack-no-retry': '1' } }), 1],
  ])('comes no more after %s', async (_name, given, attempts) => {
    answer = given;
    await slack.sendEvent(EVENT);
    await slack.idle();
    slack.advance(10 * MINUTE);
    await slack.idle();
    expect(seen).toHaveLength(attempts);
  });

  test('says when nobody answered in time, or at all', async () => {
    answer = (attempt) => (attempt === 1 ? 'silence' : { status: 200 });
    await slack.sendEvent(EVENT);
    await slack.until(() => seen.length === 2);
    expect(seen[1]).toMatchObject({ num: '1', reason: 'http_timeout' });
    app.closeAllConnections();
    await slack.idle();
    const url = `http://127.0.0.1:${(app.address() as { port: number }).port}/`;
    slack.deliverTo('http://127.0.0.1:1/');
    await slack.sendEvent(EVENT);
    await slack.idle();
    slack.deliverTo(url);
    slack.advance(MINUTE);
    await slack.idle();
    expect(seen[2]).toMatchObject({ num: '2', reason: 'connection_failed' });
  });

  test('that is a repetition already goes out once; a command is never repeated', async () => {
    await slack.sendEvent(EVENT, { retry: { number: 2, reason: 'http_timeout' } });
    await slack.person('U012HOWARD').slash('/syncro', 'x');
    await slack.idle();
    slack.advance(10 * MINUTE);
    await slack.idle();
    expect(seen.map(({ num }) => num)).toEqual(['2', undefined]);
  });

  test('is not repeated by a sandbox that was closed', async () => {
    await slack.sendEvent(EVENT);
    await slack.idle();
    await slack.close();
    slack.advance(10 * MINUTE);
    await slack.idle();
    expect([seen.length, slack.acks.length]).toEqual([2, 2]);
    slack = await startSlack();
  });
});

test('over a socket, an event that is not acked carries its attempt and reason', async () => {
  const slack = await startSlack({ waitsMs: 50 });
  const { url } = await callApi(slack, 'apps.connections.open', {}, slack.appToken);
  const frames: Json[] = [];
  const socket = new WebSocket(textOf(url));
  socket.addEventListener('message', ({ data }) => {
    const frame = parseJson(String(data));
    if (!isJson(frame) || frame.type !== 'events_api') return;
    frames.push(frame);
    if (frames.length === 3) socket.send(JSON.stringify({ envelope_id: frame.envelope_id }));
  });
  await slack.until(() => slack.socket.connections() === 1);
  await slack.sendEvent(EVENT);
  await slack.until(() => slack.acks.length === 2);
  slack.advance(MINUTE);
  await slack.until(() => slack.acks.length === 3);
  slack.advance(10 * MINUTE);
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect(frames.map(({ retry_attempt, retry_reason }) => [retry_attempt, retry_reason])).toEqual([
    [0, ''],
    [1, 'timeout'],
    [2, 'timeout'],
  ]);
  await slack.close();
});

test('an event that found no socket is delivered once there is one', async () => {
  const slack = await startSlack();
  await slack.sendEvent(EVENT);
  await slack.idle();
  expect(slack.acks.map(({ error }) => error)).toEqual(['dispatch_failed', 'dispatch_failed']);
  const { url } = await callApi(slack, 'apps.connections.open', {}, slack.appToken);
  const socket = new WebSocket(textOf(url));
  socket.addEventListener('message', ({ data }) => {
    const frame = parseJson(String(data));
    if (isJson(frame) && frame.envelope_id) socket.send(JSON.stringify({ envelope_id: frame.envelope_id }));
  });
  await slack.until(() => slack.socket.connections() === 1);
  slack.advance(MINUTE);
  await slack.until(() => slack.acks.length === 3);
  expect(slack.acks.at(-1)).toMatchObject({ kind: 'event_callback', status: 200 });
  await slack.close();
});
