import { h, type Tree } from '../../picture/tree.ts';
import { received, ui } from './state.ts';
import { suggestions } from './suggestions.ts';

const suggestionList = (): Tree | null => {
  const found = suggestions();
  if (found.length === 0) return null;
  return h(
    'ul',
    { class: 'suggestions', id: 'suggestions', role: 'listbox', 'aria-label': 'Commands' },
    ...found.map(({ completion, usage, does }, index) =>
      h(
        'li',
        {
          id: `suggestion-${index}`,
          role: 'option',
          'aria-selected': index === ui.picked ? 'true' : 'false',
          class: index === ui.picked ? 'here' : undefined,
          'data-do': 'takeSuggestion',
          'data-text': completion,
        },
        h('b', {}, usage),
        h('span', {}, does),
      ),
    ),
  );
};

const shortcutMenu = (): Tree | null => {
  if (ui.menu !== 'shortcuts') return null;
  const shortcuts = received.info?.shortcuts.filter(({ type }) => type === 'global') ?? [];
  return h(
    'div',
    { class: 'menu up', role: 'menu', 'aria-label': 'Shortcuts' },
    ...shortcuts.map(({ name, callback, description }) =>
      h(
        'button',
        { type: 'button', role: 'menuitem', 'data-do': 'shortcut', 'data-callback': callback, title: description },
        h('span', {}, name),
        h('small', {}, description),
      ),
    ),
  );
};

/** Where people write. @param to the channel's or the thread's name */
export const composer = (to: string): Tree => {
  const list = suggestionList();
  return h(
    'div',
    { class: 'composer', 'data-key': 'composer' },
    list,
    h('textarea', {
      id: 'composer',
      rows: '1',
      placeholder: `Message ${to}`,
      'aria-label': `Message ${to}`,
      role: 'combobox',
      'aria-autocomplete': 'list',
      'aria-expanded': list ? 'true' : 'false',
      'aria-controls': 'suggestions',
      'aria-activedescendant': list && ui.picked >= 0 ? `suggestion-${ui.picked}` : undefined,
      value: ui.draft,
    }),
    h(
      'div',
      { class: 'bar' },
      h(
        'button',
        {
          type: 'button',
          'data-do': 'toggleMenu',
          'data-menu': 'shortcuts',
          'aria-label': 'Shortcuts',
          'aria-haspopup': 'menu',
          'aria-expanded': ui.menu === 'shortcuts' ? 'true' : 'false',
        },
        '⚡ Shortcuts',
      ),
      h('span', { class: 'grow' }),
      h(
        'button',
        { type: 'button', class: 'send', 'data-do': 'send', 'aria-label': 'Send', disabled: ui.draft.trim() === '' },
        ui.busy.has('say') ? '…' : '➤',
      ),
    ),
    shortcutMenu(),
  );
};
