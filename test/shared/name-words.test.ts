import { describe, expect, test } from '@jest/globals';
import { phoneText, plainWords, searchTerms, syncroQuery } from '../../src/shared/name-words.ts';

test.each([
  ["Len's Auto-Brokerage, Inc.", 'lens auto brokerage inc'],
  ['CAFÉ  Straße Łódź', 'cafe strasse lodz'],
  ['🌵 Cactus & Co 🚀', '🌵 cactus co 🚀'],
  ['100% _real_', '100 real'],
])('words of %s', (text, words) => {
  expect(plainWords(text)).toBe(words);
});

describe('a query', () => {
  test.each([
    [
      'acme west',
      [
        { words: 'acme', digits: null },
        { words: 'west', digits: null },
      ],
    ],
    ['520-555', [{ words: '520 555', digits: '520555' }]],
    ['(520) 555-0004', [{ words: '520 555 0004', digits: '5205550004' }]],
    ['+1 520 555 0004', [{ words: '1 520 555 0004', digits: '5205550004' }]],
    [
      'burger 0001',
      [
        { words: 'burger', digits: null },
        { words: '0001', digits: '0001' },
      ],
    ],
    ['24-7', [{ words: '24 7', digits: '247' }]],
    ['(520) 555–5010', [{ words: '520 555 5010', digits: '5205555010' }]],
    ['٥٢٠ ٥٥٥ ٥٠١٠', [{ words: '520 555 5010', digits: '5205555010' }]],
    ['% _ -- ()', []],
    ['   ', []],
  ])('%s', (query, terms) => {
    expect(searchTerms(query)).toEqual(terms);
  });
});

test.each([
  ['+1 (520) 555-5010', '5205555010'],
  ['520-555-0001,', '5205550001'],
  ['"520-555-0001"?', '5205550001'],
  ['+1-520-555-5010;', '5205555010'],
  ['tel:520-555-0001', '5205550001'],
  ['tel: +1 520-555-0001.', '5205550001'],
  ['520-555-0001 x12', '5205550001'],
  ['(520) 555-0001, ext. 12', '5205550001'],
  ['001 520 555 5010', '5205555010'],
  ['520.555', '520555'],
  [' Acme West ', 'Acme West'],
  ['burger 0001', 'burger 0001'],
])('Syncro is asked for %s as %s', (typed, asked) => {
  expect(syncroQuery(typed)).toBe(asked);
});

test.each([
  ['+41 44 668 18 00', ['0446681800', '41446681800', '446681800']],
  ['044 668 18 00', ['0446681800', '41446681800']],
  ['+41 (0)44 668 18 00', ['0446681800']],
  ['+61 2 9374 4000', ['0293744000', '61293744000']],
  ['0044 20 7946 0958', ['02079460958', '442079460958']],
  ['01632 960 001', ['441632960001']],
  ['+45 32 12 34 56', ['32123456']],
])('%s is found however it is kept', (typed, kept) => {
  for (const phone of kept) expect(phone).toContain(syncroQuery(typed));
});

test.each([
  ['Acme 520-555-5010?', '5205555010'],
  ['burger 0001;', '0001'],
])('a phone at the end of %s is looked for', (typed, digits) => {
  expect(searchTerms(typed).at(-1)).toMatchObject({ digits });
});

test.each([
  ['5205550100', '520-555-0100'],
  ['15205550100', '520-555-0100'],
  ['+15205550100', '520-555-0100'],
  [' 5205550100 ', '520-555-0100'],
])('%j is a US number', (phone, text) => {
  expect(phoneText(phone)).toBe(text);
});

test.each(['520-555-0100', '(520) 555-0100', '5550100', '441632960000', '5205550100 x12', 'none', ''])(
  '%j stays as it is',
  (phone) => {
    expect(phoneText(phone)).toBe(phone);
  },
);
