import { h, type Tree } from '../../picture/tree.ts';
import { optionText } from '../../slack/elements.ts';
import { textOf } from '../../slack/json.ts';
import { ui } from './state.ts';

/** Whether it is this element that is being searched in. */
const isOpen = (block: unknown, action: unknown): boolean =>
  ui.typeahead?.target.block === block && ui.typeahead?.target.action === action;

/** A select whose options the app knows: text to search by, and what was found. */
export const typeaheadTree = ({ attrs, children }: Tree): Tree => {
  const { 'data-block': block, 'data-action': action, class: _, 'data-kind': __, ...rest } = attrs;
  const options = children.filter((child) => typeof child !== 'string');
  const chosen = options.find(({ attrs: own }) => own.selected === true && own.value !== '');
  const placeholder = options[0]?.children.join('') ?? '';
  const open = isOpen(block, action) ? ui.typeahead : null;
  const list = `options-${String(block)}`;
  const found = open?.options ?? [];
  const item = (index: number): Tree => {
    const option = found[index] ?? {};
    return h(
      'li',
      {
        id: `${list}-${index}`,
        role: 'option',
        'aria-selected': index === open?.active ? 'true' : 'false',
        class: index === open?.active ? 'here' : undefined,
        'data-do': 'takeOption',
        'data-value': textOf(option.value),
      },
      optionText(option),
    );
  };
  return h(
    'div',
    { class: 'typeahead' },
    h('input', {
      ...rest,
      class: `text ${String(attrs.class).includes('wrong') ? 'wrong' : ''}`.trim(),
      type: 'text',
      role: 'combobox',
      autocomplete: 'off',
      'aria-autocomplete': 'list',
      'aria-expanded': open ? 'true' : 'false',
      'aria-controls': list,
      'aria-activedescendant': open && found.length > 0 ? `${list}-${open.active}` : undefined,
      'data-block': block,
      'data-action': action,
      'data-kind': 'typeahead',
      placeholder,
      value: open ? open.query : (chosen?.children.join('') ?? ''),
    }),
    open
      ? h('ul', { id: list, role: 'listbox', 'aria-label': 'Choices' }, ...found.map((_option, index) => item(index)))
      : null,
    open && open.words !== '' ? h('div', { class: 'typeahead-words', role: 'status' }, open.words) : null,
  );
};
