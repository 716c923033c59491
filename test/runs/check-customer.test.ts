import { describe, expect, test } from '@jest/globals';
import { createIdentity } from '../../src/features/keys/identity.ts';
import { findCustomer } from '../../src/runs/check-customer.ts';
import { decide } from '../../src/runs/rules/decide.ts';
import { conclude } from '../../src/runs/rules/moves.ts';
import { reconcile } from '../../src/runs/rules/reconcile.ts';
import { currentStep, type Run } from '../../src/runs/rules/run.ts';
import { isWrite } from '../../src/runs/rules/step.ts';
import type { CustomerSummary } from '../../src/syncro/customer.ts';
import { aManualClock, aScriptedSyncro, someKeys } from '../syncro/scripted-syncro.ts';
import { aCreateRun } from './rules/a-create-run.ts';
import { anUnclear, author, sending, settings } from './rules/a-run.ts';
import { howard, noon } from './rules/a-ticket.ts';

const newCustomer = { name: 'Zebra Print', phone: '520-555-0199', email: 'desk@zebra.example' };
const made: CustomerSummary = {
  ...{ id: 70, name: 'Zebra Print', personName: null, email: 'desk@zebra.example', phone: '5205550199', city: null },
};
const known = { id: 60, name: 'Zebra Print', personName: null, email: null, phone: null, city: null };

const aRun = (fields = {}): Run =>
  aCreateRun(
    { customerId: null, newCustomer: { ...newCustomer, ...fields } },
    { customerName: 'Zebra Print', customerIds: [60] },
  );

const withCustomers = (...customers: CustomerSummary[]) => {
  const clock = aManualClock();
  const syncro = aScriptedSyncro(clock);
  syncro.customers = [known, ...customers];
  const { reads } = syncro;
  const identity = createIdentity({ reads, keys: someKeys({ [howard.slackUser]: 'key' }), clock, sharedWrites: false });
  return { reads, identity, clock, settings };
};

describe('a run that makes a customer', () => {
  test('sends the customer before the ticket, whose customer is not known yet', () => {
    expect(aRun().steps.map(({ action }) => action)).toMatchObject([
      { kind: 'customer', businessName: 'Zebra Print', phone: '520-555-0199', email: 'desk@zebra.example' },
      { kind: 'ticket', customerId: null },
    ]);
    const [, ticket] = aRun().steps;
    expect(ticket && isWrite(ticket.action)).toBe(false);
    expect(aRun().ticket.customerId).toBe(0);
  });

  test('makes the ticket the customer’s whom Syncro named', async () => {
    const answered = conclude(sending(aRun()), { outcome: 'landed', id: 70, number: null }, noon);
    const run = await findCustomer(withCustomers(), answered);
    expect(currentStep(run)?.action).toMatchObject({ kind: 'ticket', customerId: 70 });
    expect(run.ticket.customerId).toBe(70);
  });

  test.each<[string, CustomerSummary[], object]>([
    ['there is one', [made], { action: { customerId: 70 }, state: { phase: 'planned' } }],
    [
      'there is none',
      [],
      {
        action: { customerId: null },
        state: { question: { kind: 'unverifiable', message: expect.stringContaining('not in Syncro') } },
      },
    ],
    [
      'there are two',
      [made, { ...made, id: 71 }],
      {
        action: { customerId: null },
        state: { question: { kind: 'unverifiable', message: expect.stringContaining('(70, 71)') } },
      },
    ],
  ])('on a person’s word that the customer is there, when %s', async (_when, customers, step) => {
    const onAWord = decide(anUnclear(aRun()), { kind: 'it_is_there', step: 0 }, noon);
    expect(currentStep(await findCustomer(withCustomers(...customers), onAWord))).toMatchObject(step);
  });
});

describe('a customer that got no answer', () => {
  const intent = { at: noon, settledAt: noon + 150_000, author };
  const look = (fields: object, ...customers: CustomerSummary[]) => {
    const run = aRun(fields);
    const action = run.steps[0]?.action;
    if (action?.kind !== 'customer') throw new Error('no customer');
    return reconcile(action, intent, run.known, { customers: [known, ...customers] });
  };

  test.each<[string, object, CustomerSummary[], object]>([
    ['is there as it was sent', {}, [made], { result: 'landed', id: 70 }],
    ['was there before', {}, [], { result: 'absent' }],
    [
      'reads otherwise, and has its number and address',
      {},
      [{ ...made, name: 'Zebra' }],
      { result: 'unclear', candidates: [70] },
    ],
    [
      'has the name and another address',
      {},
      [{ ...made, email: 'a@b.example' }],
      { result: 'unclear', candidates: [70] },
    ],
    [
      'has nothing but the name, as it was sent',
      { phone: null, email: null },
      [{ ...made, phone: null, email: null }],
      { result: 'landed', id: 70 },
    ],
    ['is somebody else', {}, [{ ...made, name: 'Other', phone: '5205550100' }], { result: 'absent' }],
    ['is there twice', {}, [made, { ...made, id: 71 }], { result: 'unclear', candidates: [70, 71] }],
  ])('%s', (_what, fields, customers, found) => {
    expect(look(fields, ...customers)).toMatchObject(found);
  });
});
