import { describe, expect, test } from '@jest/globals';
import { checkBlocks } from '../../sandbox/slack/block-limits.ts';
import { flattenBlocks } from '../../sandbox/slack/flatten.ts';
import { escapeTo, line, option, quote, row, span } from '../../src/slack/blocks.ts';
import { expectTimesAsLong } from '../growth.ts';
import { fc } from '../property.ts';

/** Any text, rich in what must be escaped and in what must not be cut in two. */
const hostile = fc
  .array(
    fc.oneof(fc.constantFrom('&', '<', '>', '&amp;', '🖨️', '👩‍💻', 'a', ' ', '\n', 'م'), fc.string({ unit: 'binary' })),
    {
      maxLength: 60,
    },
  )
  .map((parts) => parts.join(''));

const isWellFormed = (text: string): boolean => text.isWellFormed();

describe('escapeTo', () => {
  test('never cuts an entity, a surrogate pair or the limit', () => {
    fc.assert(
      fc.property(hostile, fc.integer({ min: 6, max: 200 }), (text, length) => {
        const cut = escapeTo(text, length);
        expect(cut.length).toBeLessThanOrEqual(length);
        expect(cut).not.toMatch(/[<>]/);
        // Every & that is left begins one of the three entities.
        expect(cut.replaceAll(/&(?:amp|lt|gt);/g, '')).not.toContain('&');
        if (isWellFormed(text)) expect(isWellFormed(cut)).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  test('leaves what fits as it is, but for the escapes', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const whole = escapeTo(text, 1_000_000);
        expect(whole.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&')).toBe(text);
      }),
    );
  });

  test('cuts with an ellipsis', () => {
    expect(escapeTo('&'.repeat(10), 21)).toBe('&amp;&amp;&amp;&amp;…');
    expect(escapeTo('abcdef', 4)).toBe('abc…');
  });

  test('takes about four times as long for a text that is four times as long', async () => {
    const [long, shorter] = ['&<>'.repeat(100_000), '&<>'.repeat(25_000)];
    await expectTimesAsLong(
      9,
      () => escapeTo(long, 3_000),
      () => escapeTo(shorter, 3_000),
    );
  });
});

describe('a row', () => {
  const link = { link: 'https://example.com/1', text: '#1' };
  const shown = (beside: readonly string[], below: readonly string[], mark: string | null = null): string =>
    flattenBlocks([{ ...row(mark, link, beside, below) }]);

  test('is two lines, whatever stands in it', () => {
    expect(shown(['New', 'Acme\nWest'], ['two\nlines\tand   blanks', '', '2 d'], '↩')).toBe(
      '↩ #1 New · Acme West\n\u2003 two lines and blanks · 2 d',
    );
    expect(shown(['New'], [''])).toBe('\u2003 #1 New');
  });

  test('lets no text turn the direction of what stands beside it', () => {
    expect(shown(['شركة', 'New'], ['\u202Egnp.exe', '5 d'])).toBe(
      '\u2003 #1 \u2068شركة\u2069 · New\n\u2003 gnp.exe · 5 d',
    );
  });

  test('cuts what no phone shows, and never half of a character', () => {
    const text = shown(['🖨️'.repeat(400)], ['a', '🖨️'.repeat(400)]);
    expect(text.length).toBeLessThan(260);
    expect(text.isWellFormed()).toBe(true);
  });

  test('takes a text of megabytes as quickly as one of a few thousand characters', async () => {
    const [long, shorter] = ['👩‍💻 '.repeat(200_000), '👩‍💻 '.repeat(1_000)];
    await expectTimesAsLong(
      9,
      () => shown([long], []),
      () => shown([shorter], []),
    );
  });
});

describe('text blocks', () => {
  test('take whatever a customer may write', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const blocks = [
          line(text),
          line({ bold: text }),
          quote(text),
          line('x', { link: 'https://x.example/1', text: `#1${text}` }),
        ];
        expect(checkBlocks(blocks, 'message')).toEqual([]);
        const select = {
          type: 'actions',
          elements: [
            {
              type: 'static_select',
              action_id: 'a',
              placeholder: { type: 'plain_text', text: 'x' },
              options: [option(text.trim(), '1')],
            },
          ],
        };
        expect(checkBlocks([select], 'message')).toEqual([]);
      }),
    );
  });

  test('leave every moment to the reader’s own zone, with words where that can’t be', () => {
    const at = Date.UTC(2026, 10, 23, 1, 30, 5);
    const elements = (line('a ', { date: at }, { time: at }, { day: at }).elements as Array<{ elements: unknown[] }>)
      .flatMap((section) => section.elements)
      .slice(1);
    const moment = { type: 'date', timestamp: at / 1000 };
    expect(elements).toEqual([
      { ...moment, format: '{date_short_pretty} {time}', fallback: '2026-11-23 01:30 UTC' },
      { ...moment, format: '{time_secs}', fallback: '01:30:05 UTC' },
      { ...moment, format: '{date_short_pretty}', fallback: 'Nov 23' },
    ]);
  });

  test('carry text literally: nothing in them is parsed', () => {
    const blocks = [
      line('<!channel> *x*'),
      quote('<!here>'),
      row(null, { link: 'https://x.example', text: '<@U1>' }, ['<@U1>'], []),
    ];
    expect(JSON.stringify(blocks)).not.toContain('mrkdwn');
  });
});

test.each([
  [42, '2026-11-23 11:18 UTC to 12:00 UTC'],
  [11 * 60 + 59, '2026-11-23 11:18 UTC to 23:17 UTC'],
  [12 * 60, '2026-11-23 11:18 UTC to 2026-11-23 23:18 UTC'],
])('a span of %i minutes names its second day only from half a day on', (minutes, words) => {
  const from = Date.parse('2026-11-23T11:18:00Z');
  expect(flattenBlocks([{ ...line(...span(from, from + minutes * 60_000)) }])).toBe(words);
});
