import { expect, test } from '@jest/globals';
import { askedOfLongTexts, askedWords, hasAsked, searchWords } from '../../../src/features/search/search-words.ts';

test('a text is its words, each once, without what an engine could read as its own language', () => {
  expect(searchWords(`Zoë's "printer" NEAR/2 printer -jam* (10.0.0.5)`)).toEqual([
    ...['zoes', 'printer', 'near', '2', 'jam', '10', '0', '5'],
  ]);
  expect(searchWords('!?… \0 "" \uD800')).toEqual([]);
  expect(searchWords('x'.repeat(500))).toEqual(['x'.repeat(40)]);
  expect(searchWords('aa bb cc dd', 6)).toEqual(['aa', 'bb']);
});

test('the last word that is asked for may be the beginning of one, unless it is a single letter', () => {
  expect(askedWords('Own clo')).toEqual({ words: ['own'], beginning: 'clo' });
  expect(askedWords('plan b')).toEqual({ words: ['plan', 'b'], beginning: null });
  expect(askedWords('"')).toEqual({ words: [], beginning: null });
  expect(askedWords(Array.from({ length: 50 }, (_, i) => `w${i}`).join(' ')).words).toHaveLength(11);
});

test('a short beginning must be a word of its own in long texts', () => {
  expect(askedOfLongTexts(askedWords('own clo'))).toEqual({ words: ['own', 'clo'], beginning: null });
  expect(askedOfLongTexts(askedWords('own clou'))).toEqual({ words: ['own'], beginning: 'clou' });
});

test('a text answers when it has every word', () => {
  expect(hasAsked('Own cloud thing', askedWords('cloud own th'))).toBe(true);
  expect(hasAsked('Own cloud thing', askedWords('cloud printer'))).toBe(false);
  expect(hasAsked('Own cloud thing', askedWords('hing'))).toBe(false);
});

test('what is written with a hyphen is found as one word and as several', () => {
  expect(searchWords('Wi-Fi and E‑Mail')).toEqual(['wi', 'fi', 'and', 'e', 'mail', 'wifi', 'email']);
  for (const asked of ['wifi', 'wi-fi', 'wi fi', 'wi-', 'wif'].map(askedWords))
    expect(hasAsked('The Wi-Fi is slow', asked)).toBe(true);
  for (const asked of ['wifi', 'wi-fi', 'wi–f'].map(askedWords)) expect(hasAsked('The WiFi is slow', asked)).toBe(true);
  expect(hasAsked('a follow up call', askedWords('follow-up'))).toBe(true);
  expect(hasAsked('The wire of Fifi', askedWords('wi-fi'))).toBe(false);
});
