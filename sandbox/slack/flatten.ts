import { optionsOf, optionText } from './elements.ts';
import { flattenRichText } from './flatten-rich-text.ts';
import { flattenMrkdwn, flattenTextObject, type Names, NO_NAMES } from './flatten-text.ts';
import { isEmpty, valueKey } from './input-values.ts';
import { isJson, type Json, jsonOf, jsonsOf, listOf, textOf } from './json.ts';
import type { InputValue, StateValues } from './workspace.ts';

/** What is known besides the blocks: what was entered, errors under inputs, names of people. */
export type Shown = {
  readonly values?: StateValues;
  readonly errors?: ReadonlyMap<string, string>;
  readonly names?: Names;
};

const held = (value: InputValue | undefined): unknown => value?.[valueKey(value.type) ?? 'value'];

const optionsLine = (element: Json, value: InputValue | undefined): string => {
  const chosen = [held(value)].flat().map((option) => textOf(jsonOf(option).value));
  const [open, mark, close] = element.type === 'radio_buttons' ? ['(', '•', ')'] : ['[', 'x', ']'];
  return optionsOf(element)
    .map((option) => {
      const sign = chosen.includes(textOf(option.value)) ? mark : ' ';
      return `${open}${sign}${close} ${flattenTextObject(jsonOf(option.text))}`;
    })
    .join(' ');
};

const valueWords = (value: unknown): string => {
  if (isJson(value)) return value.type === 'rich_text' ? flattenRichText(value) : optionText(value);
  return Array.isArray(value) ? value.map(valueWords).join(', ') : String(value ?? '');
};

const elementLine = (element: Json, value: InputValue | undefined, names: Names): string => {
  switch (element.type) {
    case 'button':
    case 'workflow_button':
    case 'icon_button':
      return `[${flattenTextObject(jsonOf(element.text))}]`;
    case 'overflow':
      return `[⋯ ${optionsOf(element).map(optionText).join(' · ')}]`;
    case 'radio_buttons':
    case 'checkboxes':
      return optionsLine(element, value);
    case 'image':
      return textOf(element.alt_text);
    case 'mrkdwn':
    case 'plain_text':
      return flattenTextObject(element, names);
    default:
      return isEmpty(value)
        ? `[${textOf(jsonOf(element.placeholder).text)}${textOf(element.type).includes('select') ? ' ▾' : ''}]`
        : `[${valueWords(held(value))}]`;
  }
};

const cell = (value: unknown, names: Names): string => {
  const object = jsonOf(value);
  return object.type === 'rich_text'
    ? flattenRichText(object, names)
    : textOf(object.text) || String(object.value ?? '');
};

const blockLine = (block: Json, shown: Shown): string => {
  const names = shown.names ?? NO_NAMES;
  const row = shown.values?.get(textOf(block.block_id));
  const element = (each: unknown): string => elementLine(jsonOf(each), row?.get(textOf(jsonOf(each).action_id)), names);
  const words = (each: unknown): string => flattenTextObject(jsonOf(each), names);
  const join = (parts: readonly string[], by = ' '): string => parts.filter((part) => part !== '').join(by);
  switch (block.type) {
    case 'section': {
      const accessory = isJson(block.accessory) ? element(block.accessory) : '';
      return join([words(block.text), ...jsonsOf(block.fields).map(words), accessory], '  ');
    }
    case 'header':
      return words(block.text);
    case 'alert':
      // Slack draws a sign and a colour.
      return `! ${words(block.text)}`;
    case 'context':
    case 'actions':
    case 'context_actions':
      return join(jsonsOf(block.elements).map(element), block.type === 'context' ? '  ' : ' ');
    case 'input': {
      const label = `${words(block.label)}${block.optional === true ? ' (optional)' : ''}`;
      const error = shown.errors?.get(textOf(block.block_id));
      return join([label, element(block.element), words(block.hint), error === undefined ? '' : `! ${error}`]);
    }
    case 'rich_text':
      return flattenRichText(block, names);
    case 'markdown':
      return textOf(block.text);
    case 'image':
      return join([words(block.title), textOf(block.alt_text)]);
    case 'table':
    case 'data_table':
      return join(
        [
          textOf(block.caption),
          ...listOf(block.rows).map((line) =>
            listOf(line)
              .map((each) => cell(each, names))
              .join('  '),
          ),
        ],
        '\n',
      );
    case 'container':
      return join([words(block.title), words(block.subtitle), flattenBlocks(jsonsOf(block.child_blocks), shown)], '\n');
    case 'card':
      return join([
        words(block.title),
        words(block.subtitle),
        words(block.body),
        ...jsonsOf(block.actions).map(element),
      ]);
    case 'carousel':
      return flattenBlocks(jsonsOf(block.elements), shown);
    case 'divider':
      return '──';
    default:
      return '';
  }
};

/** Blocks as a person reads them, a line (or more, if the text has line breaks) per block. */
export const flattenBlocks = (blocks: readonly Json[], shown: Shown = {}): string =>
  blocks
    .map((block) => blockLine(block, shown))
    .filter((line) => line !== '')
    .join('\n');

/** A message as a person reads it: `text` shows only where there are no blocks. */
export const flattenMessage = (
  message: { readonly text: string; readonly blocks: readonly Json[]; readonly attachments: readonly Json[] },
  shown: Shown = {},
): string => {
  const names = shown.names ?? NO_NAMES;
  const body = message.blocks.length > 0 ? flattenBlocks(message.blocks, shown) : flattenMrkdwn(message.text, names);
  const attached = message.attachments.map((each) =>
    Array.isArray(each.blocks)
      ? flattenBlocks(jsonsOf(each.blocks), shown)
      : [each.pretext, each.title, each.text].map((words) => flattenMrkdwn(textOf(words), names)).join('\n'),
  );
  return [body, ...attached].filter((part) => part !== '').join('\n');
};

/** A modal as a person reads it: title, blocks, then its buttons. */
export const flattenView = (source: Json, shown: Shown = {}): string => {
  const buttons = [source.close, source.submit].filter(isJson).map((each) => `[${textOf(each.text)}]`);
  return [textOf(jsonOf(source.title).text), flattenBlocks(jsonsOf(source.blocks), shown), buttons.join(' ')]
    .filter((part) => part !== '')
    .join('\n');
};
