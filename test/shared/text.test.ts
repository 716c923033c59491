import { describe, expect, test } from '@jest/globals';
import { comparable, sameText, shorten } from '../../src/shared/text.ts';
import { expectTimesAsLong } from '../growth.ts';
import { fc } from '../property.ts';

const long = 'Replaced the toner, ran three test pages and cleaned the rollers of the printer in the office.';

describe('the same text', () => {
  test.each([
    ['Fixed the sync', 'Fixed the sync'],
    ['Fixed the sync', '<p>Fixed the sync</p>'],
    ['Fixed\nthe sync', 'Fixed<br>the sync'],
    ['Fixed\r\nthe   sync ', 'Fixed\nthe sync'],
    ['one\ntwo', '<div>one</div><div>two</div>'],
    ['one\ntwo', '<ul><li>one</li><li>two</li></ul>'],
    ['Tom & Jerry', 'Tom &amp; Jerry'],
    ['5 > 4', '5 &gt; 4'],
    ['“quoted” it’s', '&#8220;quoted&#8221; it&#x2019;s'],
    ['a\u00a0b', 'a&nbsp;b'],
    ['Fixed THE sync', 'fixed the SYNC'],
    ['ping <hostname> failed', 'ping &lt;hostname&gt; failed'],
    ['ping <hostname> failed', '<p>ping &lt;hostname&gt; failed</p>'],
    ['ping <hostname> failed', 'ping <hostname> failed'],
    ['ping <hostname> failed', 'ping  failed'],
    ['write &lt;b&gt; there', 'write &amp;lt;b&amp;gt; there'],
    ['it’s “done” – café, 5 °C', 'it&rsquo;s &ldquo;done&rdquo; &ndash; caf&eacute;, 5&nbsp;&deg;C'],
    ['ÉCOLE & Über', '&Eacute;COLE &amp;amp; &#220;ber'],
    ['cafe\u0301', 'caf\u00e9'],
    ['ﬁxed the № 1', 'fixed the No 1'],
    ['Fixed 🎉 the sync 👍🏽', 'Fixed  the sync'],
    ['Printer ✅ works ☀️ again 1️⃣', 'Printer works again 1'],
    ['zero\u200bwidth \u200ejoined\u00ad', 'zerowidth joined'],
    ['Fixed the sync   \n', 'Fixed the sync'],
    ['👍', '👍'],
    ['', ''],
  ])('%p is recognised as %p', (sent, seen) => {
    expect(sameText(sent, seen)).toBe(true);
  });

  test.each([
    ['Fixed the sync', 'Fixed the sink'],
    ['Fixed the sync', 'Fixed the'],
    ['Fixed the sync', 'Fixed the sync again'],
    ['Fixed the sync', ''],
    ['', 'Fixed the sync'],
    ['👍', '👎'],
    ['👍', ''],
    ['Fixed 🎉 the sync', 'Fixed '],
    ['&unknown; thing', 'thing'],
    [long, `${long} And more.`],
    [long, long.slice(1)],
  ])('%p is not %p', (sent, seen) => {
    expect(sameText(sent, seen)).toBe(false);
  });

  test.each(['', '…', '...'])('cut off behind 40 characters is recognised, ending in %p', (end) => {
    expect(sameText(long, `${long.slice(0, 40)}${end}`)).toBe(true);
    expect(sameText(long, `${long.slice(0, 39)}${end}`)).toBe(false);
  });

  test.each([
    ['an entity', (char: string) => `&#${char.charCodeAt(0)};`],
    ['a tag', (char: string) => `<b class="x">${char}</b>`],
  ])('a long text that came with %s for each letter is recognised, wherever it is cut', (_what, kept) => {
    const sent = 'Проверил принтер и заменил барабан. '.repeat(80);
    const other = `Б${sent.slice(1)}`;
    for (let before = 0; before < 20; before++) {
      const seen = `${' '.repeat(before)}${sent.replace(/\p{L}/gu, kept)}`;
      expect([sameText(sent, seen), sameText(other, seen)]).toEqual([true, false]);
    }
  });

  test('a long text that was squeezed on the way is recognised', () => {
    const sent = 'Replaced   the   drum.\n\n\n'.repeat(600);
    expect(sameText(sent, sent.replace(/\s+/g, ' '))).toBe(true);
  });

  test('letters under more marks than any language has are still told apart', () => {
    expect(sameText(`a${'\u0301'.repeat(50)}b`, `a${'\u0301'.repeat(60)}b`)).toBe(true);
    expect(sameText(`a${'\u0301'.repeat(50)}b`, `a${'\u0301'.repeat(50)}c`)).toBe(false);
    expect(sameText('Tie\u0302\u0301ng Vie\u0323\u0302t', 'Ti\u1ebfng Vi\u1ec7t')).toBe(true);
  });

  test.each(['&amp;', '&amp;amp;', '&amp;amp;amp;amp;', '&amp;lt;b&amp;gt;'])('%p survives being escaped', (typed) => {
    expect(sameText(typed, `<p>${typed.replace(/&/g, '&amp;')}</p>`)).toBe(true);
  });

  test('any plain text survives being escaped, wrapped and broken into lines', () => {
    const typed = fc.string({ unit: fc.constantFrom('<', '>', '&', '/', 'a', 'b', ' ', '\n', ';', 'amp', 'lt', '5') });
    const escaped = (text: string) => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'grapheme' }), typed), (text) => {
        expect(sameText(text, `<p>${escaped(text).replace(/\n/g, '<br/>')}</p>\r\n`)).toBe(true);
      }),
      { numRuns: 1_000 },
    );
  });

  test('no text makes it throw', () => {
    const piece = fc.constantFrom(
      '&#',
      '&#x',
      'ffffff;',
      '&#xd800;',
      '<',
      '>',
      '<p',
      '</',
      '&amp;',
      ';',
      ' ',
      'a',
      '0',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        expect(typeof comparable(pieces.join(''))).toBe('string');
      }),
    );
  });

  test.each(['<a', '</p', '&am', '&#x', ' ', '🎉', '\u200b', '\u0301'])(
    'four times as many of %j take about four times as long',
    async (piece) => {
      const [many, fewer] = [piece.repeat(4_000), piece.repeat(1_000)];
      await expectTimesAsLong(
        9,
        () => comparable(many),
        () => comparable(fewer),
      );
    },
  );
});

describe('shortening', () => {
  test('leaves what fits alone', () => {
    expect(shorten('abc', 3)).toBe('abc');
  });

  test('ends in an ellipsis within the length', () => {
    expect(shorten('abcd', 3)).toBe('ab…');
  });

  test('never splits a surrogate pair', () => {
    expect(shorten('a😀b', 3)).toBe('a…');
    expect(shorten('a😀bc', 4)).toBe('a😀…');
  });

  test('keeps within the length and well formed, whatever the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.integer({ min: 1, max: 20 }), (text, length) => {
        const short = shorten(text, length);
        return short.length <= length && (!text.isWellFormed() || short.isWellFormed());
      }),
    );
  });
});
