import { describe, expect, test } from '@jest/globals';
import { matchWords, nearest } from '../../src/shared/match-word.ts';
import { fc } from '../property.ts';

const STATUSES = [
  'New',
  'In Progress',
  'Resolved',
  'Invoiced',
  'Waiting for Parts',
  'Waiting on Customer',
  'On Hold (Technician)',
  'Quote/Billing',
];

const one = (typed: string, list: readonly string[] = STATUSES) => {
  const found = matchWords(typed, list);
  return found.match === 'one' ? found.value : found;
};

describe('typed words', () => {
  test.each([
    ['new', 'New'],
    ['  WAITING   on customer ', 'Waiting on Customer'],
    ['wait c', 'Waiting on Customer'],
    ['w f', 'Waiting for Parts'],
    ['parts', 'Waiting for Parts'],
    ['in', { match: 'several', values: ['In Progress', 'Invoiced'] }],
    ['inv', 'Invoiced'],
    ['hold tech', 'On Hold (Technician)'],
    ['billing', 'Quote/Billing'],
    ['wait', { match: 'several', values: ['Waiting for Parts', 'Waiting on Customer'] }],
    ['customer wait', { match: 'none', near: null }],
    ['waitt', { match: 'none', near: null }],
    ['resolvd', { match: 'none', near: 'Resolved' }],
    ['', { match: 'none', near: null }],
    ['!?', { match: 'none', near: null }],
  ])('"%s"', (typed, expected) => {
    expect(one(typed)).toEqual(expected);
  });

  test('that are an entry mean that entry, whatever else begins so', () => {
    expect(one('hold', ['Hold for Parts', 'Hold'])).toBe('Hold');
  });

  test('choose between entries that differ by case only when typed exactly', () => {
    expect(one('done', ['Done', 'done'])).toBe('done');
    expect(one('DONE', ['Done', 'done'])).toEqual({ match: 'several', values: ['Done', 'done'] });
  });

  test('find an entry without letters by itself only', () => {
    expect(one('🔥', ['🔥', 'New'])).toBe('🔥');
    expect(one('!', ['🔥', '---'])).toEqual({ match: 'none', near: null });
  });

  test('find priorities, whose numbers may be left out', () => {
    expect(one('normal', ['0 Urgent', '1 High', '2 Normal'])).toBe('2 Normal');
    expect(one('1', ['0 Urgent', '1 High', '2 Normal'])).toBe('1 High');
  });

  test('count an entry that the list has twice as one', () => {
    expect(one('new', ['New', 'New'])).toBe('New');
  });
});

describe('whatever is typed', () => {
  const lists = fc.uniqueArray(fc.oneof(fc.string({ unit: 'grapheme' }), fc.constantFrom(...STATUSES)), {
    maxLength: 12,
  });

  test('the answer is an entry of the list, as it is spelled there', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), lists, (typed, list) => {
        const found = matchWords(typed, list);
        const values = found.match === 'one' ? [found.value] : found.match === 'several' ? found.values : [];
        for (const value of [...values, ...(found.match === 'none' && found.near !== null ? [found.near] : [])])
          expect(list).toContain(value);
        if (found.match === 'several') expect(found.values.length).toBeGreaterThan(1);
      }),
    );
  });

  test('beginnings of some words of an entry, in order, always find it', () => {
    const words = fc.array(fc.stringMatching(/^[a-z]{1,8}$/), { minLength: 1, maxLength: 5 });
    const cuts = fc.array(fc.nat({ max: 8 }), { minLength: 5, maxLength: 5 });
    fc.assert(
      fc.property(words, cuts, lists, (entry, cut, list) => {
        const typed = entry.map((word, i) => word.slice(0, cut[i])).filter(Boolean);
        fc.pre(typed.length > 0);
        const name = entry.join(' ').toUpperCase();
        const found = matchWords(typed.join(' '), [...list, name]);
        // An exact entry may win over it, and others may fit too.
        if (found.match === 'one') expect([name, typed.join(' ')]).toContain(found.value.trim().replace(/\s+/g, ' '));
        else expect(found).toMatchObject({ match: 'several', values: expect.arrayContaining([name]) });
      }),
    );
  });
});

const names = ['ticket', 'bill', 'search', 'customers', 'help'];

describe('the nearest word', () => {
  test.each([
    ['bil', 'bill'],
    ['BILL', 'bill'],
    ['blil', null],
    ['serach', 'search'],
    ['tikcet', 'ticket'],
    ['cust', 'customers'],
    ['ti', 'ticket'],
    ['hlep', null],
    ['halp', 'help'],
  ])('to %p is %p', (typed, expected) => {
    expect(nearest(typed, names)).toBe(expected);
  });

  test.each(['', 'b', 'xyz', 'invoice', 'billbillbill'])('to %p is none', (typed) => {
    expect(nearest(typed, names)).toBeNull();
  });

  test('among no candidates is none', () => {
    expect(nearest('bill', [])).toBeNull();
  });

  test('is always one of the candidates or none, however long the word', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 5_000 }), (typed) => {
        const found = nearest(typed, names);
        return found === null || names.includes(found);
      }),
    );
  });
});
