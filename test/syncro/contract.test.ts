import { expect, test } from '@jest/globals';
import { activeContracts, type Contract } from '../../src/syncro/contract.ts';

const BURGER = 7;
const now = Date.parse('2026-03-05T05:00:00Z');

const aContract = (fields: Partial<Contract>): Contract => ({
  id: 1,
  name: 'Managed Services',
  customerId: BURGER,
  status: 'Active',
  startsAt: null,
  endsAt: null,
  nonBillableProductIds: [],
  overrides: [],
  ...fields,
});

const at = (text: string) => Date.parse(text);

test.each<[string, boolean, Partial<Contract>]>([
  ['an active one without dates', true, {}],
  ['one that is active in other letters', true, { status: ' ACTIVE' }],
  ['one that Syncro gives no status', true, { status: '' }],
  ['another customer’s', false, { customerId: 8 }],
  ['an expired one', false, { status: 'Expired', endsAt: at('2027-01-01') }],
  ['one that is yet to be signed', false, { status: 'Opportunity' }],
  ['one that begins tomorrow', false, { startsAt: at('2026-03-05') }],
  ['one that begins today', true, { startsAt: at('2026-03-04') }],
  ['one on its last day, at midnight UTC', true, { endsAt: at('2026-03-04') }],
  ['one on its last day, at local midnight', true, { endsAt: at('2026-03-04T00:00:00-07:00') }],
  ['one whose last day is over', false, { endsAt: at('2026-03-03') }],
])('%s holds in Phoenix on the evening of March 4: %p', (_which, holds, fields) => {
  expect(activeContracts([aContract(fields)], BURGER, now, 'America/Phoenix')).toHaveLength(holds ? 1 : 0);
});

test('a customer may have several at once', () => {
  const all = [aContract({}), aContract({ id: 2 }), aContract({ id: 3, status: 'Expired' })];
  expect(activeContracts(all, BURGER, now).map(({ id }) => id)).toEqual([1, 2]);
});
