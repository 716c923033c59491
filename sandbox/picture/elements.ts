import { optionsOf, optionText } from '../slack/elements.ts';
import { valueKey } from '../slack/input-values.ts';
import { type Json, jsonOf, textOf } from '../slack/json.ts';
import type { InputValue } from '../slack/workspace.ts';
import type { Shown } from './shown.ts';
import { textNode } from './text.ts';
import { type Attrs, h, safeUrl, type Tree } from './tree.ts';
import { unknownBox } from './unknown.ts';

export type Where = {
  readonly blockId: string;
  readonly shown: Shown;
  readonly hasError?: boolean;
};

const held = (value: InputValue | undefined): unknown => value?.[valueKey(value.type) ?? 'value'];

const chosenValues = (value: unknown): readonly string[] =>
  [value].flat().map((option) => textOf(jsonOf(option).value));

/** By these a page finds again what was pressed or filled in. */
const ids = (element: Json, { blockId, hasError }: Where, kind: string): Attrs => ({
  class: hasError ? `${kind} wrong` : kind,
  'data-block': blockId,
  'data-action': textOf(element.action_id),
  'data-focus': element.focus_on_load === true,
});

const button = (element: Json, where: Where): Tree => {
  const style = textOf(element.style);
  const words = textNode(element.text, where.shown);
  const attrs = ids(element, where, style === '' ? 'button' : `button ${style}`);
  const url = safeUrl(textOf(element.url));
  return url === undefined
    ? h('button', { ...attrs, type: 'button', 'data-value': textOf(element.value) }, words)
    : h('a', { ...attrs, href: url }, words);
};

const select = (element: Json, where: Where, value: unknown): Tree => {
  const [chosen = ''] = chosenValues(value);
  const placeholder = textNode(element.placeholder, where.shown);
  const offered =
    element.type === 'external_select' ? [value].flat().filter((each) => each !== null) : optionsOf(element);
  const options = offered.map((option) => {
    const own = textOf(jsonOf(option).value);
    return h('option', { value: own, selected: own === chosen && chosen !== '' }, optionText(jsonOf(option)));
  });
  const empty = h('option', { value: '', selected: chosen === '' }, placeholder || 'Select an item');
  const attrs = ids(element, where, chosen === '' ? 'select empty' : 'select');
  return h('select', { ...attrs, 'data-kind': textOf(element.type) }, empty, ...options);
};

/** People or channels. What was picked is an id, not an option. */
const picker = (element: Json, where: Where, value: unknown, kind: 'users' | 'channels'): Tree => {
  const { names, offers } = where.shown;
  const id = textOf(value);
  const known = new Map(offers?.[kind]);
  if (id !== '' && !known.has(id)) known.set(id, kind === 'users' ? names.user(id) : names.channel(id));
  const options = [...known].map(([own, name]): Json => {
    const words = kind === 'users' ? name : `#${name}`;
    return { text: { type: 'plain_text', text: words }, value: own };
  });
  const chosen = options.find((option) => option.value === id) ?? null;
  return select({ ...element, type: 'static_select', options }, where, chosen);
};

/** As many rows as the text takes in a form, so that nothing of it is hidden: about so many letters stand in a row. */
const ROW_LENGTH = 56;
const rowsOf = (text: string): number =>
  text.split('\n').reduce((rows, line) => rows + Math.max(1, Math.ceil(line.length / ROW_LENGTH)), 0);

const textInput = (element: Json, where: Where, value: unknown): Tree => {
  const text = typeof value === 'string' ? value : '';
  const attrs = { ...ids(element, where, 'text'), placeholder: textNode(element.placeholder, where.shown) };
  return element.multiline === true
    ? h('textarea', { ...attrs, rows: String(Math.max(3, rowsOf(text))) }, text)
    : h('input', { ...attrs, type: 'text', value: text });
};

const choices = (element: Json, where: Where, value: unknown, type: 'radio' | 'checkbox'): Tree => {
  const chosen = chosenValues(value);
  const one = (option: Json): Tree => {
    const own = textOf(option.value);
    const more = textNode(option.description, where.shown);
    return h(
      'label',
      { class: 'choice' },
      h('input', {
        type,
        name: `${where.blockId} ${textOf(element.action_id)}`,
        value: own,
        checked: chosen.includes(own),
      }),
      h('span', {}, optionText(option), more === '' ? null : h('small', {}, more)),
    );
  };
  return h('div', ids(element, where, 'choices'), ...optionsOf(element).map(one));
};

const overflow = (element: Json, where: Where): Tree =>
  h(
    'details',
    ids(element, where, 'overflow'),
    h('summary', { class: 'button' }, '⋯'),
    h(
      'div',
      {},
      ...optionsOf(element).map((option) => {
        const url = safeUrl(textOf(option.url));
        return url === undefined
          ? h('button', { type: 'button', 'data-value': textOf(option.value) }, optionText(option))
          : h('a', { href: url }, optionText(option));
      }),
    ),
  );

/** `2026-12-01T17:30`, as a page's field has it. */
const localTime = (at: number, timeZone: string): string =>
  new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' }).format(at).replace(' ', 'T');

/** Everything that people can press, choose from or fill in. */
export const elementTree = (element: Json, where: Where): Tree => {
  const value = held(where.shown.values?.get(where.blockId)?.get(textOf(element.action_id)));
  switch (element.type) {
    case 'button':
      return button(element, where);
    case 'static_select':
    case 'external_select':
      return select(element, where, value);
    case 'users_select':
      return picker(element, where, value, 'users');
    case 'channels_select':
    case 'conversations_select':
      return picker(element, where, value, 'channels');
    case 'plain_text_input':
      return textInput(element, where, value);
    case 'radio_buttons':
      return choices(element, where, value, 'radio');
    case 'checkboxes':
      return choices(element, where, value, 'checkbox');
    case 'datepicker':
      return h('input', { ...ids(element, where, 'date'), type: 'date', value: textOf(value) });
    case 'datetimepicker':
      return h('input', {
        ...ids(element, where, 'date'),
        type: 'datetime-local',
        value: typeof value === 'number' ? localTime(value * 1000, where.shown.timeZone) : '',
      });
    case 'overflow':
      return overflow(element, where);
    default:
      return unknownBox(element);
  }
};
