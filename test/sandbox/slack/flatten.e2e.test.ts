import { expect, test } from '@jest/globals';
import { flattenBlocks } from '../../../sandbox/slack/flatten.ts';
import { flattenMrkdwn, linksOfMrkdwn } from '../../../sandbox/slack/flatten-text.ts';

test.each([
  ['*Status:* _In Progress_ ~old~ `code`', 'Status: In Progress old code'],
  ['2*3*4 and snake_case_name', '2*3*4 and snake_case_name'],
  ['a &lt;b&gt; &amp;amp;', 'a <b> &amp;'],
  ['<https://x.example/?a=1&amp;b=2|Open *it*> <https://y.example>', 'Open *it* https://y.example'],
  ['<!date^1700000000^{date_short}|14 Nov> <!channel> <@U1> <#C1|general>', '14 Nov @channel @U1 #general'],
  ['&gt; quoted\nplain', '| quoted\nplain'],
  ['before\n```\n*raw* &lt;x&gt;\n```', 'before\n\n*raw* <x>'],
])('%j reads as %j', (mrkdwn, seen) => {
  expect(flattenMrkdwn(mrkdwn)).toBe(seen);
});

test('links keep their words and decoded addresses', () => {
  expect(linksOfMrkdwn('<https://x.example/?a=1&amp;b=2|Open> <@U1> <mailto:a@b.example>')).toEqual([
    { text: 'Open', url: 'https://x.example/?a=1&b=2' },
    { text: 'mailto:a@b.example', url: 'mailto:a@b.example' },
  ]);
});

test('every kind of block reads as a line', () => {
  const plain = (text: string) => ({ type: 'plain_text', text });
  const text = (words: string) => ({ type: 'text', text: words });
  const option = (words: string) => ({ text: plain(words), value: words });
  const section = (words: string) => ({ type: 'rich_text_section', elements: [text(words)] });
  expect(
    flattenBlocks([
      { type: 'header', text: plain('Head') },
      { type: 'section', text: { type: 'mrkdwn', text: '*a*' }, fields: [plain('b'), plain('c')] },
      { type: 'context', elements: [plain('d'), { type: 'image', alt_text: 'logo' }] },
      { type: 'divider' },
      { type: 'rich_text', elements: [{ type: 'rich_text_quote', elements: [text('q1\nq2')] }] },
      { type: 'rich_text', elements: [{ type: 'rich_text_preformatted', elements: [text('x  y\n')] }] },
      {
        type: 'rich_text',
        elements: [{ type: 'rich_text_list', style: 'ordered', elements: [section('e'), section('f')] }],
      },
      {
        type: 'actions',
        elements: [
          { type: 'button', text: plain('Bill it') },
          { type: 'radio_buttons', options: [option('g')] },
        ],
      },
      {
        type: 'input',
        label: plain('Minutes'),
        hint: plain('like 45'),
        optional: true,
        element: { type: 'plain_text_input' },
      },
      { type: 'input', label: plain('Labor'), element: { type: 'static_select', placeholder: plain('choose') } },
    ]).split('\n'),
  ).toEqual([
    'Head',
    'a  b  c',
    'd  logo',
    '──',
    '| q1',
    '| q2',
    'x  y',
    '1. e',
    '2. f',
    '[Bill it] ( ) g',
    'Minutes (optional) [] like 45',
    'Labor [choose ▾]',
  ]);
});
