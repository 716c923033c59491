import { describe, expect, test } from '@jest/globals';
import { formatMoney, lineAmountCents } from '../../src/domain/money.ts';
import { fc } from '../property.ts';

describe('money', () => {
  test.each([
    [0, '$0.00'],
    [5, '$0.05'],
    [99, '$0.99'],
    [11_250, '$112.50'],
    [99_999, '$999.99'],
    [100_000, '$1,000.00'],
    [123_456_789, '$1,234,567.89'],
    [-11_250, '-$112.50'],
    [-5, '-$0.05'],
  ])('%d cents read %p', (cents, text) => {
    expect(formatMoney(cents)).toBe(text);
  });

  test('no cent is lost in the text', () => {
    fc.assert(
      fc.property(fc.integer({ min: -1e12, max: 1e12 }), (cents) => {
        expect(Number(formatMoney(cents).replace(/[$,.]/g, ''))).toBe(cents === 0 ? 0 : cents);
      }),
    );
  });

  test.each([
    [75, 15_000, 11_250],
    [33, 15_000, 4_950],
    [2, 12_550, 251],
    [50, 1, 1],
    [49, 1, 0],
    [75, 0, 0],
  ])('%d hundredths at %d cents cost %d cents', (hundredths, rate, amount) => {
    expect(lineAmountCents(hundredths, rate)).toBe(amount);
  });
});
