import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, jest, test } from '@jest/globals';
import { App } from '@slack/bolt';
import { WebSocketServer } from 'ws';
import { type SlackSandbox, startSlack } from '../../../sandbox/slack/slack.ts';
import { createSocketReceiver, type SocketReceiver } from '../../../src/slack/socket/receiver.ts';
import type { SlotTiming } from '../../../src/slack/socket/slot.ts';
import { boltLogger } from '../../../src/slack/web-clients.ts';
import { holdStill } from '../../held-time.ts';
import { aQuietLog } from '../../syncro/scripted-syncro.ts';

/** Short where it only paces; what would end a connection because this machine is slow is as good as never. */
const timing: SlotTiming = {
  pingMs: 3_600_000,
  helloMs: 3_600_000,
  retireMs: 150,
  firstBackoffMs: 20,
  mostBackoffMs: 100,
};

/** Resolves once it is so; the test's own limit ends what never comes. */
const until = async (look: () => boolean): Promise<void> => {
  while (!look()) await new Promise((resolve) => setTimeout(resolve, 2));
};

type Running = {
  readonly slack: SlackSandbox;
  readonly receiver: SocketReceiver;
  /** What the commands said, as often as they were handled. */
  readonly handled: string[];
  readonly begun: string[];
  readonly logged: string[];
  /** What each command does before it is acknowledged. */
  readonly work: { first: () => Promise<void> };
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
  jest.useRealTimers();
});

/** A small Bolt app over the receiver. */
const start = async (
  slack: SlackSandbox,
  {
    appToken = slack.appToken,
    slackApiUrl = slack.apiUrl,
    staggerMs = 10,
    ...paces
  }: { appToken?: string; slackApiUrl?: string; staggerMs?: number } & Partial<SlotTiming> = {},
): Promise<Running> => {
  const logged: string[] = [];
  const note = (fields: object, message: string): void => {
    logged.push('err' in fields ? `${message}: ${String(fields.err)}` : message);
  };
  const log = { ...aQuietLog, error: note };
  const receiver = createSocketReceiver({ appToken, slackApiUrl, log, timing: { ...timing, ...paces }, staggerMs });
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
  const work = { first: () => Promise.resolve() };
  app.command(/.*/, async ({ command, ack }) => {
    begun.push(command.text);
    await work.first();
    await ack();
    handled.push(command.text);
  });
  await receiver.start();
  const one = { slack, receiver, handled, begun, logged, work };
  running.push(one);
  return one;
};

const connected = async (options?: Parameters<typeof start>[1]): Promise<Running> => {
  const one = await start(await startSlack(), options);
  await one.slack.until(() => one.slack.socket.connections() === 2);
  return one;
};

/** Commands one after another while something happens. @returns what Slack would show of those that failed */
const commandsWhile = async ({ slack }: Running, count: number, happens: (n: number) => void | Promise<void>) => {
  const sent = Array.from({ length: count }, async (_, n) => {
    await new Promise((resolve) => setTimeout(resolve, n * 3));
    await happens(n);
    return slack.person('U012HOWARD').slash('/syncro', `command ${n}`);
  });
  return (await Promise.all(sent)).flatMap(({ error }) => (error ? [error] : []));
};

/** How many connections came and went from now on. */
const comings = ({ slack }: Running): { came: number; went: number } => {
  const seen = { came: 0, went: 0 };
  let last = slack.socket.connections();
  slack.onChange(() => {
    const now = slack.socket.connections();
    if (now > last) seen.came += now - last;
    else seen.went += last - now;
    last = now;
  });
  return seen;
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
    const seen = comings(one);
    const replaced = (count: number) => one.slack.until(() => seen.came === count && seen.went === count);
    const failed = await commandsWhile(one, 200, async (n) => {
      if (n === 20) one.slack.socket.disconnect(reason, which(0));
      if (n !== 120) return;
      await replaced(1);
      one.slack.socket.disconnect(reason, which(0));
    });
    expect(failed).toEqual([]);
    expect(sorted(one.handled)).toEqual(each(200));
    // Where Slack still uses what is closed, a command may be on its way; else nothing has to be repeated.
    if (reason === 'refresh_requested' && closeMs === undefined) expect(one.slack.socket.repeated()).toBe(0);
    // The old ones are gone, and both places are taken again.
    await replaced(2);
    expect(one.slack.socket.connections()).toBe(2);
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
  const one = await connected({ retireMs: 3_600_000 });
  const replaced = Promise.withResolvers<void>();
  one.work.first = () => replaced.promise;
  const failed = await commandsWhile(one, 10, async (n) => {
    if (n !== 5) return;
    // Both connections have some of them.
    await until(() => one.begun.length >= 2);
    one.slack.socket.disconnect('refresh_requested', { nth: 0 });
    await one.slack.until(() => one.slack.socket.connections() === 3);
    replaced.resolve();
  });
  expect(failed).toEqual([]);
  expect(sorted(one.handled)).toEqual(each(10));
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
  const handedOver = Promise.withResolvers<void>();
  one.work.first = () => handedOver.promise;
  const answered = commandsWhile(one, 1, () => undefined);
  await until(() => one.begun.length === 1);
  one.slack.socket.cut('busy');
  await one.slack.until(() => one.slack.socket.repeated() === 1);
  handedOver.resolve();
  expect(await answered).toEqual([]);
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
  holdStill(['setInterval', 'clearInterval']);
  const one = await connected({ pingMs: 200 });
  await until(() => one.receiver.status().open === 2);
  one.slack.socket.mute();
  jest.advanceTimersByTime(399);
  expect(one.receiver.status().open).toBe(2);
  jest.advanceTimersByTime(1);
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
  const underWay: string[] = [];
  const { promise: stopped, resolve: ended } = Promise.withResolvers<unknown>();
  const stopping = Promise.withResolvers<void>();
  const failed = await commandsWhile(one, 100, async (n) => {
    if (n === 30) one.work.first = () => stopping.promise;
    if (n !== 40) return;
    await until(() => one.handled.length > 0 && one.begun.length > one.handled.length);
    underWay.push(...one.begun.filter((text) => !one.handled.includes(text)));
    ended(one.receiver.stop());
    stopping.resolve();
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
  const reconnected = Promise.withResolvers<void>();
  let one: Running | undefined;
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
    const act = async (): Promise<void> => {
      if (nth === 1) {
        await until(() => one !== undefined);
        socket.send(JSON.stringify(envelope));
        await until(() => one?.begun.length === 1);
        socket.terminate();
      } else if (nth === 2) {
        reconnected.resolve();
        await until(() => one?.logged.length === 1);
        socket.send(JSON.stringify(envelope));
      }
    };
    void act();
  });
  await new Promise<void>((resolve) => own.listen(0, '127.0.0.1', resolve));
  const { port } = own.address() as AddressInfo;
  // One connection only, so that the second is the one that takes the place of the first.
  const options = { appToken: 'xapp-1', slackApiUrl: `http://127.0.0.1:${port}/`, staggerMs: 3_600_000 };
  const app = await start(await startSlack(), options);
  app.work.first = () => reconnected.promise;
  one = app;
  await until(() => acks.length > 0);
  expect(one.logged).toEqual([expect.stringContaining('the connection closed before Slack could be answered')]);
  expect(one.begun).toEqual(['command 1', 'command 1']);
  expect(one.handled).toEqual(['command 1']);
  expect(acks).toEqual([JSON.stringify({ envelope_id: 'E1', payload: {} })]);
});
