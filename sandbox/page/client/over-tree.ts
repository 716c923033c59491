import { modalTree } from '../../picture/surfaces.ts';
import { h, type Tree } from '../../picture/tree.ts';
import { jsonOf, textOf } from '../../slack/json.ts';
import { adapt } from './adapt.ts';
import { shownWith } from './shown.ts';
import { messages, received, ui } from './state.ts';

const words = (object: unknown): string => textOf(jsonOf(object).text);

/** The form on top of the stack. */
export const modal = (): Tree | null => {
  const stack = received.stack ?? [];
  const view = stack.at(-1);
  if (!view) return null;
  const failed = ui.failed.get(view.id);
  const isBusy = ui.busy.has(view.id);
  return h(
    'div',
    { class: `over${stack.length > 1 ? ' stacked' : ''}`, 'data-key': 'modal', inert: ui.confirm !== null },
    h(
      'div',
      {
        class: isBusy ? 'dialog busy' : 'dialog',
        'data-key': view.id,
        'data-view': view.id,
        id: 'dialog',
        role: 'dialog',
        'aria-modal': 'true',
        'aria-busy': isBusy ? 'true' : 'false',
        'aria-label': words(view.source.title),
        tabindex: '-1',
      },
      h('div', { role: 'alert', class: failed === undefined ? 'banner' : 'banner on' }, failed ?? ''),
      adapt(modalTree(view.source, shownWith(view.values, view.errors)), view.id),
      h('div', { role: 'status', class: isBusy ? 'spinner on' : 'spinner' }, isBusy ? 'Sending…' : ''),
    ),
  );
};

export const confirmDialog = (): Tree | null => {
  if (!ui.confirm) return null;
  const { dialog } = ui.confirm;
  return h(
    'div',
    { class: 'over', 'data-key': 'confirm' },
    h(
      'div',
      {
        class: 'dialog small',
        role: 'alertdialog',
        id: 'confirm',
        'aria-modal': 'true',
        'aria-label': words(dialog.title),
        tabindex: '-1',
      },
      h('div', { class: 'title' }, h('b', {}, words(dialog.title))),
      h('div', { class: 'content' }, h('p', {}, words(dialog.text))),
      h(
        'div',
        { class: 'footer' },
        h('button', { type: 'button', class: 'button big', 'data-do': 'deny' }, words(dialog.deny)),
        h(
          'button',
          {
            type: 'button',
            class: `button big ${dialog.style === 'danger' ? 'danger' : 'primary'}`,
            'data-do': 'accept',
          },
          words(dialog.confirm),
        ),
      ),
    ),
  );
};

/** News from elsewhere, as Slack's notifications: with the message's fallback text, as it reads by now. */
export const notices = (): Tree =>
  h(
    'div',
    { class: 'notices', role: 'status', 'aria-live': 'polite', 'data-key': 'notices' },
    ...ui.notices.map(({ id, text, ts, go }) => {
      const now = ts === undefined ? text : (messages().find((message) => message.ts === ts)?.text ?? text);
      return h(
        'div',
        { class: 'notice', 'data-key': `notice-${id}` },
        h('span', { class: 'grow' }, now),
        go
          ? h('button', { type: 'button', class: 'button', 'data-do': 'showNews', 'data-notice': String(id) }, 'Show')
          : null,
        h(
          'button',
          { type: 'button', class: 'x', 'data-do': 'dismiss', 'data-notice': String(id), 'aria-label': 'Dismiss' },
          '✕',
        ),
      );
    }),
  );
