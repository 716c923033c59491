import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from '@jest/globals';
import { App } from '@slack/bolt';
import { WebSocketServer } from 'ws';
import { type SlackSandbox, startSlack } from '../../../src/sandbox/slack/slack.ts';
import { boltLogger } from '../../../src/slack/bolt-logger.ts';
import { createSocketReceiver, type SocketReceiver } from '../../../src/slack/socket/receiver.ts';
import type { SlotTiming } from '../../../src/slack/socket/slot.ts';
import { aQuietLog } from '../../app/scripted-syncro.ts';

const timing: SlotTiming = { pingMs: 200, helloMs: 1_000, retireMs: 150, firstBackoffMs: 20, mostBackoffMs: 100 };

type Running = {
  readonly slack: SlackSandbox;
  readonly receiver: SocketReceiver;
  /** What the commands said, as often as they were handled. */
  readonly handled: string[];
  readonly begun: string[];
  readonly logged: string[];
  readonly work: { ms: number };
};

let running: Running[] = [];
let server: Server | undefined;
afterEach(async () => {
  server?.closeAllConnections();
  server?.close();
  server = undefined;
  const ended = running;
  running = [];
  for (const { receiver } of ended) await receiver.stop();
  for (const slack of new Set(ended.map((each) => each.slack))) {
    await slack.close();
    expect(slack.problems).toEqual([]);
  }
});

/** A small Bolt app over the receiver. */
const start = async (slack: SlackSandbox, appToken = slack.appToken, apiUrl = slack.apiUrl): Promise<Running> => {
  const logged: string[] = [];
  const note = (fields: object, message: string): void => {
    logged.push('err' in fields ? `${message}: ${String(fields.err)}` : message);
  };
  const log = { ...aQuietLog, error: note };
  const receiver = createSocketReceiver({ appToken, slackApiUrl: apiUrl, log, timing, staggerMs: 10 });
  const app = new App({
    receiver,
    token: slack.botToken,
    botId: slack.botId,
    botUserId: slack.botUserId,
    tokenVerificationEnabled: false,
    convoStore: false,
    logger: boltLogger(aQuietLog),
  });
  const handled: string[] = [];
  const begun: string[] = [];
  const work = { ms: 0 };
  app.command(/.*/, async ({ command, ack }) => {
    begun.push(command.text);
    await new Promise((resolve) => setTimeout(resolve, work.ms));
    await ack();
    handled.push(command.text);
  });
  await receiver.start();
  const one = { slack, receiver, handled, begun, logged, work };
  running.push(one);
  return one;
};

const connected = async (): Promise<Running> => {
  const one = await start(await startSlack());
  await one.slack.until(() => one.slack.socket.connections() === 2);
  return one;
};

/** Commands one after another while something happens. @returns what Slack would show of those that failed */
const commandsWhile = async ({ slack }: Running, count: number, happens: (n: number) => void) => {
  const sent = Array.from({ length: count }, async (_, n) => {
    await new Promise((resolve) => setTimeout(resolve, n * 3));
    happens(n);
    return slack.person('U012HOWARD').slash('/syncro', `command ${n}`);
  });
  return (await Promise.all(sent)).flatMap(({ error }) => (error ? [error] : []));
};

const each = (count: number) => Array.from({ length: count }, (_, n) => `command ${n}`);
const sorted = (texts: readonly string[]) => [...texts].sort((a, b) => Number(a.slice(8)) - Number(b.slice(8)));

test.each([
  ['warns and leaves the connection open', 'warning', undefined],
  ['warns and closes the connection after a while', 'warning', 100],
  ['refreshes and leaves the connection open', 'refresh_requested', undefined],
  ['refreshes and closes the connection at once', 'refresh_requested', 0],
] as const)(
  'no command is lost or handled twice while Slack %s, first one, then the other',
  async (_, reason, closeMs) => {
    const one = await connected();
    const which = (nth: number) => ({ nth, ...(closeMs === undefined ? {} : { closeMs }) });
    const failed = await commandsWhile(one, 200, (n) => {
      if (n === 20) one.slack.socket.disconnect(reason, which(0));
      if (n === 120) one.slack.socket.disconnect(reason, which(0));
    });
    expect(failed).toEqual([]);
    expect(sorted(one.handled)).toEqual(each(200));
    // Where Slack still uses what is closed, a command may be on its way; else nothing has to be repeated.
    if (reason === 'refresh_requested' && closeMs === undefined) expect(one.slack.socket.repeated()).toBe(0);
    // The old ones are gone, and both places are taken again.
    await one.slack.until(() => one.slack.socket.connections() === 2);
    // A command that is acknowledged just as the connection goes is taken once more, by the other.
    const unheard = closeMs === undefined ? [] : one.logged.filter((line) => line.includes('before Slack could be'));
    expect(one.logged).toEqual(unheard);
  },
);

test('no command is lost while Slack refreshes all connections at once', async () => {
  const one = await connected();
  const failed = await commandsWhile(one, 100, (n) => {
    if (n === 20) one.slack.socket.disconnect('warning');
  });
  expect(failed).toEqual([]);
  expect(sorted(one.handled)).toEqual(each(100));
});

test('what is under way on a connection that Slack replaces is still acknowledged there', async () => {
  const one = await connected();
  one.work.ms = 60;
  const failed = await commandsWhile(one, 10, (n) => {
    if (n === 5) one.slack.socket.disconnect('refresh_requested', { nth: 0 });
  });
  expect(failed).toEqual([]);
  expect(one.slack.socket.repeated()).toBe(0);
});

test('an envelope that comes through both connections is handled once and acknowledged on both', async () => {
  const one = await connected();
  one.slack.tamperNext({ duplicate: true }, 5);
  expect(await commandsWhile(one, 5, () => undefined)).toEqual([]);
  await one.slack.idle();
  expect(sorted(one.handled)).toEqual(each(5));
});

test('an envelope whose connection is cut comes through the other one, and is handled once', async () => {
  const one = await connected();
  one.work.ms = 100;
  const failed = await commandsWhile(one, 1, () => setTimeout(() => one.slack.socket.cut('busy'), 30));
  expect(failed).toEqual([]);
  expect(one.handled).toEqual(['command 0']);
  expect(one.slack.socket.repeated()).toBe(1);
});

test('connections that are cut come back by themselves', async () => {
  const one = await connected();
  one.slack.socket.cut();
  await one.slack.until(() => one.slack.socket.connections() === 0);
  await one.slack.until(() => one.slack.socket.connections() === 2);
  expect(await commandsWhile(one, 3, () => undefined)).toEqual([]);
});

test('a connection that shows no sign of life is given up', async () => {
  const one = await connected();
  one.slack.socket.mute();
  await one.slack.until(() => one.slack.socket.connections() === 4);
  expect(await commandsWhile(one, 3, () => undefined)).toEqual([]);
});

test('a refused app token is told once, and tried again until it is good', async () => {
  const slack = await startSlack();
  slack.failNext('apps.connections.open', { error: 'invalid_auth' }, 8);
  const one = await start(slack);
  expect(one.receiver.status()).toMatchObject({ open: 0, problem: expect.stringContaining('SLACK_APP_TOKEN') });
  await slack.until(() => slack.socket.connections() === 2);
  await slack.until(() => one.receiver.status().problem === null);
  // Once for each of the two connections.
  expect(one.logged.length).toBeLessThanOrEqual(2);
  expect(one.logged[0]).toContain('Slack refuses SLACK_APP_TOKEN (invalid_auth)');
  expect(await commandsWhile(one, 3, () => undefined)).toEqual([]);
});

test.each([
  ['refused', { error: 'token_revoked' }, /SLACK_APP_TOKEN \(token_revoked\)/],
  ['limited', { status: 429, retryAfter: 0 }, /fewer connections/],
  ['broken', { status: 500 }, /can't be reached/],
  ['switched off', { error: 'link_disabled' }, /Socket Mode is switched off/],
])('a reconnect that is %s ends nothing: it is told, and tried again', async (_, fault, words) => {
  const one = await connected();
  one.slack.failNext('apps.connections.open', fault, 4);
  one.slack.socket.cut();
  await one.slack.until(() => one.slack.socket.connections() === 0);
  await one.slack.until(() => one.slack.socket.connections() === 2);
  expect(one.logged[0]).toMatch(words);
  expect(await commandsWhile(one, 3, () => undefined)).toEqual([]);
});

test('a copy that stops acknowledges what it took, and the other copy gets the rest', async () => {
  const one = await connected();
  const two = await start(one.slack);
  await one.slack.until(() => one.slack.socket.connections() === 4);
  one.work.ms = 30;
  const underWay: string[] = [];
  const { promise: stopped, resolve: ended } = Promise.withResolvers<unknown>();
  const failed = await commandsWhile(one, 100, (n) => {
    if (n !== 40) return;
    underWay.push(...one.begun);
    ended(one.receiver.stop());
  });
  await stopped;
  expect(failed).toEqual([]);
  expect(sorted([...one.handled, ...two.handled])).toEqual(each(100));
  expect(one.handled.length).toBeGreaterThan(0);
  expect(two.handled.length).toBeGreaterThan(0);
  expect(underWay.length).toBeGreaterThan(0);
  expect(one.handled).toEqual(expect.arrayContaining(underWay));
  expect(one.slack.socket.connections()).toBe(2);
});

test('what could not be acknowledged is new when it comes again', async () => {
  const envelope = { envelope_id: 'E1', type: 'slash_commands', payload: { command: '/syncro', text: 'command 1' } };
  const acks: string[] = [];
  let opened = 0;
  const own = createServer((_, response) => {
    const { port } = own.address() as AddressInfo;
    response.end(JSON.stringify({ ok: true, url: `ws://127.0.0.1:${port}/` }));
  });
  server = own;
  new WebSocketServer({ server: own }).on('connection', (socket) => {
    const nth = ++opened;
    socket.send(JSON.stringify({ type: 'hello' }));
    socket.on('message', (data) => acks.push(String(data)));
    // The first is gone before it is answered; the second brings the same when nobody can answer the first any more.
    if (nth === 1) setTimeout(() => socket.terminate(), 20);
    if (nth <= 2) setTimeout(() => socket.send(JSON.stringify(envelope)), nth === 1 ? 0 : 150);
  });
  await new Promise<void>((resolve) => own.listen(0, '127.0.0.1', resolve));
  const { port } = own.address() as AddressInfo;
  const slack = await startSlack();
  const one = await start(slack, 'xapp-1', `http://127.0.0.1:${port}/`);
  one.work.ms = 60;
  for (let n = 0; n < 200 && acks.length === 0; n++) await new Promise((resolve) => setTimeout(resolve, 10));
  expect(one.begun).toEqual(['command 1', 'command 1']);
  expect(one.handled).toEqual(['command 1']);
  expect(acks).toEqual([JSON.stringify({ envelope_id: 'E1', payload: {} })]);
});
