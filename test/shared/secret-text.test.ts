import { describe, expect, test } from '@jest/globals';
import { secretsOut } from '../../src/shared/secret-text.ts';
import { expectTimesAsLong } from '../growth.ts';
import { fc } from '../property.ts';

const KEY = 'T7a-Z_9+/x%41&ü';
const clean = secretsOut([KEY, 'short'], { shortest: 8, instead: '[key]' });
const hex = (char: string): string => char.charCodeAt(0).toString(16).padStart(4, '0');
const quoted = (text: string): string => JSON.stringify(text).slice(1, -1);

describe('secrets in a text', () => {
  test.each<[string, string]>([
    ['as they are', KEY],
    ['in a URL', encodeURIComponent(KEY)],
    ['in a URL of a URL', encodeURIComponent(encodeURIComponent(KEY))],
    ['in base64', Buffer.from(KEY).toString('base64')],
    ['in base64 of URLs', Buffer.from(KEY).toString('base64url')],
  ])('are taken out %s', (_how, form) => {
    expect(clean(`no ${form} here`)).toMatch(/^no \[key\]=* here$/);
  });

  const plain = 'T7aZ-9x_Q.2f+8/1';
  const cleanOfPlain = secretsOut(['another-key', plain], { shortest: 8, instead: '[key]' });
  test.each<[string, (char: string) => string]>([
    ['JSON', (char) => `\\u${hex(char)}`],
    ['JSON in JSON', (char) => quoted(`\\u${hex(char)}`)],
    ['JSON, in capitals, here and there', (char) => (/[a-z]/.test(char) ? `\\u${hex(char).toUpperCase()}` : char)],
    ['a URL', (char) => `%${hex(char).slice(2)}`],
    ['a URL of a URL', (char) => `%25${hex(char).slice(2)}`],
    ['HTML', (char) => `&#${char.charCodeAt(0)};`],
    ['HTML in HTML', (char) => `&amp;#${char.charCodeAt(0)};`],
    ['HTML, hexadecimal', (char) => `&#x${hex(char)};`],
  ])('are taken out with letters escaped as in %s', (_how, form) => {
    const text = plain.split('').map(form).join('');
    expect(cleanOfPlain(`a "${text}" b`)).toBe('a "[key]" b');
  });

  test('that are too short to be meant, and all other text, stay', () => {
    const text = 'a short word, \\u0041 &#65; %41 \\u003cb\\u003e and T7a-Z';
    expect(clean(text)).toBe(text);
  });

  test('are taken out with all of it where one is the beginning of another', () => {
    const take = secretsOut([plain.slice(0, 8), plain, plain.slice(2)], { shortest: 8, instead: '[key]' });
    const escaped = plain.replace('7', '%37');
    expect(take(`%41 ${escaped}${escaped} b`)).toBe('%41 [key][key] b');
  });

  test('are taken out wherever they stand among other escapes, and nothing else is', () => {
    const between = fc.array(
      fc.constantFrom('%41', '\\u0041', '&#65;', '%', '\\', '&', 'ü', '🖥️', '\ud83d', '\ufeff', 'T7'),
    );
    const ways = [
      (char: string) => char,
      (char: string) => `\\u${hex(char)}`,
      (char: string) => `%${hex(char).slice(2)}`,
      (char: string) => `&#${char.charCodeAt(0)};`,
    ];
    const written = fc.array(fc.constantFrom(...ways), {
      minLength: plain.length,
      maxLength: plain.length,
    });
    fc.assert(
      fc.property(fc.array(fc.tuple(between, written)), (parts) => {
        const text = (of: (how: ((char: string) => string)[]) => string): string =>
          parts.map(([pieces, how]) => `${pieces.join('')} ${of(how)} `).join('');
        const escaped = text((how) => how.map((way, i) => way(plain[i] ?? '')).join(''));
        expect(cleanOfPlain(escaped)).toBe(text(() => '[key]'));
      }),
    );
  });

  test('that are added later are taken out, too', () => {
    const secrets = new Set<string>();
    const take = secretsOut(secrets, { shortest: 4, instead: '*' });
    expect(take('key-1')).toBe('key-1');
    secrets.add('key-1');
    expect(take('key-1')).toBe('*');
  });

  test.each(['\\u0041', '\\\\\\\\', '%25', '&#', '%54%37', 'T7aZ9xQ2f8'])(
    'are looked for in linear time: %s',
    async (unit) => {
      const [text, more] = [unit.repeat(2_000), unit.repeat(8_000)];
      await expectTimesAsLong(
        9,
        () => cleanOfPlain(more),
        () => cleanOfPlain(text),
      );
    },
  );
});
