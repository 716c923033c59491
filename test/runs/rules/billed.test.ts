import { describe, expect, test } from '@jest/globals';
import { sumBills } from '../../../src/runs/rules/billed.ts';
import { aPlan, aPlanToInvoice } from './a-bill.ts';
import { aCharge, doneCharge } from './a-charge.ts';
import { anInvoiceRun, aRun, aRunFor } from './a-run.ts';
import { aCustomer } from './a-ticket.ts';

test('sums the bills that went through: hours as planned, money as invoiced where that was checked', () => {
  const billed = sumBills([
    aRun({ state: 'done', invoicedCents: 28_750 }),
    aRun({ state: 'done' }),
    aRun({ state: 'done', invoicedCents: 0 }),
    aRun({ state: 'stopped', invoicedCents: 11_250 }),
    aRun({ state: 'asking' }),
    aRunFor('comment', { state: 'done' }),
  ]);
  expect(billed).toEqual({ bills: 3, quantityHundredths: 225, cents: 28_750 + 11_250, laterCents: 0 });
});

test('an invoice of what was worked another day is money of this one, and no hours', () => {
  const billed = sumBills([
    anInvoiceRun({ state: 'done', invoicedCents: 17_500 }),
    anInvoiceRun({ state: 'stopped' }),
    aRun({ state: 'done', invoicedCents: 11_250 }),
  ]);
  expect(billed).toEqual({ bills: 2, quantityHundredths: 75, cents: 17_500 + 11_250, laterCents: 0 });
});

describe('what was charged for a recurring invoice', () => {
  const charged = doneCharge();

  test('is money of the day on which it was charged', () => {
    const later = { bills: 2, quantityHundredths: 150, cents: 22_500, laterCents: 11_250 };
    expect(sumBills([charged, aRun({ state: 'done', invoicedCents: 11_250 })])).toEqual(later);
  });

  test.each([650, 50])('is no money where a block of %d pays it, or a part of it', (prepaidHundredths) => {
    const plan = aPlan({ customer: aCustomer({ prepaidHundredths }) });
    expect(sumBills([doneCharge(aCharge(plan))])).toMatchObject({ bills: 1, cents: 0, laterCents: 0 });
  });

  test('and was invoiced on the same day all the same, counts once', () => {
    const plan = aPlanToInvoice();
    const olderLines = plan.olderLines.map((line) => ({ ...line, id: 900 }));
    const invoice = anInvoiceRun({ state: 'done', invoicedCents: 11_250, plan: { ...plan, olderLines } });
    expect(sumBills([charged, invoice])).toMatchObject({ cents: 11_250, laterCents: 0 });
  });
});

test('of nothing is nothing', () => {
  expect(sumBills([])).toEqual({ bills: 0, quantityHundredths: 0, cents: 0, laterCents: 0 });
});
