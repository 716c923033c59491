import { describe, expect, test } from '@jest/globals';
import { attachmentText, blockText } from '../../src/slack/block-text.ts';
import { cutText, type NameOf, plainText } from '../../src/slack/message-text.ts';
import { fc } from '../property.ts';

const names: NameOf = (id) => (id === 'U012HOWARD' ? 'Howard Enos' : null);
const nobody: NameOf = () => null;

describe('text of Slack as plain text', () => {
  test.each([
    ['Reset it &amp; it &lt;works&gt;', 'Reset it & it <works>'],
    ['&amp;lt;b&amp;gt;', '&lt;b&gt;'],
    ['ask <@U012HOWARD>', 'ask @Howard Enos'],
    ['ask <@U012HOWARD|howie>', 'ask @howie'],
    ['ask <@U0GONE>', 'ask @somebody'],
    ['ask <@W0ENTERPRISE|>', 'ask @somebody'],
    ['in <#C0GENERAL|general>', 'in #general'],
    ['in <#C0GENERAL>', 'in #channel'],
    ['in <#C0GENERAL|>', 'in #channel'],
    ['<!here> <!channel> <!everyone>', '@here @channel @everyone'],
    ['<!here|@here>', '@here'],
    ['<!subteam^S1|@dispatch>', '@dispatch'],
    ['<!subteam^S1>', '@group'],
    ['<!date^1700000000^{date}|14 Nov 2023>', '14 Nov 2023'],
    ['<!date^1700000000^{date}^https://a.example|14 Nov>', '14 Nov'],
    ['<!date^1700000000^{date}>', 'a date'],
    ['<https://a.example/x?a=1&amp;b=2|the page>', 'the page (https://a.example/x?a=1&b=2)'],
    ['<https://a.example/>', 'https://a.example/'],
    ['<https://a.example|a.example>', 'https://a.example'],
    ['<https://a.example|https://a.example>', 'https://a.example'],
    ['<https://real.example|https://bank.example>', 'https://bank.example (https://real.example)'],
    ['<mailto:jerry@customer.example|jerry@customer.example>', 'jerry@customer.example'],
    ['<mailto:jerry@customer.example|Jerry>', 'Jerry (jerry@customer.example)'],
    ['<tel:+15205550100|520-555-0100>', '520-555-0100 (+15205550100)'],
    [':fire: *bold* `code` 2*3*4', ':fire: *bold* `code` 2*3*4'],
    ['<>', ''],
    ['two\nlines', 'two\nlines'],
  ])('%j reads %j', (mrkdwn, expected) => {
    expect(plainText(mrkdwn, names)).toBe(expected);
  });

  test('never throws and keeps no mention, whatever comes', () => {
    const bit = fc.constantFrom(
      '<',
      '>',
      '|',
      '@',
      '!',
      '#',
      'U012HOWARD',
      'channel',
      'date^1^',
      'https://a',
      'subteam^',
      ' ',
    );
    const anything = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 200 }),
      fc.array(bit, { maxLength: 40 }).map((all) => all.join('')),
    );
    fc.assert(
      fc.property(anything, (text) => {
        // An entity is what somebody typed, and stays theirs.
        const plain = plainText(text.replaceAll('&', ''), names);
        expect(plain).not.toMatch(/[<>]/);
        plainText(text, nobody);
      }),
      { numRuns: 500 },
    );
  });

  test('of a hostile name stays in its line', () => {
    expect(plainText('<@U1>', () => 'Eve\n# heading')).toBe('@Eve # heading');
  });
});

describe('a text that is too long', () => {
  test('is cut with a note, never inside a character', () => {
    const cut = cutText('😀'.repeat(3_000), 3_000);
    expect(cut.length).toBeLessThanOrEqual(3_000);
    expect(cut).toMatch(/😀\n… \(cut here; the rest is in Slack\)$/u);
    expect(cut.isWellFormed()).toBe(true);
  });

  test('is left alone when it just fits', () => {
    expect(cutText('x'.repeat(3_000), 3_000)).toBe('x'.repeat(3_000));
  });
});

describe('what is read in blocks', () => {
  test('of a person’s message', () => {
    const elements = [
      {
        type: 'rich_text_section',
        elements: [
          { type: 'text', text: 'Hello ' },
          { type: 'user', user_id: 'U012HOWARD' },
          { type: 'text', text: ', see ' },
          { type: 'link', url: 'https://a.example', text: 'this' },
          { type: 'emoji', name: 'fire' },
          { type: 'broadcast', range: 'here' },
        ],
      },
      {
        type: 'rich_text_list',
        style: 'bullet',
        elements: [
          { type: 'rich_text_section', elements: [{ type: 'text', text: 'one' }] },
          { type: 'rich_text_section', elements: [{ type: 'text', text: '<!channel>' }] },
        ],
      },
      { type: 'rich_text_preformatted', elements: [{ type: 'text', text: 'code' }] },
    ];
    expect(blockText([{ type: 'rich_text', elements }], names)).toBe(
      'Hello @Howard Enos, see this (https://a.example):fire:@here\n- one\n- <!channel>\ncode',
    );
  });

  test('of a bot’s message, without its buttons', () => {
    const blocks = [
      { type: 'header', text: { type: 'plain_text', text: 'Disk full' } },
      { type: 'section', text: { type: 'mrkdwn', text: 'on <https://rmm.example|SRV01> &amp; SRV02' } },
      { type: 'section', fields: [{ type: 'mrkdwn', text: '*Free:* 1 %' }] },
      { type: 'divider' },
      { type: 'context', elements: [{ type: 'plain_text', text: 'Datto RMM' }] },
      { type: 'image', alt_text: 'a chart', image_url: 'https://x.example/a.png' },
      { type: 'actions', elements: [{ type: 'button', text: { type: 'plain_text', text: 'Snooze' } }] },
    ];
    expect(blockText(blocks, nobody)).toBe(
      'Disk full\non SRV01 (https://rmm.example) & SRV02\n*Free:* 1 %\nDatto RMM\na chart',
    );
  });

  test('of attachments', () => {
    const attachments = [
      {
        pretext: 'Alert',
        title: 'CPU',
        text: 'High on <@U012HOWARD>’s host',
        fields: [{ title: 'Load', value: '99' }],
      },
      { fallback: 'only a fallback' },
      { blocks: [{ type: 'section', text: { type: 'plain_text', text: 'inside' } }] },
      'nonsense',
    ];
    expect(attachmentText(attachments, names)).toBe(
      'Alert\nCPU\nHigh on @Howard Enos’s host\nLoad: 99\nonly a fallback\ninside',
    );
  });

  test('never throws and ends, whatever comes', () => {
    fc.assert(
      fc.property(fc.anything({ maxDepth: 6, maxKeys: 8 }), (anything) => {
        expect(typeof blockText([anything], nobody)).toBe('string');
        expect(typeof attachmentText([anything], nobody)).toBe('string');
      }),
    );
    let deep: unknown = { type: 'mrkdwn', text: 'deep' };
    for (let i = 0; i < 5_000; i++) deep = { type: 'section', elements: [deep] };
    expect(blockText([deep], nobody)).toBe('');
  });
});
