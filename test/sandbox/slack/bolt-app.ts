import { App, HTTPReceiver, LogLevel, SocketModeReceiver } from '@slack/bolt';
import type { InputBlock, KnownBlock, ModalView } from '@slack/types';
import { type SlackOptions, type SlackSandbox, startSlack } from '../../../sandbox/slack/slack.ts';

export type Transport = 'http' | 'socket';

export type Running = {
  readonly slack: SlackSandbox;
  readonly app: App;
  readonly events: string[];
  readonly close: () => Promise<void>;
};

const silent = {
  debug() {},
  info() {},
  warn() {},
  error() {},
  setLevel() {},
  setName() {},
  getLevel: () => LogLevel.ERROR,
};

const input = (block_id: string, label: string, element: InputBlock['element'], more = {}): KnownBlock => ({
  type: 'input',
  block_id,
  label: { type: 'plain_text', text: label },
  element,
  ...more,
});

const option = (text: string, value: string) => ({ text: { type: 'plain_text' as const, text }, value });
export const AUDIENCES = [option('Email the customer', 'email'), option('Internal only', 'internal')];

export const billView = (title = 'Bill #32164'): ModalView => ({
  type: 'modal',
  callback_id: 'bill',
  title: { type: 'plain_text', text: title },
  submit: { type: 'plain_text', text: 'Preview' },
  notify_on_close: true,
  blocks: [
    { type: 'section', block_id: 'head', text: { type: 'mrkdwn', text: '*Own cloud* <https://x.example/1|#32164>' } },
    input('minutes', 'Minutes', { type: 'plain_text_input', action_id: 'v' }),
    input('labor', 'Labor type', { type: 'external_select', action_id: 'labor', min_query_length: 0 }),
    input('note', 'Comment', { type: 'plain_text_input', action_id: 'v', multiline: true }, { optional: true }),
    input('audience', 'Audience', {
      type: 'radio_buttons',
      action_id: 'v',
      options: AUDIENCES,
      initial_option: AUDIENCES[0],
    }),
    input('due', 'Due date', { type: 'datepicker', action_id: 'v' }, { optional: true }),
  ],
});

const checkView: ModalView = {
  type: 'modal',
  callback_id: 'check',
  title: { type: 'plain_text', text: 'Check and bill' },
  submit: { type: 'plain_text', text: 'Bill it' },
  close: { type: 'plain_text', text: 'Back' },
  blocks: [{ type: 'section', text: { type: 'plain_text', text: '0.75 h × $150.00 = $112.50' } }],
};

/** A small real Bolt app with one listener of each kind. */
const listen = (app: App, events: string[]): void => {
  app.command('/syncro', async ({ ack, respond, client, body }) => {
    const [word = '', ...rest] = body.text.split(' ');
    if (word === 'silent') return;
    if (word === 'body') return ack(rest.join(' '));
    await ack();
    if (word === 'bill') await client.views.open({ trigger_id: body.trigger_id, view: billView() });
    else if (word === 'respond') for (let n = 1; n <= Number(rest[0]); n += 1) await respond(`answer ${n}`);
    else if (word === 'card') {
      await respond({
        text: 'card',
        blocks: [
          { type: 'section', text: { type: 'mrkdwn', text: 'Ticket *32164*' } },
          {
            type: 'actions',
            elements: [
              { type: 'button', action_id: 'take', text: { type: 'plain_text', text: 'Take' }, value: '32164' },
              {
                type: 'button',
                action_id: 'open',
                text: { type: 'plain_text', text: 'Open' },
                url: 'https://x.example/1',
              },
              {
                type: 'static_select',
                action_id: 'status',
                placeholder: { type: 'plain_text', text: 'Status' },
                options: [option('New', 'New'), option('Resolved', 'Resolved')],
              },
            ],
          },
        ],
      });
    } else if (word === 'post') await client.chat.postMessage({ channel: body.user_id, text: rest.join(' ') });
    else await respond(`heard: ${body.text}`);
  });
  app.options('labor', async ({ ack, payload }) => {
    const all = [option('Labor - Remote Business', 'remote'), option('Labor - Onsite Business', 'onsite')];
    await ack({ options: all.filter(({ text }) => text.text.toLowerCase().includes(payload.value.toLowerCase())) });
  });
  app.view('bill', async ({ ack, view }) => {
    const { minutes } = view.state.values;
    events.push(`bill ${minutes?.v?.value}`);
    if (minutes?.v?.value === 'x') return ack({ response_action: 'errors', errors: { minutes: 'Try 45 or 1h 30m.' } });
    if (minutes?.v?.value === 'all') return ack({ response_action: 'clear' });
    if (minutes?.v?.value === 'again') return ack({ response_action: 'update', view: billView('Bill again') });
    return ack({ response_action: 'push', view: checkView });
  });
  app.view('check', async ({ ack, body, client }) => {
    events.push('check');
    await ack({ response_action: 'clear' });
    await client.chat.postMessage({ channel: body.user.id, text: 'Billed #32164' });
  });
  app.view({ callback_id: 'bill', type: 'view_closed' }, async ({ ack }) => {
    events.push('closed');
    await ack();
  });
  app.action('take', async ({ ack, respond, body }) => {
    events.push(`take ${body.user.id}`);
    await ack();
    await respond({ replace_original: true, text: `Taken by <@${body.user.id}>` });
  });
  app.action('open', async ({ ack }) => ack());
  app.action('status', async ({ ack, action, respond }) => {
    await ack();
    const chosen = action.type === 'static_select' ? action.selected_option.value : '?';
    await respond({ replace_original: false, text: `Status ${chosen}` });
  });
  app.shortcut('new_ticket', async ({ ack, client, body }) => {
    await ack();
    await client.views.open({ trigger_id: body.trigger_id, view: billView('New ticket') });
  });
  app.shortcut({ callback_id: 'bill_message', type: 'message_action' }, async ({ ack, shortcut, respond }) => {
    await ack();
    await respond(`on: ${shortcut.message.text}`);
  });
  app.event('app_home_opened', async ({ event, client }) => {
    await client.views.publish({
      user_id: event.user,
      view: { type: 'home', blocks: [{ type: 'header', text: { type: 'plain_text', text: 'Nothing to do' } }] },
    });
  });
  app.event('app_mention', async ({ event, body }) => {
    events.push(`mention ${event.text} ${body.event_id}`);
  });
};

/** The fake with a Bolt app connected over HTTP or Socket Mode. */
export const startApp = async (transport: Transport, options: SlackOptions = {}): Promise<Running> => {
  const slack = await startSlack(options);
  const clientOptions = { slackApiUrl: slack.apiUrl };
  const logger = silent;
  const receiver =
    transport === 'http'
      ? new HTTPReceiver({ signingSecret: slack.signingSecret, port: 0, logger, unhandledRequestTimeoutMillis: 400 })
      : new SocketModeReceiver({
          appToken: slack.appToken,
          logger,
          installerOptions: { clientOptions },
          clientPingTimeout: 500,
        } as ConstructorParameters<typeof SocketModeReceiver>[0]);
  const app = new App({
    token: slack.botToken,
    botId: slack.botId,
    botUserId: slack.botUserId,
    tokenVerificationEnabled: false,
    convoStore: false,
    clientOptions,
    receiver,
    logger,
  });
  const events: string[] = [];
  listen(app, events);
  const server = await app.start(0);
  if (server && typeof server === 'object' && 'address' in server) {
    const address = server.address();
    if (typeof address === 'object' && address) slack.deliverTo(`http://127.0.0.1:${address.port}/slack/events`);
  }
  const close = async (): Promise<void> => {
    if (server && typeof server === 'object' && 'closeAllConnections' in server) server.closeAllConnections();
    await app.stop();
    await slack.close();
  };
  return { slack, app, events, close };
};
