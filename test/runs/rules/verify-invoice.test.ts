import { describe, expect, test } from '@jest/globals';
import type { InvoicePlan } from '../../../src/runs/rules/bill-plan.ts';
import { verifyInvoice as verifyInvoiceOf } from '../../../src/runs/rules/verify-invoice.ts';
import { blockPolicy } from '../../../src/shared/labor.ts';
import type { Invoice } from '../../../src/syncro/invoice.ts';
import { ticketId } from '../../../src/syncro/ticket.ts';
import { aBilledTicket, aPlan, aPlanToInvoice } from './a-bill.ts';
import { aCustomer, aLineItem, anInvoice, anInvoiceLine, aTicket, remoteLabor, remoteProduct } from './a-ticket.ts';

const verifyInvoice = (plan: InvoicePlan, invoice: Invoice, blockAfterHundredths: number | null) =>
  verifyInvoiceOf({ plan, ticket: aBilledTicket() }, invoice, blockAfterHundredths);

const older = aLineItem({ quantityHundredths: 100, rateCents: 17_500 });
const olderOnInvoice = anInvoiceLine({
  id: 8_001,
  productId: older.productId,
  name: older.name,
  quantityHundredths: 100,
  rateCents: 17_500,
});
const withOlder = aPlan({ ticket: aTicket({ lineItems: [older] }) });

describe('an invoice is right', () => {
  test('when it holds exactly what was previewed', () => {
    expect(verifyInvoice(aPlan(), anInvoice(), null)).toEqual([]);
  });

  test('never when it was to hold nothing', () => {
    const nothing = { ...aPlanToInvoice(), olderLines: [], expectedTotalCents: 0 };
    expect(verifyInvoice(nothing, anInvoice({ lines: [], totalCents: 0 }), null)).toEqual([{ kind: 'no_lines' }]);
  });

  test('when older lines stand before ours', () => {
    const invoice = anInvoice({ lines: [olderOnInvoice, anInvoiceLine()], totalCents: 28_750 });
    expect(verifyInvoice(withOlder, invoice, null)).toEqual([]);
  });

  test('when Syncro does not say which ticket it belongs to', () => {
    expect(verifyInvoice(aPlan(), anInvoice({ ticketId: null }), null)).toEqual([]);
  });

  test('when tax is only that of older taxable lines', () => {
    const plan = aPlan({ ticket: aTicket({ lineItems: [{ ...older, taxable: true }] }) });
    const lines = [{ ...olderOnInvoice, taxable: true }, anInvoiceLine()];
    const invoice = anInvoice({ lines, totalCents: 28_750 + 1_505, taxCents: 1_505 });
    expect(verifyInvoice(plan, invoice, null)).toEqual([]);
  });

  test('when two lines share product and hours at different rates', () => {
    const cheaper = aLineItem({ productId: 1_190_473, quantityHundredths: 75, rateCents: 10_000 });
    const plan = aPlan({ ticket: aTicket({ lineItems: [cheaper] }) });
    const lines = [anInvoiceLine({ id: 8_001, rateCents: 10_000 }), anInvoiceLine()];
    expect(verifyInvoice(plan, anInvoice({ lines, totalCents: 18_750 }), null)).toEqual([]);
  });
});

test.each([
  ['taxed', { taxable: true }, 968],
  ['discounted', { discounted: true }, 0],
])(
  'an invoice is right when an older line is like ours but for being %s, wherever it stands',
  (_what, fields, taxCents) => {
    const like = { productId: 1_190_473, quantityHundredths: 75, rateCents: 15_000 };
    const plan = aPlan({ ticket: aTicket({ lineItems: [aLineItem({ ...like, ...fields })] }) });
    const lines = [anInvoiceLine({ id: 8_001, ...like, ...fields }), anInvoiceLine()];
    for (const order of [lines, lines.toReversed()]) {
      const invoice = anInvoice({ lines: order, totalCents: 22_500 + taxCents, taxCents });
      expect(verifyInvoice(plan, invoice, null)).toEqual([]);
    }
  },
);

describe('an invoice is right by Syncro’s own decimals', () => {
  const twentyLogged = aLineItem({ quantityHundredths: 33.33, rateCents: 17_500 });
  const logged = aPlan({ ticket: aTicket({ lineItems: [twentyLogged] }) });
  const lines = [anInvoiceLine(), { ...olderOnInvoice, quantityHundredths: 33.33 }];

  test('when 20 minutes that were logged are 0.3333 h', () => {
    expect(logged.expectedTotalCents).toBe(17_083);
    expect(verifyInvoice(logged, anInvoice({ lines, totalCents: 17_083 }), null)).toEqual([]);
    const cut = [anInvoiceLine(), { ...olderOnInvoice, quantityHundredths: 33 }];
    expect(verifyInvoice(logged, anInvoice({ lines: cut, totalCents: 17_025 }), null)).toMatchObject([
      { kind: 'total', expectedCents: 17_083, totalCents: 17_025 },
    ]);
  });

  test('when they are 0.33 h there, at a rate that makes the same of it', () => {
    const free = aPlan({ ticket: aTicket({ lineItems: [{ ...twentyLogged, rateCents: 0 }] }) });
    const cut = [anInvoiceLine(), { ...olderOnInvoice, quantityHundredths: 33, rateCents: 0 }];
    expect(verifyInvoice(free, anInvoice({ lines: cut }), null)).toEqual([]);
  });

  test('when the account keeps two decimals of the hours and adds those up', () => {
    const plan = aPlan({}, { workedMinutes: 10 });
    expect(plan.line).toMatchObject({ quantityHundredths: 16.67, amountCents: 2_501 });
    const kept = [anInvoiceLine({ quantityHundredths: 17 })];
    expect(verifyInvoice(plan, anInvoice({ lines: kept, totalCents: 2_550 }), null)).toEqual([]);
    expect(verifyInvoice(plan, anInvoice({ lines: kept, totalCents: 2_600 }), null)).toMatchObject([
      { kind: 'total_beyond', totalCents: 2_600 },
    ]);
  });

  test('when each line was rounded, or their sum was', () => {
    const again = aLineItem({ productId: 26_184, quantityHundredths: 75, rateCents: 26_250 });
    const twice = aPlan({ ticket: aTicket({ lineItems: [again] }), product: { ...remoteProduct, rateCents: 26_250 } });
    const both = [
      anInvoiceLine({ rateCents: 26_250 }),
      anInvoiceLine({ id: 8_002, productId: 26_184, rateCents: 26_250 }),
    ];
    expect(twice.expectedTotalCents).toBe(39_375);
    for (const totalCents of [39_374, 39_375, 39_376])
      expect(verifyInvoice(twice, anInvoice({ lines: both, totalCents }), null)).toEqual([]);
    expect(verifyInvoice(twice, anInvoice({ lines: both, totalCents: 39_377 }), null)).toMatchObject([
      { kind: 'total' },
    ]);
  });

  test('when an older line has 10 % off, whatever that makes of its price', () => {
    const plan = aPlan({ ticket: aTicket({ lineItems: [{ ...older, discounted: true }] }) });
    expect(plan).toMatchObject({ expectedTotalCents: null, olderLines: [{ discounted: true }] });
    const cheaper = [{ ...olderOnInvoice, discounted: true }, anInvoiceLine()];
    expect(verifyInvoice(plan, anInvoice({ lines: cheaper, totalCents: 27_000 }), null)).toEqual([]);
    for (const totalCents of [11_200, 999_900])
      expect(verifyInvoice(plan, anInvoice({ lines: cheaper, totalCents }), null)).toEqual([
        { kind: 'total_beyond', leastCents: 11_250, mostCents: 28_750, totalCents },
      ]);
    const full = [olderOnInvoice, anInvoiceLine()];
    expect(verifyInvoice(plan, anInvoice({ lines: full, totalCents: 28_750 }), null)).toEqual([
      { kind: 'line_undiscounted', line: plan.olderLines[0] },
    ]);
  });

  test('when a text without product, quantity and price stands between the lines', () => {
    const words = anInvoiceLine({ id: 8_003, productId: null, name: '', quantityHundredths: null, rateCents: null });
    expect(verifyInvoice(aPlan(), anInvoice({ lines: [words, anInvoiceLine()] }), null)).toEqual([]);
  });

  test('when older lines are taxed and the tax is not told', () => {
    const plan = aPlan({ ticket: aTicket({ lineItems: [{ ...older, taxable: true }] }) });
    const taxed = [{ ...olderOnInvoice, taxable: true }, anInvoiceLine()];
    const found = (totalCents: number, taxCents: number | null) =>
      verifyInvoice(plan, anInvoice({ lines: taxed, totalCents, taxCents }), null);
    expect(found(30_255, null)).toEqual([]);
    for (const totalCents of [100, 28_700, 80_000])
      expect(found(totalCents, null)).toEqual([
        { kind: 'total_beyond', leastCents: 28_750, mostCents: 46_250, totalCents },
      ]);
    for (const totalCents of [100, 30_255])
      expect(found(totalCents, 0)).toEqual([{ kind: 'total', expectedCents: 28_750, totalCents }]);
    expect(found(28_750 + 50_000, 50_000)).toEqual([{ kind: 'total', expectedCents: 46_250, totalCents: 78_750 }]);
  });
});

test('a bill that is to be taxed is right with its tax', () => {
  const plan = aPlan({ product: { ...remoteProduct, taxable: true } }, { labor: { ...remoteLabor, followsTax: true } });
  const lines = [anInvoiceLine({ taxable: true })];
  expect(verifyInvoice(plan, anInvoice({ lines, totalCents: 12_229, taxCents: 979 }), null)).toEqual([]);
  expect(verifyInvoice(plan, anInvoice({ lines, totalCents: 13_229, taxCents: 979 }), null)).toMatchObject([
    { kind: 'total', expectedCents: 12_229 },
  ]);
  expect(verifyInvoice(plan, anInvoice({ lines: [anInvoiceLine()] }), null)).toEqual([
    { kind: 'line_untaxed', line: plan.line },
  ]);
});

describe('an invoice is wrong, in words,', () => {
  const plan = aPlan();

  test('when our line is missing', () => {
    expect(verifyInvoice(plan, anInvoice({ lines: [], totalCents: 0 }), null)).toEqual([
      { kind: 'line_missing', line: plan.line },
      { kind: 'total', expectedCents: 11_250, totalCents: 0 },
    ]);
  });

  test('when our line has other hours', () => {
    const invoice = anInvoice({ lines: [anInvoiceLine({ quantityHundredths: 100 })], totalCents: 15_000 });
    expect(verifyInvoice(plan, invoice, null)).toEqual([
      { kind: 'line_missing', line: plan.line },
      { kind: 'line_extra', name: 'Labor - Remote Business', quantityHundredths: 100, rateCents: 15_000 },
      { kind: 'total', expectedCents: 11_250, totalCents: 15_000 },
    ]);
  });

  test.each([
    ['higher', 15_001],
    ['zero, without a block to pay it', 0],
  ])('when the price is %s', (_how, rateCents) => {
    expect(verifyInvoice(plan, anInvoice({ lines: [anInvoiceLine({ rateCents })] }), null)).toEqual([
      { kind: 'line_price', line: plan.line, rateCents },
    ]);
  });

  test('when our line is taxed', () => {
    const invoice = anInvoice({ lines: [anInvoiceLine({ taxable: true })], totalCents: 12_218, taxCents: 968 });
    expect(verifyInvoice(plan, invoice, null)).toEqual([
      { kind: 'line_taxed', line: plan.line },
      { kind: 'total', expectedCents: 11_250, totalCents: 12_218 },
    ]);
  });

  test('when it holds a line that was not previewed', () => {
    const invoice = anInvoice({ lines: [anInvoiceLine(), olderOnInvoice], totalCents: 28_750 });
    expect(verifyInvoice(plan, invoice, null)).toEqual([
      { kind: 'line_extra', name: 'Labor - Onsite Business', quantityHundredths: 100, rateCents: 17_500 },
      { kind: 'total', expectedCents: 11_250, totalCents: 28_750 },
    ]);
  });

  test('when it holds our line twice', () => {
    const invoice = anInvoice({ lines: [anInvoiceLine(), anInvoiceLine({ id: 8_002 })] });
    expect(verifyInvoice(plan, invoice, null)).toMatchObject([{ kind: 'line_extra' }]);
  });

  test('when an older line is missing', () => {
    expect(verifyInvoice(withOlder, anInvoice({ totalCents: 28_750 }), null)).toEqual([
      { kind: 'line_missing', line: withOlder.olderLines[0] },
    ]);
  });

  test('when only the total differs, by a cent', () => {
    expect(verifyInvoice(plan, anInvoice({ totalCents: 11_251 }), null)).toEqual([
      { kind: 'total', expectedCents: 11_250, totalCents: 11_251 },
    ]);
  });

  test('when our line has a discount that nobody previewed', () => {
    const invoice = anInvoice({ lines: [anInvoiceLine({ discounted: true })], totalCents: 10_125 });
    expect(verifyInvoice(plan, invoice, null)).toEqual([
      { kind: 'line_discounted', line: plan.line },
      { kind: 'total', expectedCents: 11_250, totalCents: 10_125 },
    ]);
  });

  test('when a line of a product has no price', () => {
    const lines = [anInvoiceLine(), anInvoiceLine({ id: 8_002, quantityHundredths: null, rateCents: null })];
    expect(verifyInvoice(plan, anInvoice({ lines }), null)).toMatchObject([{ kind: 'line_extra', rateCents: null }]);
  });

  test('when it holds a line that can’t be read', () => {
    const unread = anInvoice({ lines: [], unread: ['Fixed the sync'] });
    expect(verifyInvoice(plan, unread, null)).toEqual([
      { kind: 'line_missing', line: plan.line },
      { kind: 'line_unread', name: 'Fixed the sync' },
    ]);
  });

  test('when it is made out to another customer', () => {
    expect(verifyInvoice(plan, anInvoice({ customerId: 1 }), null)).toEqual([{ kind: 'wrong_customer' }]);
    expect(verifyInvoice(plan, anInvoice({ customerId: null }), null)).toEqual([]);
  });

  test('when it is another ticket’s', () => {
    expect(verifyInvoice(plan, anInvoice({ ticketId: ticketId(1) }), null)).toEqual([{ kind: 'wrong_ticket' }]);
  });
});

describe('a bill paid from a block', () => {
  const plan = aPlan({ customer: aCustomer({ prepaidHundredths: 650 }) });
  const paid = anInvoice({ lines: [anInvoiceLine({ rateCents: 0 })], totalCents: 0 });

  test('is right when the price fell to zero and the block by our hours', () => {
    expect(verifyInvoice(plan, paid, 575)).toEqual([]);
  });

  test('is right when the line keeps its price and the total is zero', () => {
    expect(verifyInvoice(plan, anInvoice({ totalCents: 0 }), 575)).toEqual([]);
  });

  test.each([650, 600, 400, 0])('is wrong when the block fell by something else, to %s', (actualHundredths) => {
    expect(verifyInvoice(plan, paid, actualHundredths)).toEqual([
      { kind: 'block', expectedHundredths: 575, actualHundredths },
    ]);
  });

  test('is right when the block fell by more and older labor may have taken it', () => {
    const more = aPlan({ customer: aCustomer({ prepaidHundredths: 650 }), ticket: aTicket({ lineItems: [older] }) });
    const lines = [anInvoiceLine({ rateCents: 0 }), { ...olderOnInvoice, labor: true, rateCents: 0 }];
    expect(verifyInvoice(more, anInvoice({ lines, totalCents: 0 }), 475)).toEqual([]);
    const server = [anInvoiceLine({ rateCents: 0 }), olderOnInvoice];
    expect(verifyInvoice(more, anInvoice({ lines: server, totalCents: 17_500 }), 475)).toMatchObject([
      { kind: 'block' },
    ]);
  });

  test('is wrong when the block paid our hours but not older ones that it is to pay by the settings', () => {
    const [customer, ticket] = [aCustomer({ prepaidHundredths: 650 }), aTicket({ lineItems: [older] })];
    const more = aPlan({ customer, ticket }, {}, { fromBlock: [remoteProduct.id, 26_118] });
    const lines = [anInvoiceLine({ rateCents: 0 }), { ...olderOnInvoice, labor: true }];
    expect(verifyInvoice(more, anInvoice({ lines, totalCents: 17_500 }), 575)).toEqual([
      { kind: 'block', expectedHundredths: 475, actualHundredths: 575 },
    ]);
    const paidBoth = [anInvoiceLine({ rateCents: 0 }), { ...olderOnInvoice, labor: true, rateCents: 0 }];
    expect(verifyInvoice(more, anInvoice({ lines: paidBoth, totalCents: 0 }), 475)).toEqual([]);
  });

  test('is wrong when money is charged as well', () => {
    expect(verifyInvoice(plan, anInvoice(), 575)).toEqual([{ kind: 'total', expectedCents: 0, totalCents: 11_250 }]);
  });

  test('is wrong when something else than labor costs nothing', () => {
    const server = aLineItem({ productId: 9, name: 'Server', quantityHundredths: 100, rateCents: 200_000 });
    const hardware = aPlan({
      customer: aCustomer({ prepaidHundredths: 650 }),
      ticket: aTicket({ lineItems: [server] }),
    });
    const free = anInvoiceLine({ id: 8_002, productId: 9, name: 'Server', quantityHundredths: 100, rateCents: 0 });
    const lines = [anInvoiceLine({ rateCents: 0 }), free];
    expect(verifyInvoice(hardware, anInvoice({ lines, totalCents: 0 }), 575)).toEqual([
      { kind: 'line_price', line: hardware.olderLines[0], rateCents: 0 },
      { kind: 'total_beyond', leastCents: 200_000, mostCents: 211_250, totalCents: 0 },
    ]);
    const charged = [anInvoiceLine({ rateCents: 0 }), { ...free, rateCents: 200_000 }];
    expect(verifyInvoice(hardware, anInvoice({ lines: charged, totalCents: 200_000 }), 575)).toEqual([]);
  });

  test('is right when older labor was paid as well, ours first or last', () => {
    const more = aPlan({ customer: aCustomer({ prepaidHundredths: 150 }), ticket: aTicket({ lineItems: [older] }) });
    const onsite = (rateCents: number) => ({ ...olderOnInvoice, labor: true, rateCents });
    for (const [lines, totalCents] of [
      [[anInvoiceLine({ rateCents: 0 }), onsite(17_500 / 4)], 4_375],
      [[onsite(0), anInvoiceLine({ rateCents: 5_000 })], 3_750],
    ] as const)
      expect(verifyInvoice(more, anInvoice({ lines, totalCents }), 0)).toEqual([]);
    const both = [anInvoiceLine({ rateCents: 0 }), onsite(0)];
    expect(verifyInvoice(more, anInvoice({ lines: both, totalCents: 0 }), 0)).toMatchObject([
      { kind: 'line_price', rateCents: 0 },
      { kind: 'total_beyond' },
    ]);
  });

  test('of labor that does not debit it may take older lines that do', () => {
    const labor = { ...remoteLabor, debitsPrepaid: false };
    const project = aPlan(
      { customer: aCustomer({ prepaidHundredths: 150 }), ticket: aTicket({ lineItems: [older] }) },
      { labor },
    );
    const lines = [anInvoiceLine(), { ...olderOnInvoice, labor: true, rateCents: 0 }];
    expect(verifyInvoice(project, anInvoice({ lines, totalCents: 11_250 }), null)).toEqual([]);
    const free = [anInvoiceLine({ rateCents: 0 }), olderOnInvoice];
    expect(verifyInvoice(project, anInvoice({ lines: free, totalCents: 17_500 }), null)).toMatchObject([
      { kind: 'line_price', line: project.line, rateCents: 0 },
      { kind: 'total', expectedCents: 28_750 },
    ]);
  });

  test('pays no older labor that does not debit it by the settings', () => {
    const [customer, ticket] = [aCustomer({ prepaidHundredths: 1_000 }), aTicket({ lineItems: [older] })];
    const word = (productId: number, debitsPrepaid: boolean) => ({ ...remoteLabor, productId, debitsPrepaid });
    const labor = [word(26_118, false), word(9, false), word(9, true)];
    expect(blockPolicy(labor)).toEqual({ fromBlock: [9], neverFromBlock: [26_118] });
    const project = aPlan({ customer, ticket }, {}, blockPolicy(labor));
    const onsite = (rateCents: number) => ({ ...olderOnInvoice, labor: true, rateCents });
    const free = [anInvoiceLine({ rateCents: 0 }), onsite(0)];
    expect(verifyInvoice(project, anInvoice({ lines: free, totalCents: 0 }), 925)).toEqual([
      { kind: 'line_price', line: project.olderLines[0], rateCents: 0 },
      { kind: 'total_beyond', leastCents: 17_500, mostCents: 28_750, totalCents: 0 },
    ]);
    const charged = [anInvoiceLine({ rateCents: 0 }), onsite(17_500)];
    expect(verifyInvoice(project, anInvoice({ lines: charged, totalCents: 17_500 }), 925)).toEqual([]);
  });

  test('that covers a quarter of an hour does not make eight hours free', () => {
    const quarter = aPlan({ customer: aCustomer({ prepaidHundredths: 25 }) }, { workedMinutes: 480 });
    const free = [anInvoiceLine({ quantityHundredths: 800, rateCents: 0 })];
    expect(verifyInvoice(quarter, anInvoice({ lines: free, totalCents: 0 }), 0)).toEqual([
      { kind: 'line_price', line: quarter.line, rateCents: 0 },
      { kind: 'total_beyond', leastCents: 116_250, mostCents: 120_000, totalCents: 0 },
    ]);
    const kept = [anInvoiceLine({ quantityHundredths: 800 })];
    expect(verifyInvoice(quarter, anInvoice({ lines: kept, totalCents: 0 }), 0)).toMatchObject([
      { kind: 'total_beyond' },
    ]);
    const part = [anInvoiceLine({ quantityHundredths: 800, rateCents: 14_531.25 })];
    expect(verifyInvoice(quarter, anInvoice({ lines: part, totalCents: 116_250 }), 0)).toEqual([]);
  });

  test('that is too small is checked by its lines, and by what it can be worth', () => {
    const small = aPlan({ customer: aCustomer({ prepaidHundredths: 50 }) });
    expect(verifyInvoice(small, anInvoice({ totalCents: 3_750 }), 50)).toEqual([]);
    expect(verifyInvoice(small, anInvoice({ lines: [] }), 0)).toMatchObject([{ kind: 'line_missing' }]);
  });
});

describe('an invoice of what was there', () => {
  const plan = aPlanToInvoice();
  const [waiting] = plan.olderLines;

  test('is right when it holds each of the lines, and nothing else', () => {
    expect(verifyInvoice(plan, anInvoice({ lines: [olderOnInvoice], totalCents: 17_500 }), null)).toEqual([]);
    expect(verifyInvoice(plan, anInvoice({ lines: [], totalCents: 0 }), null)).toEqual([
      { kind: 'line_missing', line: waiting },
      { kind: 'total', expectedCents: 17_500, totalCents: 0 },
    ]);
    const both = [olderOnInvoice, anInvoiceLine()];
    expect(verifyInvoice(plan, anInvoice({ lines: both, totalCents: 28_750 }), null)).toMatchObject([
      { kind: 'line_extra', name: remoteProduct.name },
      { kind: 'total', expectedCents: 17_500, totalCents: 28_750 },
    ]);
  });

  const customer = aCustomer({ prepaidHundredths: 650 });
  const paid = { ...olderOnInvoice, rateCents: 0 };

  test('with labor that the settings know is paid by the block, which falls by just that', () => {
    const known = aPlanToInvoice({ customer }, { fromBlock: [26_118] });
    expect(known).toMatchObject({ prepaid: { afterHundredths: 550, covers: true }, expectedTotalCents: 0 });
    expect(verifyInvoice(known, anInvoice({ lines: [paid], totalCents: 0 }), 550)).toEqual([]);
    for (const actualHundredths of [500, 650])
      expect(verifyInvoice(known, anInvoice({ lines: [paid], totalCents: 0 }), actualHundredths)).toEqual([
        { kind: 'block', expectedHundredths: 550, actualHundredths },
      ]);
    expect(verifyInvoice(known, anInvoice({ lines: [olderOnInvoice], totalCents: 17_500 }), 650)).toMatchObject([
      { kind: 'total', expectedCents: 0, totalCents: 17_500 },
      { kind: 'block' },
    ]);
  });

  test('with a line that the settings do not know may be paid by the block or not: Syncro’s total counts', () => {
    const unknown = aPlanToInvoice({ customer });
    expect(unknown).toMatchObject({ prepaid: null, expectedTotalCents: null });
    const labor = { ...paid, labor: true };
    expect(verifyInvoice(unknown, anInvoice({ lines: [labor], totalCents: 0 }), null)).toEqual([]);
    expect(verifyInvoice(unknown, anInvoice({ lines: [olderOnInvoice], totalCents: 17_500 }), null)).toEqual([]);
    expect(verifyInvoice(unknown, anInvoice({ lines: [paid], totalCents: 0 }), null)).toMatchObject([
      { kind: 'line_price' },
      { kind: 'total' },
    ]);
  });
});
