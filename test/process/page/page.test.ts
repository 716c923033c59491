import { request } from 'node:http';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import { loadModules } from '../../../sandbox/page/modules.ts';
import { type Demo, startDemo } from '../../../sandbox/page/start-demo.ts';
import { addMessage } from '../../../sandbox/slack/messages.ts';
import { openView } from '../../../sandbox/slack/views.ts';

const HOWARD = 'U012HOWARD';

const shared: { demo?: Demo } = {};
const demo = (): Demo => {
  if (!shared.demo) throw new Error('the demo is not up');
  return shared.demo;
};
beforeAll(async () => {
  shared.demo = await startDemo({ data: 'tiny' });
});
afterEach(() => demo().slack.workspace.stacks.clear());
afterAll(() => shared.demo?.close());

type Asked = { readonly path: string; readonly body?: unknown; readonly headers?: Readonly<Record<string, string>> };
type Answer = { readonly status: number; readonly text: string; readonly headers: Record<string, unknown> };

/** With any header: `fetch` would set `host` and `origin` itself. */
const ask = ({ url }: Demo, { path, body, headers = {} }: Asked): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const sent = request(
      new URL(path, url),
      {
        method: body === undefined ? 'GET' : 'POST',
        headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
      },
      (response) => {
        let text = '';
        response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
        response.on('end', () => resolve({ status: response.statusCode ?? 0, text, headers: response.headers }));
      },
    );
    sent.on('error', reject);
    sent.end(body === undefined ? undefined : typeof body === 'string' ? body : JSON.stringify(body));
  });
const act = async (at: Demo, body: object): Promise<unknown> =>
  JSON.parse((await ask(at, { path: '/page/act', body: { as: HOWARD, ...body } })).text);

const json = z.record(z.string(), z.unknown());
const TOGGLE = z.object({ name: z.string(), on: z.boolean() });

const MODAL = {
  type: 'modal',
  title: { type: 'plain_text', text: 'A form' },
  submit: { type: 'plain_text', text: 'Send' },
  blocks: [
    {
      type: 'input',
      block_id: 'color',
      label: { type: 'plain_text', text: 'Color' },
      element: {
        type: 'static_select',
        action_id: 'color',
        options: [{ text: { type: 'plain_text', text: 'Red' }, value: 'red' }],
      },
    },
  ],
};
const openFor = ({ slack }: Demo, user: string): string => {
  openView(slack.wiring.core, 'test', user, MODAL);
  return slack.workspace.stacks.get(user)?.at(-1)?.id ?? '';
};

describe('the page of the demo', () => {
  test('is there before the app is, and all of its scripts are under 150 kB', async () => {
    const at = await startDemo({ data: 'tiny' });
    expect(at.app.state().state).toBe('starting');
    const { status, text, headers } = await ask(at, { path: '/' });
    expect(status).toBe(200);
    expect(text).toContain('<script type="module" src="/page/sandbox/page/client/main.ts">');
    expect(headers['content-security-policy']).toMatch(/default-src 'none'; script-src 'self'/);
    expect(loadModules().bytes).toBeLessThan(150_000);
    await at.close();
  });

  test('serves the modules that it loads and no other file', async () => {
    const at = demo();
    for (const path of loadModules().sources.keys())
      expect(await ask(at, { path: `/page/${path}` })).toMatchObject({
        status: 200,
        headers: { 'content-type': 'text/javascript; charset=utf-8' },
      });
    for (const path of [
      'config.ts',
      'sandbox/page/acts.ts',
      'sandbox/page/client/../../demo.ts',
      '../package.json',
      '%2e%2e/main.ts',
    ])
      expect((await ask(at, { path: `/page/${path}` })).status).toBe(404);
  });

  test('never writes HTML of its own: nodes only', () => {
    for (const source of loadModules().sources.values())
      expect(source).not.toMatch(/innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\b|new Function/);
  });

  test.each([
    ['another host name', { host: 'evil.example' }],
    ['another page', { origin: 'https://evil.example' }],
    ['another port of this machine', { origin: 'http://127.0.0.1:1' }],
  ])('answers nothing to %s', async (_who, headers) => {
    const at = demo();
    for (const path of ['/', '/page/snapshot?as=U012HOWARD&ticket=1'])
      expect((await ask(at, { path, headers })).status).toBe(403);
    const body = { set: 'kill' };
    expect((await ask(at, { path: '/page/switch', body, headers })).status).toBe(403);
  });

  test.each([
    ['no JSON', '{'],
    ['nothing known', { do: 'drop', as: HOWARD }],
    ['too much', { do: 'openHome', as: HOWARD, more: 1 }],
    [
      'a place of two kinds',
      { do: 'press', as: HOWARD, where: { view: 'V', channel: 'C', ts: '1' }, block: 'b', action: 'a' },
    ],
    [
      'a value that Slack has not',
      { do: 'enter', as: HOWARD, where: { view: 'V' }, block: 'b', action: 'a', value: { a: 1 } },
    ],
  ])('refuses %s', async (_what, body) => {
    expect((await ask(demo(), { path: '/page/act', body })).status).toBe(400);
  });

  test('shows what is forgotten, what a customer gets, and the token of who has none, from what Syncro holds', async () => {
    const at = demo();
    const { state } = at.syncro;
    const look = async (as: string, ticket: number): Promise<unknown> =>
      JSON.parse((await ask(at, { path: `/page/snapshot?as=${as}&ticket=${ticket}` })).text);
    expect(await look(HOWARD, 32162)).toMatchObject({
      money: {
        tickets: [
          { number: 32160, amount: '$175.00' },
          { number: 32158, amount: '$87.50' },
        ],
        total: '$262.50',
      },
      ticket: {
        mails: [],
        invoices: [{ number: '69988', total: '$575.00', lines: [{ amount: '$525.00' }, { amount: '$50.00' }] }],
      },
      unconnected: null,
    });
    const line = state.lines.find(({ description }) => description === 'Replaced the switch');
    if (!line) throw new Error('the sample has no such line');
    line.quantity += 1;
    expect(await look('U012ROB', 32160)).toMatchObject({
      money: { total: '$437.50' },
      unconnected: { name: 'Rob Keane', token: state.users.find(({ id }) => id === 1760)?.keys[0] },
    });
    line.quantity -= 1;
  });

  test('refuses what is not sent as JSON: a form of another page could send that', async () => {
    const headers = { 'content-type': 'text/plain' };
    const at = demo();
    expect((await ask(at, { path: '/page/switch', body: { set: 'down', on: true }, headers })).status).toBe(415);
  });

  test('lets nobody act as a bot, a stranger to the workspace or somebody who left', async () => {
    const at = demo();
    for (const as of ['U0DELETED', 'U0OTHERBOT', 'U0NOBODY'])
      expect(await act(at, { as, do: 'openHome' })).toEqual({
        ok: false,
        error: 'Nobody here can act as that person.',
      });
  });

  test("lets nobody act on another person's form, in a channel they are not in, or on a message they can't see", async () => {
    const at = demo();
    const view = openFor(at, 'U012WINTER');
    expect(await act(at, { do: 'submit', view })).toMatchObject({ error: 'That form is not open any more.' });
    expect(await act(at, { as: 'U0GUEST', do: 'say', channel: 'C0PRIVATE', text: 'hi' })).toMatchObject({
      error: 'Gil Guest is in no such channel.',
    });
    const { ts } = addMessage(at.slack.wiring.core, {
      channel: 'C0GENERAL',
      ephemeralTo: 'U012WINTER',
      content: { text: 'For Winter' },
    });
    const act1 = { do: 'messageShortcut', channel: 'C0GENERAL', ts, callback: 'bill_message' };
    expect(await act(at, act1)).toMatchObject({ error: 'That message is gone.' });
    const seen = (await ask(at, { path: `/page/snapshot?as=${HOWARD}&ticket=1` })).text;
    expect(seen).not.toContain('For Winter');
  });

  test('takes no option that is not offered', async () => {
    const at = demo();
    const where = { view: openFor(at, HOWARD) };
    const color = { do: 'enter', where, block: 'color', action: 'color' };
    expect(await act(at, { ...color, value: 'blue' })).toMatchObject({ error: 'That choice is not offered any more.' });
    expect(await act(at, { ...color, value: 'red' })).toEqual({ ok: true });
    expect(await act(at, { ...color, action: 'shape', value: 'red' })).toMatchObject({
      error: 'That has changed meanwhile.',
    });
  });

  test('says what is missing before anything is sent', async () => {
    const at = demo();
    const view = openFor(at, HOWARD);
    const before = at.slack.acks.length;
    expect(await act(at, { do: 'submit', view })).toEqual({ ok: true });
    expect(at.slack.acks).toHaveLength(before);
    const seen = JSON.parse((await ask(at, { path: `/page/snapshot?as=${HOWARD}&ticket=1` })).text);
    expect(seen.stack[0].errors).toEqual({ color: 'Please complete this required field.' });
  });

  test('says of a command in a thread, and of an unknown one, what Slack says', async () => {
    const at = demo();
    const say = { do: 'say', channel: 'C0GENERAL', text: '/syncro help' };
    expect(await act(at, { ...say, thread: '1.1' })).toMatchObject({
      error: '/syncro is not supported in threads. Sorry!',
    });
    expect(await act(at, { ...say, text: '/other' })).toMatchObject({ error: '/other is not a valid command.' });
  });

  const look = async (): Promise<Record<string, unknown>> =>
    JSON.parse((await ask(demo(), { path: `/page/snapshot?as=${HOWARD}&ticket=32164` })).text);
  const turn = (body: object) => ask(demo(), { path: '/page/switch', body });

  test('orders what is to go wrong, shows it as ordered, and takes it back', async () => {
    const isOn = async (name: string): Promise<unknown> => {
      const { switches } = z.object({ switches: z.object({ toggles: z.array(TOGGLE) }) }).parse(await look());
      return switches.toggles.find((each) => each.name === name)?.on;
    };
    for (const name of ['cut', 'lose', 'killAtWrite']) {
      await turn({ set: 'toggle', name, on: true });
      expect(await isOn(name)).toBe(true);
    }
    expect(
      demo()
        .syncro.pendingFaults()
        .map(({ kind }) => kind),
    ).toEqual(['cut-after', 'cut-before']);
    await turn({ set: 'toggle', name: 'cut', on: false });
    expect([await isOn('cut'), await isOn('lose')]).toEqual([false, true]);
    for (const name of ['lose', 'killAtWrite']) await turn({ set: 'toggle', name, on: false });
    expect(demo().syncro.pendingFaults()).toEqual([]);
  });

  test('lets a customer reply, as their mail would', async () => {
    const status = () => demo().syncro.state.tickets.find(({ number }) => number === 32163)?.status;
    expect(status()).not.toBe('Customer Reply');
    await turn({ set: 'reply', ticket: 32163 });
    expect(status()).toBe('Customer Reply');
    expect((await turn({ set: 'reply', ticket: 1 })).status).toBe(200);
  });

  test('says in words what went to Syncro, under whose name, and what became of it', async () => {
    const { url, state } = demo().syncro;
    const id = state.tickets.find(({ number }) => number === 32164)?.id;
    const comment = () =>
      fetch(`${url}/tickets/${id}/comment?api_key=sandbox-winter`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ subject: 'Update', body: 'Hello', hidden: true, do_not_email: true }),
      }).catch(() => 'no answer');
    await turn({ set: 'toggle', name: 'lose', on: true });
    expect(await comment()).toBe('no answer');
    await comment();
    await turn({ set: 'toggle', name: 'down', on: true });
    expect(await comment()).toBe('no answer');
    await turn({ set: 'toggle', name: 'down', on: false });
    const { requests, events } = await look();
    const said = { what: 'comment', technician: 'Winter Hale', ticket: 32164 };
    expect(
      z
        .array(json)
        .parse(requests)
        .filter(({ writes }) => writes),
    ).toEqual([
      expect.objectContaining({ ...said, answer: '200', outcome: 'good' }),
      expect.objectContaining({ ...said, answer: 'lost', outcome: 'bad' }),
    ]);
    expect(
      z
        .array(json)
        .parse(events)
        .map(({ words }) => words),
    ).toEqual(['Syncro is up again.', 'Syncro is down.']);
  });

  test('keeps what was written in the log, however much is read after it', async () => {
    for (let read = 0; read < 50; read += 1) await fetch(`${demo().syncro.url}/me?api_key=sandbox-winter`);
    const { requests } = await look();
    const seen = z.array(json).parse(requests);
    expect(seen[0]).toMatchObject({ what: 'whose key is it', writes: false });
    expect(seen.filter(({ writes }) => writes)).toHaveLength(2);
  });

  test('tells who listens of all parts first, then of what changed and what went', async () => {
    const at = demo();
    const { body } = await fetch(`${at.url}page/events?as=${HOWARD}&ticket=32164`);
    const reader = body?.pipeThrough(new TextDecoderStream()).getReader();
    const next = async () => {
      const { value = '' } = (await reader?.read()) ?? {};
      return JSON.parse(value.replace(/^data: /, ''));
    };
    expect(Object.keys((await next()).changed)).toEqual(expect.arrayContaining(['info', 'ticket', 'channels']));
    const message = addMessage(at.slack.wiring.core, { channel: 'C0GENERAL', content: { text: 'New' } });
    const key = `message:C0GENERAL/${message.ts}`;
    for (;;) {
      const { changed } = await next();
      if (!changed[key]) continue;
      expect(changed.ticket).toBeUndefined();
      break;
    }
    message.deleted = true;
    for (;;) if ((await next()).gone.includes(key)) break;
    await reader?.cancel();
  });
});
