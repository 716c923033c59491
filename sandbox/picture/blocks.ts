import { type Json, jsonOf, jsonsOf, textOf } from '../slack/json.ts';
import { elementTree, type Where } from './elements.ts';
import type { Shown } from './shown.ts';
import { richText, textNode } from './text.ts';
import { h, type Node, type Tree } from './tree.ts';
import { unknownBox } from './unknown.ts';

const input = (block: Json, where: Where): Tree => {
  const error = where.shown.errors?.get(where.blockId);
  const hint = textNode(block.hint, where.shown);
  return h(
    'div',
    { class: 'block input' },
    h(
      'div',
      { class: 'label' },
      textNode(block.label, where.shown),
      block.optional === true ? h('span', { class: 'optional' }, ' (optional)') : null,
    ),
    elementTree(jsonOf(block.element), { ...where, hasError: error !== undefined }),
    error === undefined ? null : h('div', { class: 'error' }, error),
    hint === '' ? null : h('div', { class: 'hint' }, hint),
  );
};

const section = (block: Json, where: Where): Tree => {
  const accessory = jsonOf(block.accessory);
  const fields = jsonsOf(block.fields).map((field) => h('div', { class: 'rich' }, textNode(field, where.shown)));
  return h(
    'div',
    { class: 'block section' },
    h(
      'div',
      {},
      h('div', { class: 'rich' }, textNode(block.text, where.shown)),
      fields.length > 0 ? h('div', { class: 'fields' }, ...fields) : null,
    ),
    accessory.type === undefined ? null : elementTree(accessory, where),
  );
};

const LEVELS = ['info', 'warning', 'error', 'success'];

/** Forms only; what is no level of Slack's reads as its plain one. */
const alert = ({ level, text }: Json, { shown }: Where): Tree =>
  h(
    'div',
    { class: `block alert ${LEVELS.includes(textOf(level)) ? textOf(level) : 'default'}` },
    h('span', { class: 'mark', 'aria-hidden': 'true' }, level === 'success' ? '✓' : level === 'info' ? 'i' : '!'),
    h('div', { class: 'rich' }, textNode(text, shown)),
  );

const blockTree = (block: Json, shown: Shown): Tree => {
  const where: Where = { blockId: textOf(block.block_id), shown };
  const contextual = (element: Json): Node =>
    element.type === 'plain_text' || element.type === 'mrkdwn'
      ? h('span', {}, textNode(element, shown))
      : unknownBox(element);
  switch (block.type) {
    case 'rich_text':
      return h('div', { class: 'block' }, ...richText(block, shown));
    case 'section':
      return section(block, where);
    case 'header':
      return h('div', { class: 'block header' }, textNode(block.text, shown));
    case 'context':
      return h('div', { class: 'block context' }, ...jsonsOf(block.elements).map(contextual));
    case 'divider':
      return h('hr', { class: 'block' });
    case 'actions':
      return h('div', { class: 'block actions' }, ...jsonsOf(block.elements).map((each) => elementTree(each, where)));
    case 'input':
      return input(block, where);
    case 'alert':
      return alert(block, where);
    default:
      return unknownBox(block);
  }
};

/** Blocks as trees, one each. */
export const blockTrees = (blocks: readonly Json[], shown: Shown): readonly Tree[] =>
  blocks.map((block) => blockTree(block, shown));
