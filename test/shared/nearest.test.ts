import { describe, expect, test } from '@jest/globals';
import { nearest } from '../../src/shared/nearest.ts';
import { fc } from '../property.ts';

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
