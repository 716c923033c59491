import { expect, test } from '@jest/globals';
import { plainDigits, typedText } from '../../src/shared/typed-text.ts';

test.each([
  ['32164\u200b', '32164'],
  ['\u200e32164\u200f', '32164'],
  ['\u2066#32164\u2069', '#32164'],
  ['\ufeffbill\u00a032164\u202f45m', 'bill 32164 45m'],
  ['re\u00adset', 'reset'],
  ['\u{e0041}bill', 'bill'],
  ['a\u0000b\u0007c', 'abc'],
  ['one\r\ntwo\u2028three\tfour', 'one\ntwo\nthree\tfour'],
  ['“Acme West” printer’s jam ‘today’', `"Acme West" printer's jam 'today'`],
])('%j is what a person saw as %j', (typed, seen) => {
  expect(typedText(typed)).toBe(seen);
});

test.each(['👩‍💻 ok', '❤️', '👍🏽', '1️⃣', 'می‌خواهم', 'क्‍ष', '«Café» – naïve'])('%s stays as it is', (text) => {
  expect(typedText(text)).toBe(text);
});

test('digits of any writing are digits', () => {
  expect(plainDigits('#٣٢١٦٤ ۳۲۱۶۴ ３２１６４ ३२१६४ 𝟛𝟚𝟙𝟞𝟜')).toBe('#32164 32164 32164 32164 32164');
});
