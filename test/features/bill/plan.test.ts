import { describe, expect, test } from '@jest/globals';
import { planInvoice } from '../../../src/features/bill/plan.ts';
import { NOTHING_PROMISED, uninvoicedLines } from '../../../src/features/tickets/unbilled.ts';
import { planned, withOlderLine } from '../../../src/runs/rules/bill-plan.ts';
import { billWork } from '../../../src/runs/rules/work.ts';
import type { InvoiceLine } from '../../../src/syncro/invoice.ts';
import type { LineItem } from '../../../src/syncro/ticket.ts';
import { aPlan, aPlanToInvoice, byTheMinute, someFacts } from '../../runs/rules/a-bill.ts';
import {
  aComment,
  aCustomer,
  aLineItem,
  anInvoice,
  anInvoiceLine,
  aTicket,
  hour,
  mike,
  minute,
  noon,
  remoteLabor,
  remoteProduct,
} from '../../runs/rules/a-ticket.ts';

const kindsOf = (plan: Pick<ReturnType<typeof aPlan>, 'warnings'>): string[] => plan.warnings.map(({ kind }) => kind);

describe('a bill of 45 minutes remote at $150.00', () => {
  test('is 0.75 h and $112.50, not taxable even though the product is', () => {
    const { line, expectedTotalCents, warnings } = aPlan();
    expect(line).toEqual({
      productId: 1_190_473,
      name: 'Labor - Remote Business',
      description: 'Fixed the sync',
      quantityHundredths: 75,
      rateCents: 15_000,
      amountCents: 11_250,
      taxable: false,
      createdAt: null,
    });
    expect(expectedTotalCents).toBe(11_250);
    expect(warnings).toEqual([]);
  });

  test('shows worked and billed minutes when the policy rounds', () => {
    const plan = aPlan({}, { workedMinutes: 46 }, { roundUpToMinutes: 15 });
    expect(plan).toMatchObject({ workedMinutes: 46, billedMinutes: 60, expectedTotalCents: 15_000 });
    expect(plan.line.quantityHundredths).toBe(100);
  });

  test('carries the note of the labor type', () => {
    const labor = { ...remoteLabor, word: 'project', note: 'Does not debit the block' };
    expect(aPlan({}, { labor })).toMatchObject({ laborWord: 'project', laborNote: 'Does not debit the block' });
  });

  test('remembers what was on the ticket when it was read', () => {
    const ticket = aTicket({ comments: [aComment({ id: 501 })], lineItems: [aLineItem({ id: 701 })] });
    const invoices = [anInvoice({ id: 3_001, lines: [] })];
    expect(aPlan({ ticket, invoices }).seen).toEqual({
      commentIds: [501],
      lineItemIds: [701],
      invoiceIds: [3_001],
    });
  });

  test('takes a comment that can’t be read for the newest, so that none is new by its id alone', () => {
    const unread = [{ kind: 'comment', id: null, name: '' }] as const;
    const { commentIds } = aPlan({ ticket: aTicket({ unread }) }).seen;
    expect(commentIds).toHaveLength(1);
    expect(Math.max(...commentIds)).toBeGreaterThan(2 ** 52);
  });
});

describe('older lines of the ticket', () => {
  test('that no invoice holds are in the bill by name and amount', () => {
    const ticket = aTicket({ lineItems: [aLineItem({ quantityHundredths: 50, taxable: true })] });
    const plan = aPlan({ ticket });
    expect(plan.olderLines).toMatchObject([{ name: 'Labor - Onsite Business', amountCents: 8_750, taxable: true }]);
    expect(plan.expectedTotalCents).toBe(11_250 + 8_750);
  });

  test('that were to go on a recurring invoice say on which day', () => {
    const ticket = aTicket({ lineItems: [aLineItem({ id: 701 }), aLineItem({ id: 702 })] });
    const days = new Map([[702, '2026-12-01']]);
    for (const { olderLines } of [aPlan({ ticket, days }), aPlanToInvoice({ ticket, days })])
      expect(olderLines.map(({ promisedFor }) => promisedFor)).toEqual([undefined, '2026-12-01']);
  });

  test('that Syncro flags as invoiced are left out', () => {
    expect(aPlan({ ticket: aTicket({ lineItems: [aLineItem({ invoiced: true })] }) }).olderLines).toEqual([]);
  });

  test('that an invoice of the ticket holds are left out although nothing flags them', () => {
    const line = aLineItem({ description: 'Swapped the switch & tested' });
    const onInvoice = anInvoiceLine({
      productId: line.productId,
      quantityHundredths: line.quantityHundredths,
      description: '<p>Swapped the switch &amp; tested</p>',
    });
    expect(
      uninvoicedLines(aTicket({ lineItems: [line] }), [anInvoice({ lines: [onInvoice] })], NOTHING_PROMISED.taken),
    ).toEqual([]);
  });

  test('that an invoice holds with two decimals, or with other words, are left out', () => {
    const line = aLineItem({ description: 'Rebooted it – done', quantityHundredths: 33.33 });
    const onInvoice = anInvoiceLine({ ...line, id: 8_000, quantityHundredths: 33 });
    const open = (fields: Partial<InvoiceLine>, lineItems = [line]) =>
      uninvoicedLines(
        aTicket({ lineItems }),
        [anInvoice({ lines: [{ ...onInvoice, ...fields }] })],
        NOTHING_PROMISED.taken,
      );
    expect(open({})).toEqual([]);
    expect(open({ description: 'Rebooted it - done' })).toEqual([]);
    const next = { ...line, id: 701, description: 'Rebooted it again' };
    expect(open({}, [next, line])).toEqual([next]);
    expect(open({ description: '?' }, [next, { ...line, invoiced: true }])).toEqual([next]);
  });

  test('pair one to one with invoiced ones: of two equal lines and one invoiced, one is left', () => {
    const lines = [aLineItem({ id: 701 }), aLineItem({ id: 702 })];
    const onInvoice = anInvoiceLine({ productId: 26_118, quantityHundredths: 100, description: 'Swapped the switch' });
    const open = uninvoicedLines(
      aTicket({ lineItems: lines }),
      [anInvoice({ lines: [onInvoice] })],
      NOTHING_PROMISED.taken,
    );
    expect(open.map(({ id }) => id)).toEqual([702]);
  });

  test('of which one is flagged: that one is the one on the invoice, wherever it stands in the list', () => {
    const onInvoice = anInvoiceLine({ productId: 26_118, quantityHundredths: 100, description: 'Swapped the switch' });
    const lineItems = [aLineItem({ id: 702, invoiced: false }), aLineItem({ id: 701, invoiced: true })];
    const open = uninvoicedLines(aTicket({ lineItems }), [anInvoice({ lines: [onInvoice] })], NOTHING_PROMISED.taken);
    expect(open.map(({ id }) => id)).toEqual([702]);
  });

  test('that are younger than the invoice are not on it, whatever somebody put there by hand', () => {
    const onInvoice = anInvoiceLine({ productId: 26_118, quantityHundredths: 100, description: 'Swapped the switch' });
    const open = (createdAt: number) =>
      uninvoicedLines(
        aTicket({ lineItems: [aLineItem({ createdAt })] }),
        [anInvoice({ createdAt: noon, lines: [onInvoice] })],
        NOTHING_PROMISED.taken,
      );
    expect(open(noon)).toEqual([]);
    expect(open(noon + 1)).toHaveLength(1);
  });

  test.each([
    ['product', { productId: 1 }],
    ['hours', { quantityHundredths: 99 }],
    ['text', { description: 'Something else' }],
  ])('with another %s than the invoiced one stay in the bill', (_what, difference) => {
    const onInvoice = anInvoiceLine({
      productId: 26_118,
      quantityHundredths: 100,
      description: 'Swapped the switch',
      ...difference,
    });
    const ticket = aTicket({ lineItems: [aLineItem()] });
    expect(uninvoicedLines(ticket, [anInvoice({ lines: [onInvoice] })], NOTHING_PROMISED.taken)).toHaveLength(1);
  });
});

describe('a prepaid block', () => {
  const customer = (prepaidHundredths: number | null) => aCustomer({ prepaidHundredths });

  test('falls by the billed hours, and a $0.00 invoice is right', () => {
    const plan = aPlan({ customer: customer(650) });
    expect(plan.prepaid).toEqual({ beforeHundredths: 650, afterHundredths: 575, covers: true });
    expect(plan.expectedTotalCents).toBe(0);
    expect(kindsOf(plan)).toEqual([]);
  });

  test('of exactly the billed hours covers them', () => {
    expect(aPlan({ customer: customer(75) }).prepaid).toEqual({
      beforeHundredths: 75,
      afterHundredths: 0,
      covers: true,
    });
  });

  test('that is too small is warned of, and the total is not known beforehand', () => {
    const plan = aPlan({ customer: customer(50) });
    expect(plan.prepaid).toEqual({ beforeHundredths: 50, afterHundredths: 0, covers: false });
    expect(plan.expectedTotalCents).toBeNull();
    expect(plan.warnings).toEqual([{ kind: 'block_too_small', beforeHundredths: 50 }]);
  });

  test('that is overdrawn pays nothing, which is warned of', () => {
    const overdrawn = [{ kind: 'block_overdrawn', hundredths: 250 }];
    expect(aPlan({ customer: customer(-250) })).toMatchObject({ expectedTotalCents: 11_250, warnings: overdrawn });
    const ticket = aTicket({ lineItems: [aLineItem()] });
    expect(aPlanToInvoice({ ticket, customer: customer(-250) }).warnings).toEqual(overdrawn);
    for (const none of [0, null]) expect(aPlan({ customer: customer(none) }).warnings).toEqual([]);
  });

  test('with older lines leaves the total open: how they draw from it is not known', () => {
    const ticket = aTicket({ lineItems: [aLineItem()] });
    expect(aPlan({ ticket, customer: customer(650) }).expectedTotalCents).toBeNull();
  });

  test('that older lines use up is warned of with what they leave', () => {
    const remoteLine = (quantityHundredths: number) =>
      aTicket({ lineItems: [aLineItem({ id: 701, productId: remoteProduct.id, quantityHundredths })] });
    const beside = (older: number) =>
      aPlan({ ticket: remoteLine(older), customer: customer(200) }, {}, { fromBlock: [remoteProduct.id] });
    expect(beside(200)).toMatchObject({
      prepaid: { beforeHundredths: 200, afterHundredths: 0, covers: false },
      warnings: [{ kind: 'block_too_small', beforeHundredths: 0, why: 'spoken_for' }],
    });
    expect(beside(150).warnings).toEqual([{ kind: 'block_too_small', beforeHundredths: 50, why: 'spoken_for' }]);
    expect(beside(125)).toMatchObject({ prepaid: { afterHundredths: 0, covers: true }, warnings: [] });
  });

  test('is worked out anew where an older line has changed', () => {
    const ticket = aTicket({
      lineItems: [aLineItem({ id: 701, productId: remoteProduct.id, quantityHundredths: 150 })],
    });
    const plan = aPlan({ ticket, customer: customer(200) }, {}, { fromBlock: [remoteProduct.id] });
    const to = (quantityHundredths: number) => ({ quantityHundredths, rateCents: 15_000, productId: remoteProduct.id });
    expect(withOlderLine(plan, 701, to(100)).prepaid).toEqual({
      ...{ beforeHundredths: 200, afterHundredths: 25, covers: true, spokenForHundredths: 100 },
    });
    expect(withOlderLine(plan, 701, null)).toMatchObject({
      ...{ prepaid: { beforeHundredths: 200, afterHundredths: 125, covers: true }, expectedTotalCents: 0 },
    });
    expect(withOlderLine(plan, 701, { ...to(300), productId: 9 }).prepaid).toMatchObject({ afterHundredths: 125 });
  });

  test.each([null, 0])('of %p is none', (hundredths) => {
    expect(aPlan({ customer: customer(hundredths) })).toMatchObject({ prepaid: null, expectedTotalCents: 11_250 });
  });

  test('is not touched by labor that does not debit it', () => {
    const labor = { ...remoteLabor, debitsPrepaid: false };
    expect(aPlan({ customer: customer(650) }, { labor })).toMatchObject({ prepaid: null, expectedTotalCents: 11_250 });
  });
});

describe('the preview warns', () => {
  test('of each invoice that the ticket has', () => {
    const invoice = anInvoice({ number: '4444', totalCents: 9_900, createdAt: noon - hour, lines: [] });
    expect(aPlan({ invoices: [invoice] }).warnings).toEqual([
      { kind: 'has_invoice', id: invoice.id, number: '4444', totalCents: 9_900, createdAt: noon - hour },
    ]);
  });

  test('of an equal line of the last day, also somebody else’s', () => {
    const equal = { productId: remoteProduct.id, quantityHundredths: 75, technicianId: mike.syncroUserId };
    const recent = aLineItem({ ...equal, createdAt: noon - 23 * hour });
    expect(aPlan({ ticket: aTicket({ lineItems: [recent] }) }).warnings).toMatchObject([
      { kind: 'equal_line', line: { quantityHundredths: 75 } },
    ]);
    const old = aLineItem({ ...equal, createdAt: noon - 24 * hour });
    expect(kindsOf(aPlan({ ticket: aTicket({ lineItems: [old] }) }))).toEqual([]);
    const other = aLineItem({ ...equal, quantityHundredths: 74, createdAt: noon - hour });
    expect(kindsOf(aPlan({ ticket: aTicket({ lineItems: [other] }) }))).toEqual([]);
  });

  test('of an equal comment of the last day, also in HTML and somebody else’s', () => {
    const createdAt = noon - 5 * minute;
    const same = aComment({ body: '<p>Fixed the sync</p>', authorName: mike.name, authorId: 1735, createdAt });
    expect(aPlan({ ticket: aTicket({ comments: [same] }) }).warnings).toEqual([
      { kind: 'equal_comment', author: mike.name, createdAt },
    ]);
    const old = aComment({ body: 'Fixed the sync', createdAt: noon - 24 * hour });
    expect(kindsOf(aPlan({ ticket: aTicket({ comments: [old] }) }))).toEqual([]);
  });

  test('of labor that is taxable in Syncro and billed without tax', () => {
    const product = { ...remoteProduct, taxable: true };
    expect(aPlan({ product })).toMatchObject({
      line: { taxable: false },
      warnings: [{ kind: 'untaxed_product', product: product.name }],
    });
  });

  test('not of labor that is taxed where the product is, by the settings', () => {
    const labor = { ...remoteLabor, followsTax: true };
    const product = { ...remoteProduct, taxable: true };
    expect(aPlan({ product }, { labor })).toMatchObject({ line: { taxable: true }, warnings: [] });
    expect(aPlan({}, { labor })).toMatchObject({ line: { taxable: false }, warnings: [] });
    const [, line] = billWork(
      aTicket(),
      aPlan({ product }, { labor }),
      { id: 1750, name: 'Howard Enos' },
      noon,
    ).actions;
    expect(line).toMatchObject({ kind: 'line_item', item: { taxable: true } });
  });

  test('of timer entries that nobody charged, pauses left out, not of charged, running and unbillable ones', () => {
    const entry = { notes: '', recorded: false, technicianId: 1750, lineItemId: null, startedAt: noon - hour };
    const timers = [
      { ...entry, id: 1, endedAt: noon - 18 * minute },
      { ...entry, id: 2, endedAt: noon - 30 * minute, activeSeconds: 600 },
      { ...entry, id: 3, endedAt: noon, recorded: true },
      { ...entry, id: 4, endedAt: null },
      { ...entry, id: 5, endedAt: noon, billable: false },
    ];
    expect(aPlan({ ticket: aTicket({ timers }) }).warnings).toEqual([
      { kind: 'uncharged_timers', count: 2, minutes: 52 },
    ]);
    expect(kindsOf(aPlan({ ticket: aTicket({ timers: timers.slice(2) }) }))).toEqual([]);
  });

  test('of a bill of the same ticket under way', () => {
    expect(aPlan({ billingNow: mike.name }).warnings).toEqual([{ kind: 'billed_now', by: mike.name }]);
  });

  test('of a zero rate', () => {
    expect(aPlan({ product: { ...remoteProduct, rateCents: 0 } }).warnings).toEqual([
      { kind: 'zero_rate', product: 'Labor - Remote Business' },
    ]);
  });

  test.each<[string, Partial<LineItem>, string, number | null]>([
    // 45 min at $150.00 are $112.50, less $500.00.
    ['negative rate', { rateCents: -50_000 }, 'negative_line', -38_750],
    ['negative number of hours', { quantityHundredths: -100, rateCents: 50_000 }, 'negative_line', -38_750],
    ['rate of zero', { rateCents: 0 }, 'free_line', 11_250],
    ['discount', { discounted: true }, 'discounted_line', null],
  ])('of an older line with a %s', (_what, fields, kind, total) => {
    const item = aLineItem(fields);
    const plan = aPlan({ ticket: aTicket({ lineItems: [item] }) });
    expect(plan.warnings).toEqual([{ kind, line: { id: item.id, ...planned(item) } }]);
    expect(plan.expectedTotalCents).toBe(total);
  });

  test('of a disabled product', () => {
    expect(aPlan({ product: { ...remoteProduct, disabled: true } }).warnings).toEqual([
      { kind: 'disabled_product', product: 'Labor - Remote Business' },
    ]);
  });

  test('of more than 8 hours, not of 8', () => {
    expect(aPlan({}, { workedMinutes: 481 }).warnings).toEqual([{ kind: 'unusual_minutes', minutes: 481 }]);
    expect(kindsOf(aPlan({}, { workedMinutes: 480 }))).toEqual([]);
  });

  test('that nobody can be emailed, only when the comment is to be emailed', () => {
    const nobody = { ticket: aTicket({ contact: null, customerEmail: null }), customer: aCustomer({ email: null }) };
    expect(aPlan(nobody).warnings).toEqual([{ kind: 'no_email_address' }]);
    expect(kindsOf(aPlan(nobody, { audience: 'portal' }))).toEqual([]);
  });

  test('that Syncro is told not to email the customer, only when the comment is to be emailed', () => {
    const marked = { ticket: aTicket({ customerNoEmail: true }) };
    expect(aPlan(marked).warnings).toEqual([{ kind: 'told_not_to_email' }]);
    expect(aPlan(marked).comment.emailTo).not.toBeNull();
    expect(kindsOf(aPlan(marked, { audience: 'internal' }))).toEqual([]);
  });

  test('that the account has no such status, and then none is set', () => {
    const plan = aPlan({ statuses: ['New', 'invoiced'] });
    expect(plan.warnings).toEqual([{ kind: 'no_status', status: 'Invoiced' }]);
    expect(plan.status).toBeNull();
    expect(aPlan().status).toBe('Invoiced');
  });

  test('of the day that the invoice bears while nobody knows the account’s time zone', () => {
    const lateInPhoenix = Date.parse('2026-11-30T20:00:00-07:00');
    expect(aPlan({ timeZone: null, now: lateInPhoenix }).warnings).toEqual([
      { kind: 'no_time_zone', day: '2026-12-01' },
    ]);
  });
});

describe('the comment is emailed', () => {
  const contact = { id: 44, name: 'Jerry Burger', email: null, phone: null };

  test('to the contact before the customer', () => {
    expect(aPlan().comment.emailTo).toBe('jerry@burger.example');
    expect(aPlan({ ticket: aTicket({ contact }) }).comment.emailTo).toBe('office@burger.example');
    expect(aPlan({ ticket: aTicket({ contact: null }) }).comment.emailTo).toBe('office@burger.example');
    const customer = aCustomer({ email: null });
    expect(aPlan({ ticket: aTicket({ contact }), customer }).comment.emailTo).toBe('office@burger.example');
  });

  test('to the address that the ticket names, for the customer may have been read a while ago', () => {
    const ticket = aTicket({ contact, customerEmail: 'new@burger.example' });
    const customer = aCustomer({ email: 'old@burger.example' });
    expect(aPlan({ ticket, customer }).comment.emailTo).toBe('new@burger.example');
    const silent = aTicket({ contact, customerEmail: null });
    expect(aPlan({ ticket: silent, customer }).comment.emailTo).toBe('old@burger.example');
  });

  test.each(['portal', 'internal'] as const)('to nobody when it is for %s', (audience) => {
    expect(aPlan({}, { audience }).comment).toEqual({ body: 'Fixed the sync', audience, emailTo: null });
  });
});

describe('an invoice of what is charged on the ticket', () => {
  const line = (fields: Parameters<typeof aLineItem>[0] = {}) => aLineItem({ ...fields });
  const of = (...lineItems: ReadonlyArray<ReturnType<typeof line>>) => ({ ticket: aTicket({ lineItems }) });

  test('takes each line that no invoice holds, and needs at least one', () => {
    const ticket = aTicket({ lineItems: [line({ id: 701 }), line({ id: 702, invoiced: true }), line({ id: 703 })] });
    const plan = aPlanToInvoice({ ticket });
    expect(plan.olderLines.map(({ id }) => id)).toEqual([701, 703]);
    expect(plan).toMatchObject({ expectedTotalCents: 35_000, prepaid: null, status: 'Invoiced', warnings: [] });
    expect(plan.line).toBeUndefined();
    expect(plan.seen).toEqual({ commentIds: [], lineItemIds: [701, 702, 703], invoiceIds: [] });
    expect(planInvoice(someFacts(of(line({ invoiced: true }))), byTheMinute)).toBeNull();
    expect(planInvoice(someFacts(of()), byTheMinute)).toBeNull();
  });

  test('is told by the invoices where the account flags no lines', () => {
    const held = anInvoiceLine({ productId: 26_118, quantityHundredths: 100, description: 'Swapped the switch' });
    const facts = { ...of(line({ id: 701 }), line({ id: 702 })), invoices: [anInvoice({ lines: [held] })] };
    expect(aPlanToInvoice(facts).olderLines).toHaveLength(1);
    expect(kindsOf(aPlanToInvoice(facts))).toEqual(['has_invoice']);
  });

  test.each([
    ['nothing of which debits it is charged', 1_000, [], [26_118], null, null],
    ['that covers it', 1_000, [26_118], [], { afterHundredths: 900, covers: true }, 0],
    ['that is too small', 50, [26_118], [], { afterHundredths: 0, covers: false }, null],
    ['of which nobody knows whether it pays', 1_000, [], [], null, null],
  ])('with a block %s', (_what, prepaidHundredths, fromBlock, neverFromBlock, prepaid, expectedTotalCents) => {
    const plan = aPlanToInvoice({ customer: aCustomer({ prepaidHundredths }) }, { fromBlock, neverFromBlock });
    expect(plan.expectedTotalCents).toBe(expectedTotalCents);
    if (prepaid) expect(plan.prepaid).toMatchObject(prepaid);
    else expect(plan.prepaid).toBeNull();
  });

  test('with a block and a line that the settings do not know comes to what Syncro makes of it', () => {
    const facts = {
      ...of(line(), line({ id: 702, productId: 55 })),
      customer: aCustomer({ prepaidHundredths: 1_000 }),
    };
    expect(aPlanToInvoice(facts, { fromBlock: [26_118] })).toMatchObject({ prepaid: null, expectedTotalCents: null });
  });

  test('of a line with a discount comes to what Syncro makes of it', () => {
    expect(aPlanToInvoice(of(line({ discounted: true }))).expectedTotalCents).toBeNull();
  });

  test('warns of what speaks against it, and of nothing that is only a new bill’s', () => {
    const facts = { ...of(line({ rateCents: 0 }), line({ id: 702, rateCents: -5_000 })), billingNow: 'Mike Swain' };
    const plan = aPlanToInvoice({ ...facts, statuses: [], timeZone: null, invoices: [anInvoice({ lines: [] })] });
    expect(kindsOf(plan).toSorted()).toEqual(
      ['billed_now', 'has_invoice', 'no_status', 'no_time_zone', 'free_line', 'negative_line'].toSorted(),
    );
    expect(plan.status).toBeNull();
  });
});
