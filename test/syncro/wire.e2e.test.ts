import { describe, expect, test } from '@jest/globals';
import { personWire } from '../../src/syncro/account.ts';
import { invoiceDetailWire, invoiceLineWire } from '../../src/syncro/invoices.ts';
import {
  cents,
  flag,
  hundredths,
  id,
  optionalCents,
  optionalHundredths,
  optionalText,
  time,
} from '../../src/syncro/wire.ts';
import { lineWire, timerWire } from '../../src/syncro/wire-ticket.ts';

describe('the wire', () => {
  test.each([
    ['64.99', 6499],
    [64.99, 6499],
    ['0.75', 75],
    ['1.0', 100],
    [1.005, 100.5],
    ['0.3333', 33.33],
    [12.345, 1234.5],
    [0.333333, 33.33],
    [262.5, 26250],
    ['1,234.50', 123450],
    ['12,50', 1250],
    ['1.234,50', 123450],
    ['0,3333', 33.33],
    ['0,333', 33.3],
    ['£ 1,234,567.89', 123456789],
    ['-50,00 €', -5000],
    ['0.75e0', 75],
    ['$0.00', 0],
    ['-10.10', -1010],
    [0.1 + 0.2, 30],
  ])('reads %p as %d hundredths', (value, expected) => {
    expect(hundredths.parse(value)).toBe(expected);
  });

  test('rounds to whole cents only what Syncro added up', () => {
    expect(cents.parse('170.8275')).toBe(17_083);
    expect(optionalCents.parse(null)).toBeNull();
  });

  test.each([[''], ['abc'], ['1,250'], ['1,23,4.5'], ['12.5.0'], ['--1'], [null], [undefined], [Number.NaN], [{}]])(
    'takes %p for no amount at all',
    (value) => {
      expect(hundredths.safeParse(value).success).toBe(false);
      expect(optionalHundredths.parse(value)).toBeNull();
    },
  );

  test.each([
    ['2019-11-04T08:59:31.034Z', '2019-11-04T08:59:31.034Z'],
    ['2019-11-04T08:59:31.034-07:00', '2019-11-04T15:59:31.034Z'],
    ['2019-11-04T08:59:31-0700', '2019-11-04T15:59:31.000Z'],
    ['2019-11-04 08:59:31 -0700', '2019-11-04T15:59:31.000Z'],
    ['2019-11-04 08:59:31 UTC', '2019-11-04T08:59:31.000Z'],
    ['2019-11-04T08:59:31', '2019-11-04T08:59:31.000Z'],
    ['2019-11-04 08:59:31', '2019-11-04T08:59:31.000Z'],
    ['2019-11-04', '2019-11-04T00:00:00.000Z'],
  ])('reads the time %s', (value, iso) => {
    expect(new Date(time.parse(value) ?? 0).toISOString()).toBe(iso);
  });

  test.each([[null], [undefined], [''], ['soon'], [{}], [1e300], [Number.NaN]])('reads %p as no time', (value) => {
    expect(time.parse(value)).toBeNull();
  });

  test('takes ids as numbers and as digits, and nothing else', () => {
    expect(id.parse('32164')).toBe(32164);
    expect(id.parse(32164)).toBe(32164);
    for (const bad of ['', 'x', 0, -1, 1.5, null]) expect(id.safeParse(bad).success).toBe(false);
  });

  test('treats empty text as absent and a true of any spelling as true', () => {
    expect(optionalText.parse('')).toBeNull();
    expect(optionalText.parse('1 High')).toBe('1 High');
    expect([true, 'true', 1, '1', false, 'false', null, undefined, 'x'].map((value) => flag.parse(value))).toEqual([
      true,
      true,
      true,
      true,
      false,
      false,
      false,
      false,
      false,
    ]);
  });

  test('knows a discount, and a line of an invoice that is only words', () => {
    const row = { id: 21, item: 'Labor', name: 'd', price: '64.99', quantity: '0.3333', product_id: 11 };
    expect(invoiceLineWire.parse({ ...row, discount_percent: '10.0', discount_dollars: null })).toMatchObject({
      quantity: 33.33,
      price: 6499,
      discount_percent: true,
      discount_dollars: false,
    });
    expect(invoiceLineWire.parse({ ...row, discount_dollars: '5.0' }).discount_dollars).toBe(true);
    expect(invoiceLineWire.parse({ ...row, discount_percent: '0.0' }).discount_percent).toBe(false);
    for (const none of [null, ''])
      expect(invoiceLineWire.parse({ ...row, price: none, quantity: none })).toMatchObject({
        price: null,
        quantity: null,
      });
    expect(invoiceLineWire.safeParse({ ...row, price: 'ten' }).success).toBe(false);
    const invoice = { id: 9, number: '1', total: '1.0', line_items: [row, { ...row, price: 'ten' }] };
    expect(invoiceDetailWire.parse({ invoice }).line_items).toMatchObject({ rows: [{ id: 21 }], odd: [{ name: 'd' }] });
    const line = { id: 1, quantity: '0.3333', price_retail: 12.345, line_discount_percent: 10 };
    expect(lineWire.parse(line)).toMatchObject({ quantity: 33.33, price_retail: 1234.5, line_discount_percent: true });
  });

  test('knows what of a time entry is to be paid for', () => {
    const row = { id: 1, start_time: '2026-11-04T08:00:00Z', end_time: '2026-11-04T10:00:00Z', recorded: false };
    expect(timerWire.parse(row)).toMatchObject({ billable: true, active_duration: null, billable_time: null });
    expect(timerWire.parse({ ...row, billable: false, active_duration: 600, billable_time: '900' })).toMatchObject({
      billable: false,
      active_duration: 600,
      billable_time: 900,
    });
  });

  test('reads people as arrays and as objects', () => {
    expect(personWire.parse([1, 'Joe Doe'])).toEqual({ id: 1, name: 'Joe Doe' });
    expect(personWire.parse({ id: 2, full_name: 'Ann' })).toEqual({ id: 2, name: 'Ann' });
  });
});
