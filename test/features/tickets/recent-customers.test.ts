import { expect, test } from '@jest/globals';
import { createRecentCustomers } from '../../../src/features/tickets/recent-customers.ts';
import type { Customer } from '../../../src/syncro/customer.ts';
import type { Caller } from '../../../src/syncro/ports.ts';
import { aCustomer } from '../../runs/rules/a-ticket.ts';
import { aKey, aManualClock } from '../../syncro/scripted-syncro.ts';

const caller: Caller = { key: aKey('howards-key'), lane: 'person' };

const withCustomer = (changes: Partial<Customer>) => {
  const clock = aManualClock();
  const syncro = { customer: aCustomer(changes), reads: 0 };
  const customer = () => {
    syncro.reads += 1;
    return Promise.resolve(syncro.customer);
  };
  return { clock, syncro, customers: createRecentCustomers({ customer }, clock) };
};

test('a customer is read once for everybody who asks within two minutes', async () => {
  const { clock, syncro, customers } = withCustomer({ prepaidHundredths: null });
  const asked = [customers.recent(caller, 9_001), customers.current(caller, 9_001), customers.current(caller, 9_001)];
  await Promise.all(asked);
  expect(syncro.reads).toBe(1);
  clock.at += 2 * 60_000;
  await customers.current(caller, 9_001);
  expect(syncro.reads).toBe(2);
});

test('a prepaid block is as it is now, and is not read twice for one answer', async () => {
  const { syncro, customers } = withCustomer({ prepaidHundredths: 500 });
  expect((await customers.current(caller, 9_001)).prepaidHundredths).toBe(500);
  expect(syncro.reads).toBe(1);
  syncro.customer = aCustomer({ prepaidHundredths: 425 });
  expect((await customers.recent(caller, 9_001)).prepaidHundredths).toBe(500);
  expect((await customers.current(caller, 9_001)).prepaidHundredths).toBe(425);
  expect((await customers.recent(caller, 9_001)).prepaidHundredths).toBe(425);
  expect(syncro.reads).toBe(2);
});
