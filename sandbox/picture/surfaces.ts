import { flattenMrkdwn } from '../slack/flatten-text.ts';
import { type Json, jsonsOf, textOf } from '../slack/json.ts';
import { blockTrees } from './blocks.ts';
import type { Shown } from './shown.ts';
import { slackDate } from './slack-date.ts';
import { textNode } from './text.ts';
import { h, type Tree } from './tree.ts';

const APP = 'Syncro';

const avatar = (kind = ''): Tree => h('div', { class: `avatar ${kind}`.trim() }, 'S');

export type ShownMessage = {
  readonly text: string;
  readonly blocks: readonly Json[];
  readonly ephemeral: boolean;
  /** Epoch milliseconds. */
  readonly at: number;
};

/** A message of the app; its `text` shows only where there are no blocks. */
export const messageTree = ({ text, blocks, ephemeral, at }: ShownMessage, shown: Shown): Tree => {
  const body =
    blocks.length > 0
      ? blockTrees(blocks, shown)
      : [h('div', { class: 'block rich' }, flattenMrkdwn(text, shown.names))];
  return h(
    'div',
    { class: ephemeral ? 'message ephemeral' : 'message' },
    avatar(),
    h(
      'div',
      { class: 'body' },
      ephemeral ? h('div', { class: 'only' }, 'Only visible to you') : null,
      h(
        'div',
        { class: 'who' },
        h('b', {}, APP),
        h('span', { class: 'app' }, 'APP'),
        h('span', { class: 'time' }, slackDate(at, '{time}', shown)),
      ),
      ...body,
    ),
  );
};

/** A form with its title bar and its buttons. */
export const modalTree = (view: Json, shown: Shown): Tree => {
  const submit = textNode(view.submit, shown);
  const close = textNode(view.close, shown) || 'Cancel';
  return h(
    'div',
    { class: 'modal' },
    h(
      'div',
      { class: 'title' },
      avatar('small'),
      h('b', {}, textNode(view.title, shown)),
      h('button', { class: 'x', type: 'button', 'aria-label': 'Close everything', 'data-press': 'leave' }, '✕'),
    ),
    h('div', { class: 'content' }, ...blockTrees(jsonsOf(view.blocks), shown)),
    h(
      'div',
      { class: 'footer' },
      h('button', { class: 'button big', type: 'button', 'data-press': 'close' }, close),
      submit === ''
        ? null
        : h('button', { class: 'button primary big', type: 'button', 'data-press': 'submit' }, submit),
    ),
  );
};

/** The app's own page. */
export const homeTree = (view: Json, shown: Shown): Tree =>
  h(
    'div',
    { class: 'home' },
    h('div', { class: 'title' }, avatar('small'), h('b', {}, APP)),
    h(
      'div',
      { class: 'tabs' },
      ...['Home', 'Messages', 'About'].map((tab) => h('span', { class: tab === 'Home' ? 'tab here' : 'tab' }, tab)),
    ),
    h('div', { class: 'content' }, ...blockTrees(jsonsOf(view.blocks), shown)),
  );

/** A view as Slack knows it, a form or a Home. */
export const viewTree = (view: Json, shown: Shown): Tree =>
  textOf(view.type) === 'home' ? homeTree(view, shown) : modalTree(view, shown);
