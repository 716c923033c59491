import { expect, test } from '@jest/globals';
import { activeContracts, type Contract } from '../../src/syncro/contract.ts';
import type { Log } from '../../src/syncro/ports.ts';
import { createResource } from '../../src/syncro/rows.ts';
import { termsReads } from '../../src/syncro/terms.ts';
import { aKey } from './scripted-syncro.ts';

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

test('one that can’t be read holds for whomever it may be of', () => {
  const odd = { id: null, customerId: null, status: 'Active', startsAt: null, endsAt: null } as const;
  expect(activeContracts([odd], BURGER, now)).toEqual([odd]);
  expect(activeContracts([{ ...odd, customerId: BURGER }], BURGER, now)).toHaveLength(1);
  expect(activeContracts([{ ...odd, customerId: 8 }], BURGER, now)).toEqual([]);
  expect(activeContracts([{ ...odd, status: 'Opportunity' }], BURGER, now)).toEqual([]);
});

test('a customer may have several at once', () => {
  const all = [aContract({}), aContract({ id: 2 }), aContract({ id: 3, status: 'Expired' })];
  expect(activeContracts(all, BURGER, now).map(({ id }) => id)).toEqual([1, 2]);
});

test('what is left of rows that can’t be read is of whom they may be, and the log says so', async () => {
  const json = {
    contracts: [null, { id: 'x', customer_id: BURGER, status: 'Active' }, { id: 3, customer_id: BURGER }],
  };
  const logged: object[] = [];
  const log = { warn: (fields: object) => logged.push(fields) } as unknown as Log;
  const { contracts } = termsReads(createResource(() => Promise.resolve(json), log));
  const page = await contracts({ key: aKey('a'), lane: 'person' }, {});
  const nothing = { id: null, status: '', startsAt: null, endsAt: null };
  expect(page.unread).toBeUndefined();
  expect(page.rows).toMatchObject([
    { ...nothing, customerId: null },
    { ...nothing, customerId: BURGER, status: 'Active' },
    { id: 3, customerId: BURGER },
  ]);
  expect(logged).toMatchObject([{ list: 'contracts', left_out: 2 }]);
});
