import { afterEach, describe, expect, test } from '@jest/globals';
import { exact, formatMoney, lineAmountCents, roundCents, setCurrency, sumCents } from '../../src/shared/money.ts';
import { fc } from '../property.ts';

afterEach(() => setCurrency('$'));

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
    [1_234.5, '$12.345'],
    [1_234.56, '$12.3456'],
    [17_500.01, '$175.0001'],
  ])('%d cents read %p', (cents, text) => {
    expect(formatMoney(cents)).toBe(text);
  });

  test.each([
    ['£', '£1,234.50', '-£0.05'],
    ['CHF', 'CHF 1,234.50', '-CHF 0.05'],
    [' kr. ', 'kr.1,234.50', '-kr.0.05'],
    ['', '$1,234.50', '-$0.05'],
    [null, '$1,234.50', '-$0.05'],
  ])('amounts of an account with %j read %p', (symbol, much, less) => {
    setCurrency(symbol);
    expect([formatMoney(123_450), formatMoney(-5)]).toEqual([much, less]);
  });

  test('keep the account’s symbol where one answer lacks it', () => {
    setCurrency('£');
    setCurrency(null);
    setCurrency(' ');
    expect(formatMoney(100)).toBe('£1.00');
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
    [33.33, 17_500, 5_833],
    [75, 26_250, 19_688],
    [100.5, 100, 101],
    [-50, 1, -1],
    [100, 1_234.5, 1_235],
  ])('%d hundredths at %d cents cost %d cents', (hundredths, rate, amount) => {
    expect(lineAmountCents(hundredths, rate)).toBe(amount);
  });

  test('lines that are added up are rounded once', () => {
    const line = { quantityHundredths: 75, rateCents: 26_250 };
    expect(roundCents(sumCents([line, line]))).toBe(39_375);
    expect(sumCents([{ quantityHundredths: 33.33, rateCents: 17_500 }, line])).toBe(25_520.25);
  });

  test('what is left of hours is as Syncro writes it', () => {
    expect(exact(650 - 33.33)).toBe(616.67);
  });
});
