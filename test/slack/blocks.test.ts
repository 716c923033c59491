import { describe, expect, test } from '@jest/globals';
import { checkBlocks } from '../../sandbox/slack/block-limits.ts';
import { column, escapeTo, line, option, quote, table, widthOf } from '../../src/slack/blocks.ts';
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

describe('column', () => {
  const withoutIsolates = (text: string): string => text.replace(/[\u2068\u2069]/g, '');
  const places = (text: string): number => widthOf(withoutIsolates(text));

  test.each([
    ['👩‍💻 laptop 🔥 fan', 20],
    ['الطابعة لا تعمل', 20],
    ['🖨️🖨️🖨️🖨️🖨️🖨️', 4],
    ['مرحبا بالعالم كيف حالك', 8],
    ['', 5],
    ['two\nlines\tand   blanks', 30],
  ])('makes %p exactly %i characters wide', (text, width) => {
    const made = column(text, width);
    expect(places(made)).toBe(width);
    expect(made).not.toMatch(/[\n\t]/);
    if (places(text.replace(/\s+/g, ' ')) > width) expect(withoutIsolates(made).trimEnd()).toMatch(/…$/);
  });

  test('counts what is wide as two', () => {
    expect(column('🔥 ok', 7)).toBe('🔥 ok  ');
    expect(column('プリンタ', 5)).toBe('プリ…');
    expect(column('🔥🔥', 2)).toBe('… ');
  });

  test('keeps right-to-left columns beside each other', () => {
    expect(column('شركة', 6)).toBe('\u2068شركة\u2069  ');
    expect(column('שלום', 4)).toBe('\u2068שלום\u2069');
    expect(column('Acme', 4)).toBe('Acme');
  });

  test('lets no text turn the direction of the rest of its row', () => {
    expect(column('\u202Egnp.exe', 8)).toBe('gnp.exe ');
    expect(column('\u2067a\u2069\u200Fb', 3)).toBe('ab ');
  });

  test('takes a text of megabytes as quickly as one of a few thousand characters', async () => {
    const [long, shorter] = ['👩‍💻 '.repeat(200_000), '👩‍💻 '.repeat(1_000)];
    await expectTimesAsLong(
      9,
      () => column(long, 40),
      () => column(shorter, 40),
    );
  });

  test('never cuts what people see as one character', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('👩‍💻', '🔥', '🇩🇪', 'é', 'a', 'ل')),
        fc.integer({ min: 1, max: 12 }),
        (parts, width) => {
          const shown = withoutIsolates(column(parts.join(''), width)).replace(/[…\s]+$/, '');
          expect(parts.join('').startsWith(shown)).toBe(true);
          expect(
            [...new Intl.Segmenter().segment(shown)].every(({ segment }, i) => segment === graphemeAt(parts, i)),
          ).toBe(true);
        },
      ),
    );
  });
});

const graphemeAt = (parts: readonly string[], index: number): string | undefined =>
  [...new Intl.Segmenter().segment(parts.join(''))][index]?.segment;

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
      { ...moment, format: '{date_short_pretty}', fallback: '23 Nov' },
    ]);
  });

  test('carry text literally: nothing in them is parsed', () => {
    const blocks = [line('<!channel> *x*'), quote('<!here>'), table([['<@U1>']])];
    expect(JSON.stringify(blocks)).not.toContain('mrkdwn');
  });
});
