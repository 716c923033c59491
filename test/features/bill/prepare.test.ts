import { expect, test } from '@jest/globals';
import { openSqlite } from '../../../src/database/sqlite.ts';
import { createLaborRates } from '../../../src/features/bill/labor-rates.ts';
import { createBilling } from '../../../src/features/bill/prepare.ts';
import { createRecentProducts } from '../../../src/features/bill/recent-products.ts';
import { createIdentity } from '../../../src/features/keys/identity.ts';
import { createRecentCustomers } from '../../../src/features/tickets/recent-customers.ts';
import { createTicketMemory } from '../../../src/features/tickets/store/ticket-memory.ts';
import { NOTHING_PROMISED } from '../../../src/features/tickets/unbilled.ts';
import { createOpenedForms } from '../../../src/runs/opened-forms.ts';
import { createForms } from '../../../src/runs/store/forms.ts';
import { createRuns } from '../../../src/runs/store/runs.ts';
import { createAccountLists } from '../../../src/syncro/account-lists.ts';
import { createCustomerTerms } from '../../../src/syncro/customer-terms.ts';
import type { SyncroReads } from '../../../src/syncro/ports.ts';
import { byTheMinute } from '../../runs/rules/a-bill.ts';
import { aRun } from '../../runs/rules/a-run.ts';
import { howard, jerrysNumber, mike, remoteLabor } from '../../runs/rules/a-ticket.ts';
import { aManualClock, someKeys } from '../../syncro/scripted-syncro.ts';

/** A Syncro that must not be asked. */
const unasked = new Proxy({} as SyncroReads, {
  get: (_target, name) => () => Promise.reject(new Error(`asked for ${String(name)}`)),
});

const aDesk = async () => {
  const db = await openSqlite(':memory:');
  const [forms, runs, clock] = [createForms(db), createRuns(db), aManualClock()];
  const keys = someKeys({ [howard.slackUser]: 'howards-key' });
  const identity = createIdentity({ reads: unasked, keys, clock, sharedWrites: false });
  const ids = { id: () => 'form-1', ref: () => 'K7Q2MX' };
  const memory = createTicketMemory(db);
  const noTimers = { get: () => Promise.resolve(null) };
  const opened = createOpenedForms({ forms, runs, timers: noTimers, clock, ids });
  const lists = createAccountLists(unasked, clock);
  const billing = createBilling({
    reads: unasked,
    memory,
    customers: createRecentCustomers(unasked, clock),
    product: createRecentProducts({ reads: unasked, runs, clock }),
    rates: createLaborRates(unasked, clock),
    identity,
    opened,
    runs,
    clock,
    lists,
    terms: createCustomerTerms(unasked, clock),
    timers: noTimers,
    promised: { on: () => Promise.resolve(NOTHING_PROMISED) },
    labor: [remoteLabor],
    policy: { ...byTheMinute, invoice: 'ask', chargedStatus: null },
  });
  return { runs, opened, billing, clock };
};

const choice = { workedMinutes: 45, labor: remoteLabor, comment: 'Fixed', audience: 'portal' } as const;
const draft = { minutes: '45', labor: 'remote', comment: 'Fixed', audience: 'portal' };

test('a form that was confirmed before is not previewed again, and says under which reference it went', async () => {
  const { runs, opened, billing } = await aDesk();
  const formId = await opened.open(howard, { ticketNumber: jerrysNumber });
  await runs.add(aRun({ formId }));
  await expect(billing.preview(howard, formId, choice)).rejects.toMatchObject({
    code: 'stale',
    message: expect.stringContaining('already confirmed this form (ref K7Q2MX)'),
  });
});

test('a form that was sent and is sent again with something else says so, instead of closing as if that were sent', async () => {
  const { runs, opened } = await aDesk();
  const formId = await opened.open(howard, { ticketNumber: jerrysNumber });
  await opened.keepDraft(howard, formId, draft);
  await runs.add(aRun({ formId }));
  await opened.keepDraft(howard, formId, draft);
  await expect(opened.keepDraft(howard, formId, { ...draft, comment: 'Fixed twice' })).rejects.toMatchObject({
    code: 'stale',
    message: expect.stringContaining('already confirmed this form (ref K7Q2MX)'),
  });
});

test('a press that is heard of only after the preview was asked for changes nothing that is previewed', async () => {
  const { opened } = await aDesk();
  const formId = await opened.open(howard, { ticketNumber: jerrysNumber });
  await opened.noteTyped(howard, formId, { labor: 'onsite' });
  expect((await opened.own(howard, formId)).draft).toEqual({ labor: 'onsite' });
  await opened.keepDraft(howard, formId, draft, { preview: 'p-1', alone: false });
  const before = await opened.own(howard, formId);
  await opened.noteTyped(howard, formId, { labor: 'onsite', comment: '' });
  expect(await opened.own(howard, formId)).toEqual(before);
});

test('another technician can neither preview nor reopen the form', async () => {
  const { opened, billing } = await aDesk();
  const formId = await opened.open(howard, { ticketNumber: jerrysNumber });
  await expect(billing.preview(mike, formId, choice)).rejects.toMatchObject({ code: 'stale' });
  await expect(opened.reopen(mike, formId)).rejects.toMatchObject({ code: 'stale' });
});

test('going back twice keeps what was typed', async () => {
  const { opened } = await aDesk();
  const formId = await opened.open(howard, { ticketNumber: jerrysNumber });
  await opened.keepDraft(howard, formId, draft);
  expect(await opened.isBeingFilledIn(howard, formId)).toBe(false);
  await opened.reopen(howard, formId);
  expect(await opened.reopen(howard, formId)).toMatchObject({ draft });
  expect(await opened.isBeingFilledIn(howard, formId)).toBe(true);
});

test('a form that was left gives its words to the next one like it for a day, unless they were sent', async () => {
  const { opened, clock } = await aDesk();
  const of = { ticketNumber: jerrysNumber, kind: 'bill', draft: {} };
  const next = (isBlank = true) => opened.openWithDraft(howard, of, isBlank);
  const { formId } = await next();
  await opened.leave(howard, formId, { ...draft, comment: '' });
  const leftAt = clock.now();
  expect(await next()).toMatchObject({ draft: { minutes: '45', labor: 'remote' }, savedAt: leftAt });
  expect(await next(false)).toMatchObject({ draft: {}, savedAt: null });
  clock.at = leftAt + 25 * 3_600_000;
  expect(await next()).toMatchObject({ draft: {}, savedAt: null });
});
