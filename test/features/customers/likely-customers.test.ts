import { expect, test } from '@jest/globals';
import { likelyCustomers } from '../../../src/features/customers/likely-customers.ts';
import type { CustomerSummary } from '../../../src/syncro/customer.ts';

const row = (fields: Partial<CustomerSummary>): CustomerSummary => ({
  ...{ id: 1, name: 'Desert Dental', personName: 'Dana Ruiz', email: 'dana@desert.example', phone: '5205550123' },
  city: null,
  ...fields,
});
const wanted = (fields: object) => ({ name: 'Zebra', phone: null, email: null, ...fields });

test.each([
  ['the same name otherwise written', { name: 'DESERT-dental' }, true],
  ['a name that begins with it', { name: 'Desert Dental of Mesa' }, true],
  ['the beginning of a name', { name: 'Desert' }, true],
  ['the person behind it', { name: 'dana ruiz' }, true],
  ['the same number with a country’s code', { phone: '+1 520-555-0123' }, true],
  ['the same number without its area', { phone: '555-0123' }, true],
  ['the end of a number', { phone: '0123' }, false],
  ['another number', { phone: '520-555-0124' }, false],
  ['the same address', { email: 'Dana@Desert.example' }, true],
  ['another address', { email: 'ana@desert.example' }, false],
  ['a name that has it in the middle', { name: 'Old Desert Dental' }, false],
  ['nothing in common', {}, false],
])('%s may be the same customer: %j %s', (_what, fields, isLike) => {
  expect(likelyCustomers(wanted(fields), [row({})]).length > 0).toBe(isLike);
});

test('a customer without a name is like nobody', () => {
  expect(likelyCustomers(wanted({}), [row({ name: '', personName: null })])).toEqual([]);
  expect(likelyCustomers(wanted({ name: '…' }), [row({})])).toEqual([]);
});

test('who shares a number or an address comes before who is called so', () => {
  const rows = [
    row({ id: 1, name: 'Zebra Print' }),
    row({ id: 2, name: 'zebra' }),
    row({ id: 3, name: 'Other', phone: '5550199' }),
  ];
  expect(likelyCustomers(wanted({ phone: '520 555 0199' }), rows).map(({ id }) => id)).toEqual([3, 2, 1]);
});
