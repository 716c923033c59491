import { describe, expect, test } from '@jest/globals';
import { readable } from '../../src/slack/html.ts';
import { expectTimesAsLong } from '../growth.ts';
import { fc } from '../property.ts';

describe('a comment of HTML', () => {
  test.each([
    ['paragraphs and marks', '<p>Hello <b>you</b> &amp; me</p><p>Bye</p>', 'Hello you & me\n\nBye'],
    ['line ends', 'one<br>two<br/>three', 'one\ntwo\nthree'],
    ['a list', '<p>Done:</p><ul><li>one</li><li>two</li></ul>', 'Done:\n\n * one\n * two'],
    [
      'lists in lists',
      '<ul><li>a<ul><li>b<ol><li>c</li></ol></li></ul></li><li>d</li></ul>',
      '* a\n   * b\n     1. c\n * d',
    ],
    [
      'a table, a line for each row',
      '<table><tr><th>Name</th><th>Qty</th></tr><tr><td>Cable</td><td>2</td></tr></table>',
      'Name   Qty\nCable   2',
    ],
    [
      'tables for the layout, as mail programs make them',
      '<table><tbody><tr><td><table><tr><td><p>Hello</p><p>World</p></td></tr></table></td></tr></tbody></table>',
      'Hello\n\nWorld',
    ],
    ['entities', '<p>x &amp; y &lt;z&gt; &eacute; &#128512; &copy; &quot;&#39;</p>', 'x & y <z> é 😀 © "\''],
    ['a heading, not in capitals', '<h1>Big News</h1><p>x</p>', 'Big News\n\nx'],
    ['a link, once', '<p><a href="https://a.example/x">https://a.example/x</a></p>', 'https://a.example/x'],
    ['a link behind words', '<p>see <a href="https://a.example/x">here</a></p>', 'see here [https://a.example/x]'],
    ['scripts, styles and remarks', '<p>hi</p><script>alert(1)</script><style>p{x:y}</style><!-- secret -->', 'hi'],
    ['a picture alone', '<img src="x" onerror="y">', ''],
    ['tags that are never closed', '<div class="x">one<p>two<b>bold', 'one\n\ntwobold'],
    ['a mark within a line', 'Please <b>do not</b> restart', 'Please do not restart'],
    ['preformatted lines', '<pre>a\n  b</pre>', 'a\n  b'],
    ['half a tag at its end', '<p>x</p><a href="htt', 'x'],
  ])('reads as text: %s', (_what, html, text) => {
    expect(readable(html)).toBe(text);
  });

  test('is read however deep it is nested', () => {
    const deep = (tag: string, levels: number) => `${`<${tag}>`.repeat(levels)}deep`;
    expect(readable(deep('div', 200))).toBe('deep');
    for (const tag of ['div', 'ul><li', 'table><tr><td', 'blockquote', 'p><b', 'p><a href="x"'])
      expect(() => readable(deep(tag, 20_000))).not.toThrow();
  });

  test.each([
    ['words', 9, '<p>', 'word ', ''],
    // The parser moves all open tags for each new one: a square of little weight, which only a bound keeps little.
    ['levels', 30, '', '<div>', ''],
    ['lists', 30, '', '<ul><li>', ''],
    ['small tags', 9, '', '<b>x', ''],
    ['tags that begin', 9, '', '<p ', ''],
    ['attributes', 9, '<p ', 'a=', ''],
    ['equals signs', 9, '<p ', '=', ''],
    ['spaces', 9, '<pre>', ' ', 'x</pre>'],
    ['spaces that are kept', 9, '<p>', '&nbsp;', 'x</p>'],
    ['entities', 9, '<p>', '&amp;', '</p>'],
    ['angles', 9, '', '<', ''],
    ['anchors', 9, '', '<a href="https://x.example">', ''],
  ])('of a megabyte is read as quickly as what is read of it: %s', async (_what, most, before, piece, behind) => {
    // A quarter of the 100,000 characters that are read.
    const [some, all] = [25_000, 1_000_000].map((length) => `${before}${piece.repeat(length / piece.length)}${behind}`);
    await expectTimesAsLong(
      most,
      () => readable(all ?? ''),
      () => readable(some ?? ''),
    );
  });
});

describe('a comment of text', () => {
  test.each([
    'a < b and c > d & <done>',
    'if (x<y && y>z) return',
    'use the <b> tag',
    'a <b and c> d',
    'John <john@customer.example> wrote: <https://x.example>',
    '<script>alert(1)</script>',
    'Tom &amp; Jerry &lt;3',
    'line one\n  line two\n\n<done>',
    '<!channel> *bold* <@U123>',
    '<p 2 of 3',
  ])('stays as it was written: %s', (text) => {
    expect(readable(text)).toBe(text);
  });

  test('whatever it is, without tags', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        fc.pre(!text.includes('<'));
        expect(readable(text)).toBe(text.trim());
      }),
    );
  });

  test('never throws', () => {
    const part = fc.constantFrom(
      '<p>',
      '</p>',
      '<b',
      '>',
      '<a href="',
      '"',
      '&',
      '&#x110000;',
      '<![CDATA[',
      '<!--',
      'x',
    );
    fc.assert(
      fc.property(fc.array(part, { maxLength: 60 }), (parts) => {
        expect(typeof readable(parts.join(''))).toBe('string');
      }),
    );
  });
});
