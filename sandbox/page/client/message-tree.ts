import { blockTrees } from '../../picture/blocks.ts';
import { slackDate } from '../../picture/slack-date.ts';
import { messageTree } from '../../picture/surfaces.ts';
import { h, type Node, safeUrl, type Tree } from '../../picture/tree.ts';
import { unknownBox } from '../../picture/unknown.ts';
import { decodeEntities, flattenMrkdwn } from '../../slack/flatten-text.ts';
import { jsonsOf } from '../../slack/json.ts';
import type { MessagePart } from '../shapes.ts';
import { adapt, adaptAll } from './adapt.ts';
import { names, shownWith } from './shown.ts';
import { menuKey, messages, received, type SlackbotWords, ui } from './state.ts';

const atOf = (ts: string): number => Number(ts) * 1000;
const initials = (name: string): string =>
  name
    .split(' ')
    .map((word) => word.charAt(0))
    .join('')
    .slice(0, 2);

/** Plain text with its addresses as links. */
const withLinks = (text: string): readonly Node[] =>
  text
    .split(/(https?:\/\/[^\s<>"]+[^\s<>".,;:!?)])/)
    .map((part, index) => (index % 2 === 1 ? h('a', { class: 'link', href: safeUrl(part), title: part }, part) : part));

const postOf = ({ user, text, ts }: MessagePart): Tree => {
  const name = names.user(user);
  return h(
    'div',
    { class: 'message' },
    h('div', { class: 'avatar person', 'aria-hidden': 'true' }, initials(name)),
    h(
      'div',
      { class: 'body' },
      h(
        'div',
        { class: 'who' },
        h('b', {}, name),
        h('span', { class: 'time' }, slackDate(atOf(ts), '{time}', shownWith())),
      ),
      h('div', { class: 'block rich' }, ...withLinks(decodeEntities(flattenMrkdwn(text, names)))),
    ),
  );
};

const menu = (message: MessagePart): Tree | null => {
  const key = menuKey(message);
  const shortcuts = received.info?.shortcuts.filter(({ type }) => type === 'message') ?? [];
  // Slack keeps no ephemeral messages: nothing can be done with one but what it offers itself.
  if (message.ephemeral) return null;
  const isOpen = ui.menu === key;
  const thread = ui.thread === null ? message.ts : null;
  return h(
    'div',
    { class: isOpen ? 'tools open' : 'tools' },
    thread === null
      ? null
      : h(
          'button',
          { type: 'button', 'data-do': 'openThread', 'data-ts': thread, 'aria-label': 'Reply in thread' },
          '↩',
        ),
    h(
      'button',
      {
        type: 'button',
        'data-do': 'toggleMenu',
        'data-menu': key,
        'aria-label': 'More actions',
        'aria-haspopup': 'menu',
        'aria-expanded': isOpen ? 'true' : 'false',
      },
      '⋮',
    ),
    isOpen
      ? h(
          'div',
          { class: 'menu', role: 'menu', 'aria-label': 'Message shortcuts' },
          ...shortcuts.map(({ name, callback, description }) =>
            h(
              'button',
              {
                type: 'button',
                role: 'menuitem',
                'data-do': 'messageShortcut',
                'data-callback': callback,
                title: description,
              },
              h('span', {}, name),
              h('small', {}, received.info?.name ?? ''),
            ),
          ),
        )
      : null,
  );
};

/** What the app shows under somebody's message: its links, unfurled. */
const attachments = (message: MessagePart, scope: string): readonly Tree[] =>
  message.attachments.map((attachment) => {
    const blocks = blockTrees(jsonsOf(attachment.blocks), shownWith(message.values));
    const shown = blocks.length > 0 ? adaptAll(blocks, scope) : [unknownBox({ type: 'attachment without blocks' })];
    return h('div', { class: 'attachment', role: 'group', 'aria-label': 'Shown by the app' }, ...shown);
  });

const repliesTo = (ts: string): number => messages().filter(({ threadTs }) => threadTs === ts).length;

/** One message as the person sees it, with what can be done about it. */
export const messageRow = (message: MessagePart): Tree => {
  const { ts, channel, byApp, text, blocks, ephemeral, values } = message;
  const scope = `m-${ts}`;
  const body = byApp
    ? adapt(messageTree({ text, blocks, ephemeral, at: atOf(ts) }, shownWith(values)), scope)
    : postOf(message);
  const replies = ui.thread === null ? repliesTo(ts) : 0;
  return h(
    'div',
    {
      class: `row${ephemeral ? ' only-you' : ''}${ui.pointed === menuKey(message) ? ' pointed' : ''}`,
      role: 'article',
      'aria-label': `Message of ${byApp ? (received.info?.name ?? 'the app') : names.user(message.user)}`,
      'data-key': `${channel}/${ts}`,
      'data-channel': channel,
      'data-ts': ts,
    },
    body,
    ...attachments(message, scope),
    replies > 0
      ? h(
          'button',
          { type: 'button', class: 'replies', 'data-do': 'openThread', 'data-ts': ts },
          replies === 1 ? '1 reply' : `${replies} replies`,
        )
      : null,
    menu(message),
  );
};

export const slackbotRow = ({ ts, text }: SlackbotWords): Tree =>
  h(
    'div',
    { class: 'row only-you', role: 'article', 'aria-label': 'Message of Slackbot', 'data-key': `slackbot/${ts}` },
    h(
      'div',
      { class: 'message' },
      h('div', { class: 'avatar slackbot', 'aria-hidden': 'true' }, '♥'),
      h(
        'div',
        { class: 'body' },
        h('div', { class: 'only' }, 'Only visible to you'),
        h(
          'div',
          { class: 'who' },
          h('b', {}, 'Slackbot'),
          h('span', { class: 'time' }, slackDate(atOf(ts), '{time}', shownWith())),
        ),
        h('div', { class: 'block rich' }, text),
      ),
    ),
  );
