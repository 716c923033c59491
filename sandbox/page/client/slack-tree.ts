import { blockTrees } from '../../picture/blocks.ts';
import { h, type Tree } from '../../picture/tree.ts';
import { jsonsOf } from '../../slack/json.ts';
import type { ChannelPart } from '../shapes.ts';
import { adaptAll } from './adapt.ts';
import { composer } from './composer-tree.ts';
import { messageRow, slackbotRow } from './message-tree.ts';
import { shownWith } from './shown.ts';
import { type AppTab, channelHere, FIRST_CHANNEL, messages, received, ui } from './state.ts';

const unread = (channel: string): number =>
  messages().filter(
    (message) => message.channel === channel && message.byApp && message.ts > (ui.seen.get(channel) ?? ''),
  ).length;

const place = (label: string, mark: string, isHere: boolean, count: number, attrs: Record<string, string>): Tree =>
  h(
    'button',
    {
      type: 'button',
      class: `place${isHere ? ' here' : ''}${count > 0 ? ' unread' : ''}`,
      'aria-current': isHere ? 'page' : undefined,
      'data-key': label,
      ...attrs,
    },
    h('span', { class: mark.length > 1 ? `mark ${mark}` : 'mark', 'aria-hidden': 'true' }, mark.length > 1 ? '' : mark),
    h('span', { class: 'grow' }, label),
    count > 0 ? h('span', { class: 'count', 'aria-label': `${count} unread` }, String(count)) : null,
  );

const channelPlace = ({ id, name, kind }: ChannelPart): Tree =>
  place(
    name,
    kind === 'private' ? 'private' : '#',
    ui.place.kind === 'channel' && ui.place.id === id,
    ui.place.kind === 'channel' && ui.place.id === id ? 0 : unread(id),
    { 'data-do': 'goChannel', 'data-channel': id },
  );

const sidebar = (): Tree => {
  const channels = received.channels ?? [];
  const direct = channels.find(({ kind }) => kind === 'im')?.id ?? '';
  const isApp = ui.place.kind === 'app';
  const people = received.people?.filter(({ canAct }) => canAct) ?? [];
  return h(
    'nav',
    { class: 'sidebar', 'aria-label': 'Slack' },
    h('div', { class: 'workspace' }, h('b', {}, 'Sample MSP')),
    h(
      'label',
      { class: 'acting' },
      h('span', {}, 'Act as'),
      h(
        'select',
        { id: 'acting', 'aria-label': 'Act as' },
        ...people.map(({ id, name, kind }) =>
          h('option', { value: id, selected: id === ui.as }, kind === '' ? name : `${name} (${kind})`),
        ),
      ),
    ),
    h('h2', {}, 'Channels'),
    h('div', { class: 'places' }, ...channels.filter(({ kind }) => kind !== 'im').map(channelPlace)),
    h('h2', {}, 'Apps'),
    h(
      'div',
      { class: 'places' },
      place(received.info?.name ?? 'App', '◼', isApp, isApp ? 0 : unread(direct), { 'data-do': 'goApp' }),
    ),
  );
};

/** The app as it is: who uses it sees why an answer is missing. */
const appWords = (): string => {
  if (!ui.online) return "The demo can't be reached; this page comes back when it does.";
  const { app } = received;
  if (app?.state === 'starting')
    return app.deaths > 0 ? 'The app was killed. It is starting again…' : 'The app is starting…';
  return app?.state === 'dead' ? 'The app was killed. It comes back in a second…' : '';
};

const tabs = (here: AppTab): Tree =>
  h(
    'div',
    { class: 'tabs', role: 'tablist', 'aria-label': received.info?.name ?? 'App' },
    ...(['home', 'messages'] as const).map((tab) =>
      h(
        'button',
        {
          type: 'button',
          class: tab === here ? 'tab here' : 'tab',
          role: 'tab',
          'aria-selected': tab === here ? 'true' : 'false',
          tabindex: tab === here ? '0' : '-1',
          'data-do': 'goTab',
          'data-tab': tab,
        },
        tab === 'home' ? 'Home' : 'Messages',
      ),
    ),
  );

const WELCOME = [
  h('b', {}, 'Syncro for Slack: the whole app, with a sample shop of 40 customers and 120 tickets. '),
  'Nothing leaves this machine. Type ',
  h('code', {}, '/syncro'),
  ' and press Enter for your open tickets, or follow the steps above.',
];
const RECEIPTS = 'Receipts arrive here: each bill, comment and new ticket has one message that tells where it stands.';

const beginning = ({ id, kind, name }: ChannelPart): Tree => {
  const words = id === FIRST_CHANNEL ? WELCOME : [kind === 'im' ? RECEIPTS : `This is the very beginning of #${name}.`];
  return h('div', { class: 'beginning', 'data-key': 'beginning' }, h('p', {}, ...words));
};

const conversation = (channel: ChannelPart): Tree => {
  const own = messages().filter((message) => message.channel === channel.id);
  const shown =
    ui.thread === null
      ? own.filter(({ threadTs }) => threadTs === undefined)
      : own.filter(({ ts, threadTs }) => ts === ui.thread || threadTs === ui.thread);
  const rows = [
    ...shown.map((message) => ({ ts: message.ts, row: messageRow(message) })),
    ...ui.slackbot
      .filter((each) => each.channel === channel.id && ui.thread === null)
      .map((each) => ({ ts: each.ts, row: slackbotRow(each) })),
  ].toSorted((a, b) => (a.ts < b.ts ? -1 : 1));
  return h(
    'div',
    { class: 'messages', id: 'messages', role: 'log', 'aria-live': 'polite', 'aria-label': 'Messages', tabindex: '0' },
    ui.thread === null ? beginning(channel) : null,
    ...rows.map(({ row }) => row),
  );
};

const home = (): Tree => {
  const view = received.home;
  return h(
    'div',
    { class: 'messages home', 'data-view': view?.id ?? '', tabindex: '0', role: 'tabpanel', 'aria-label': 'Home' },
    view
      ? h(
          'div',
          { class: 'content' },
          ...adaptAll(blockTrees(jsonsOf(view.source.blocks), shownWith(view.values, view.errors)), view.id),
        )
      : h('p', { class: 'nothing-yet' }, 'Asking the app for its Home…'),
  );
};

const header = (channel: ChannelPart): Tree => {
  if (ui.thread !== null)
    return h(
      'header',
      { class: 'top' },
      h('button', { type: 'button', class: 'button', 'data-do': 'closeThread' }, '← Back'),
      h('h1', {}, 'Thread'),
    );
  if (ui.place.kind === 'app')
    return h('header', { class: 'top' }, h('h1', {}, received.info?.name ?? ''), tabs(ui.place.tab));
  return h('header', { class: 'top' }, h('h1', {}, channel.kind === 'private' ? channel.name : `# ${channel.name}`));
};

/** Slack's window without what lies over it. */
export const slackWindow = (): Tree => {
  const channel = received.channels?.find(({ id }) => id === channelHere());
  const isHome = ui.place.kind === 'app' && ui.place.tab === 'home';
  const words = appWords();
  const problem = received.problems?.at(-1);
  return h(
    'div',
    { class: 'window', 'data-key': 'window', inert: (received.stack?.length ?? 0) > 0 },
    sidebar(),
    h(
      'main',
      { class: 'main' },
      channel ? header(channel) : null,
      h('div', { role: 'status', class: words === '' ? 'state' : 'state on' }, words),
      problem === undefined
        ? null
        : h('div', { role: 'alert', class: 'problem' }, `Slack would have refused this: ${problem}`),
      channel && !isHome ? conversation(channel) : null,
      isHome ? home() : null,
      channel && (channel.kind !== 'im' || ui.thread !== null)
        ? composer(ui.thread === null ? `#${channel.name}` : 'the thread')
        : null,
      channel?.kind === 'im' && !isHome && ui.thread === null
        ? h('p', { class: 'read-only' }, 'Sending messages to this app is turned off. Type /syncro in a channel.')
        : null,
    ),
  );
};
