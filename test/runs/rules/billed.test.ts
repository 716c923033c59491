import { expect, test } from '@jest/globals';
import { sumBills } from '../../../src/runs/rules/billed.ts';
import { anInvoiceRun, aRun, aRunFor } from './a-run.ts';

test('sums the bills that went through: hours as planned, money as invoiced where that was checked', () => {
  const billed = sumBills([
    aRun({ state: 'done', invoicedCents: 28_750 }),
    aRun({ state: 'done' }),
    aRun({ state: 'done', invoicedCents: 0 }),
    aRun({ state: 'stopped', invoicedCents: 11_250 }),
    aRun({ state: 'asking' }),
    aRunFor('comment', { state: 'done' }),
  ]);
  expect(billed).toEqual({ bills: 3, quantityHundredths: 225, cents: 28_750 + 11_250 });
});

test('an invoice of what was worked another day is money of this one, and no hours', () => {
  const billed = sumBills([
    anInvoiceRun({ state: 'done', invoicedCents: 17_500 }),
    anInvoiceRun({ state: 'stopped' }),
    aRun({ state: 'done', invoicedCents: 11_250 }),
  ]);
  expect(billed).toEqual({ bills: 2, quantityHundredths: 75, cents: 17_500 + 11_250 });
});

test('of nothing is nothing', () => {
  expect(sumBills([])).toEqual({ bills: 0, quantityHundredths: 0, cents: 0 });
});
