import { describe, expect, test } from '@jest/globals';
import { checkBlocks, checkMessage, checkView, type Surface } from '../../../sandbox/slack/block-limits.ts';
import { fc } from '../../property.ts';

const plain = (length: number) => ({ type: 'plain_text', text: 'x'.repeat(length) });
const mrkdwn = (length: number) => ({ type: 'mrkdwn', text: 'x'.repeat(length) });
const options = (count: number, textLength = 1, valueLength = 1) =>
  Array.from({ length: count }, (_each, n) => ({
    text: plain(textLength),
    value: String(n).padStart(valueLength, '0'),
  }));
const button = (more: object = {}) => ({ type: 'button', action_id: 'a', text: plain(5), ...more });
const actions = (...elements: object[]) => ({ type: 'actions', elements });
const input = (element: object, more: object = {}) => ({ type: 'input', label: plain(5), element, ...more });
const select = (more: object) => ({ type: 'static_select', action_id: 'a', ...more });
const rich = (...elements: object[]) => ({ type: 'rich_text', elements });
const said = (blocks: unknown, surface: Surface = 'message'): string[] =>
  checkBlocks(blocks, surface).map(({ message, pointer }) => `${message} @ ${pointer}`);
const modal = (more: object = {}) => ({ type: 'modal', title: plain(24), blocks: [{ type: 'divider' }], ...more });

/** Each limit twice: the largest that is fine, the smallest that is not, and what Slack says to it. */
const limits: ReadonlyArray<readonly [string, unknown, unknown, string]> = [
  [
    'blocks',
    Array(50).fill({ type: 'divider' }),
    Array(51).fill({ type: 'divider' }),
    'no more than 50 items allowed @ /blocks',
  ],
  [
    'section text',
    [{ type: 'section', text: mrkdwn(3000) }],
    [{ type: 'section', text: mrkdwn(3001) }],
    'must be less than 3001 characters @ /blocks/0/text/text',
  ],
  [
    'empty text',
    [{ type: 'section', text: mrkdwn(1) }],
    [{ type: 'section', text: mrkdwn(0) }],
    'must be more than 0 characters @ /blocks/0/text/text',
  ],
  [
    'field',
    [{ type: 'section', fields: [mrkdwn(2000)] }],
    [{ type: 'section', fields: [mrkdwn(2001)] }],
    'must be less than 2001 characters @ /blocks/0/fields/0/text',
  ],
  [
    'fields',
    [{ type: 'section', fields: Array(10).fill(plain(1)) }],
    [{ type: 'section', fields: Array(11).fill(plain(1)) }],
    'no more than 10 items allowed @ /blocks/0/fields',
  ],
  [
    'header',
    [{ type: 'header', text: plain(150) }],
    [{ type: 'header', text: plain(151) }],
    'must be less than 151 characters @ /blocks/0/text/text',
  ],
  [
    'context',
    [{ type: 'context', elements: Array(10).fill(plain(1)) }],
    [{ type: 'context', elements: Array(11).fill(plain(1)) }],
    'no more than 10 items allowed @ /blocks/0/elements',
  ],
  [
    'actions',
    [actions(...Array.from({ length: 25 }, (_each, n) => button({ action_id: `a${n}` })))],
    [actions(...Array.from({ length: 26 }, (_each, n) => button({ action_id: `a${n}` })))],
    'no more than 25 items allowed @ /blocks/0/elements',
  ],
  [
    'button text',
    [actions(button({ text: plain(75) }))],
    [actions(button({ text: plain(76) }))],
    'must be less than 76 characters @ /blocks/0/elements/0/text/text',
  ],
  [
    'button value',
    [actions(button({ value: 'x'.repeat(2000) }))],
    [actions(button({ value: 'x'.repeat(2001) }))],
    'must be less than 2001 characters @ /blocks/0/elements/0/value',
  ],
  [
    'block_id',
    [{ type: 'divider', block_id: 'x'.repeat(255) }],
    [{ type: 'divider', block_id: 'x'.repeat(256) }],
    'must be less than 256 characters @ /blocks/0/block_id',
  ],
  [
    'options',
    [actions(select({ options: options(100) }))],
    [actions(select({ options: options(101) }))],
    'no more than 100 items allowed @ /blocks/0/elements/0/options',
  ],
  [
    'option text',
    [actions(select({ options: options(1, 75) }))],
    [actions(select({ options: options(1, 76) }))],
    'must be less than 76 characters @ /blocks/0/elements/0/options/0/text/text',
  ],
  [
    'option value',
    [actions(select({ options: options(1, 1, 75) }))],
    [actions(select({ options: options(1, 1, 76) }))],
    'must be less than 76 characters @ /blocks/0/elements/0/options/0/value',
  ],
  [
    'radio buttons',
    [actions({ type: 'radio_buttons', options: options(10) })],
    [actions({ type: 'radio_buttons', options: options(11) })],
    'no more than 10 items allowed @ /blocks/0/elements/0/options',
  ],
  [
    'overflow',
    [actions({ type: 'overflow', options: options(5) })],
    [actions({ type: 'overflow', options: options(6) })],
    'no more than 5 items allowed @ /blocks/0/elements/0/options',
  ],
  [
    'preset',
    [actions(select({ options: options(2), initial_option: options(2)[1] }))],
    [actions(select({ options: options(2), initial_option: options(3)[2] }))],
    'must match one of the available options @ /blocks/0/elements/0/initial_option',
  ],
  [
    'confirm title',
    [actions(button({ confirm: { title: plain(100), text: plain(300), confirm: plain(30), deny: plain(30) } }))],
    [actions(button({ confirm: { title: plain(101), text: plain(300), confirm: plain(30), deny: plain(30) } }))],
    'must be less than 101 characters @ /blocks/0/elements/0/confirm/title/text',
  ],
  [
    'unique block ids',
    [
      { type: 'divider', block_id: 'a' },
      { type: 'divider', block_id: 'b' },
    ],
    [
      { type: 'divider', block_id: 'a' },
      { type: 'divider', block_id: 'a' },
    ],
    '`block_id` "a" already exists @ /blocks/1/block_id',
  ],
  [
    'unique action ids',
    [actions(button()), actions(button())],
    [actions(button(), button())],
    '`action_id` "a" already exists @ /blocks/0/elements/1/action_id',
  ],
  ['block types', [{ type: 'divider' }], [{ type: 'toString' }], 'unsupported type: toString @ /blocks/0/type'],
  [
    'element types',
    [actions(button())],
    [actions({ type: 'plain_text_input' })],
    'unsupported type: plain_text_input @ /blocks/0/elements/0/type',
  ],
  [
    'known properties',
    [actions(button())],
    [actions(button({ colour: 'red' }))],
    'invalid additional property: colour @ /blocks/0/elements/0',
  ],
  [
    'plain button text',
    [actions(button())],
    [actions(button({ text: mrkdwn(1) }))],
    'unsupported type: mrkdwn @ /blocks/0/elements/0/text/type',
  ],
  [
    'where alerts stand',
    [{ type: 'divider' }],
    [{ type: 'alert', text: plain(1) }],
    'unsupported type: alert @ /blocks/0/type',
  ],
  [
    'rich text in quotes',
    [rich({ type: 'rich_text_quote', elements: [{ type: 'text', text: 'x' }] })],
    [rich({ type: 'rich_text_quote', elements: [{ type: 'rich_text_section', elements: [] }] })],
    'unsupported type: rich_text_section @ /blocks/0/elements/0/elements/0/type',
  ],
  [
    'rich text in code',
    [rich({ type: 'rich_text_preformatted', elements: [{ type: 'text', text: 'x' }] })],
    [rich({ type: 'rich_text_preformatted', elements: [{ type: 'emoji', name: 'x' }] })],
    'unsupported type: emoji @ /blocks/0/elements/0/elements/0/type',
  ],
  [
    'rich text in lists',
    [
      rich({
        type: 'rich_text_list',
        style: 'bullet',
        elements: [{ type: 'rich_text_section', elements: [{ type: 'user', user_id: 'U1' }] }],
      }),
    ],
    [rich({ type: 'rich_text_list', style: 'bullet', elements: [{ type: 'text', text: 'x' }] })],
    'unsupported type: text @ /blocks/0/elements/0/elements/0/type',
  ],
];

test.each(limits)('the limit on %s holds', (_name, fine, tooMuch, words) => {
  expect(said(fine)).toEqual([]);
  expect(said(tooMuch)).toEqual([words]);
});

describe('a modal', () => {
  const text = { type: 'plain_text_input', action_id: 'a' };
  test.each([
    ['a title of 25', modal({ title: plain(25) }), 'must be less than 25 characters @ /title/text'],
    ['a submit of 25', modal({ submit: plain(25) }), 'must be less than 25 characters @ /submit/text'],
    [
      'metadata of 3001',
      modal({ private_metadata: 'x'.repeat(3001) }),
      'must be less than 3001 characters @ /private_metadata',
    ],
    ['an input without submit', modal({ blocks: [input(text)] }), 'missing required field: submit @ '],
    ['no blocks', modal({ blocks: [] }), 'no fewer than 1 items allowed @ /blocks'],
    ['101 blocks', modal({ blocks: Array(101).fill({ type: 'divider' }) }), 'no more than 100 items allowed @ /blocks'],
    [
      'a table',
      modal({ blocks: [{ type: 'table', rows: [[{ type: 'raw_text', text: 'x' }]] }] }),
      'unsupported type: table @ /blocks/0/type',
    ],
    [
      'two focused inputs',
      modal({
        submit: plain(1),
        blocks: [input({ ...text, focus_on_load: true }), input({ ...text, focus_on_load: true })],
      }),
      'only one element may have focus_on_load @ /blocks/1/element',
    ],
    [
      'no label',
      modal({ submit: plain(1), blocks: [{ type: 'input', element: text }] }),
      'missing required field: label @ /blocks/0',
    ],
  ])('with %s is refused', (_name, view, words) => {
    expect(checkView(view).map(({ message, pointer }) => `${message} @ ${pointer}`)).toEqual([words]);
  });

  test('at its limits is fine', () => {
    const blocks = [
      input({ ...text, focus_on_load: true, initial_value: '', placeholder: plain(150) }, { hint: plain(2000) }),
    ];
    expect(checkView(modal({ submit: plain(24), close: plain(24), blocks, notify_on_close: true }))).toEqual([]);
  });
});

test('a text of 4,001 characters is too long to be updated later', () => {
  expect(checkMessage({ text: 'x'.repeat(4000) })).toEqual([]);
  expect(checkMessage({ text: 'x'.repeat(4001) })).toEqual([
    { message: 'must be less than 4001 characters', pointer: '/text' },
  ]);
});

test('anything at all is judged without throwing', () => {
  const nested: { blocks: unknown[] } = { blocks: [] };
  nested.blocks.push({ type: 'container', child_blocks: [nested] });
  expect(checkView({ type: 'modal', ...nested }).length).toBeGreaterThan(0);
  fc.assert(
    fc.property(fc.anything(), fc.constantFrom<Surface>('message', 'modal', 'home'), (value, surface) => {
      checkView(value);
      checkBlocks(value, surface);
      checkBlocks([value], surface);
      checkMessage({ text: value, blocks: [value], attachments: value });
    }),
  );
});
