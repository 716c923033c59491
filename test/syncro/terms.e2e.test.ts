import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Behaviour } from '../../sandbox/syncro/behaviour.ts';
import type { ContractRow, ScheduleRow } from '../../sandbox/syncro/rows.ts';
import { type SyncroSandbox, startSyncro } from '../../sandbox/syncro/start-syncro.ts';
import type { Syncro } from '../../src/syncro/create-syncro.ts';
import { createCustomerTerms } from '../../src/syncro/customer-terms.ts';
import { ticketId } from '../../src/syncro/ticket.ts';
import type { Write } from '../../src/syncro/write.ts';
import { as, connect, failureOf, realClock } from './harness.ts';

let sandbox: SyncroSandbox;
let syncro: Syncro;

beforeEach(async () => {
  sandbox = await startSyncro({ data: 'tiny', requestsPerMinute: 0 });
  sandbox.state.contracts = [];
  sandbox.state.schedules = [];
  syncro = connect(sandbox.url, { requestsPerMinute: 100_000, budget: { take: () => 0, pauseUntil: () => undefined } });
});

afterEach(async () => {
  syncro.close();
  await sandbox.close();
});

const howard = as('run', 'sandbox-howard');
const JERRY = 33401001;
const jerrys = ticketId(108443837);

const aContract = (row: Partial<ContractRow>): ContractRow => ({
  id: 1,
  customer_id: JERRY,
  name: 'Managed Services',
  status: 'Active',
  start_date: '2026-01-01T00:00:00.000Z',
  end_date: null,
  created_at: '2026-01-01T00:00:00.000Z',
  updated_at: '2026-01-01T00:00:00.000Z',
  product_price_overrides: [],
  non_billable_product_ids: [],
  ...row,
});

const aSchedule = (row: Partial<ScheduleRow>): ScheduleRow => ({
  id: 1,
  customer_id: JERRY,
  name: 'Monthly Managed Services',
  frequency: 'Monthly',
  next_run: '2026-12-01T00:00:00.000Z',
  paused: false,
  invoice_unbilled_ticket_charges: true,
  lines: [],
  ...row,
});

const write = async (change: Write) => (await syncro.writes.prepare(howard, change)).send();

const asked = (path: string): number => sandbox.requests.filter((one) => one.path.split('?')[0] === path).length;

describe('contracts', () => {
  test('are read with what they make free and what they price otherwise', async () => {
    const product_price_overrides = [
      { product_id: 26118, blacklisted: false, price: 140 },
      { product_id: 26184, blacklisted: true, price: 0 },
    ];
    sandbox.state.contracts.push(aContract({ product_price_overrides, non_billable_product_ids: [1190473] }));
    const { rows } = await syncro.reads.contracts(howard, {});
    expect(rows).toEqual([
      {
        id: 1,
        name: 'Managed Services',
        customerId: JERRY,
        status: 'Active',
        startsAt: Date.parse('2026-01-01'),
        endsAt: null,
        nonBillableProductIds: [1190473],
        overrides: [
          { productId: 26118, rateCents: 14_000, blacklisted: false },
          { productId: 26184, rateCents: 0, blacklisted: true },
        ],
      },
    ]);
  });

  test.each<[Behaviour['contractPriceField'], number | null]>([
    ['price', 14_000],
    ['price_retail', 14_000],
    ['retail', 14_000],
    [null, null],
  ])('show the price of an override as %s', async (field, rateCents) => {
    sandbox.behaviour.contractPriceField = field;
    const product_price_overrides = [{ product_id: 26118, blacklisted: false, price: 140 }];
    sandbox.state.contracts.push(aContract({ product_price_overrides }));
    const { rows } = await syncro.reads.contracts(howard, {});
    expect(rows).toMatchObject([{ overrides: [{ productId: 26118, rateCents, blacklisted: false }] }]);
  });

  test.each([false, true])(
    'are read to the last page, once for minutes (pages untold: %p)',
    async (listsWithoutMeta) => {
      sandbox.behaviour.listsWithoutMeta = listsWithoutMeta;
      for (let id = 1; id <= 120; id++) sandbox.state.contracts.push(aContract({ id }));
      const terms = createCustomerTerms(syncro.reads, realClock);
      expect(await terms.contracts(howard)).toHaveLength(120);
      const requests = asked('/contracts');
      expect(await terms.contracts(howard)).toHaveLength(120);
      expect(asked('/contracts')).toBe(requests);
    },
  );
});

describe('recurring invoices', () => {
  test('are read with the day of the next one, and whether they take what is charged', async () => {
    sandbox.state.schedules.push(aSchedule({}), aSchedule({ id: 2, customer_id: 33401002 }));
    const { rows } = await syncro.reads.schedules(howard, { customerId: JERRY });
    expect(rows).toEqual([
      {
        id: 1,
        customerId: JERRY,
        name: 'Monthly Managed Services',
        frequency: 'Monthly',
        nextRun: '2026-12-01',
        paused: false,
        takesCharges: true,
      },
    ]);
  });

  test.each([
    ['2026-12-01', '2026-12-01'],
    ['2026-12-01T06:00:00.000-07:00', '2026-12-01'],
    ['2026-12-01T06:00:00.000+13:00', '2026-12-01'],
    ['2026-12-01T13:00:00.000Z', '2026-12-01'],
    ['soon', null],
  ])('whose next day comes as %s run on %s', async (next_run, nextRun) => {
    sandbox.state.schedules.push(aSchedule({ next_run }));
    const { rows } = await syncro.reads.schedules(howard, { customerId: JERRY, page: 1 });
    expect(rows).toMatchObject([{ nextRun }]);
  });

  test('of a customer cost one request for minutes', async () => {
    sandbox.state.schedules.push(aSchedule({}));
    const terms = createCustomerTerms(syncro.reads, realClock);
    for (const _ of [1, 2]) expect(await terms.schedules(howard, JERRY)).toHaveLength(1);
    expect(asked('/schedules')).toBe(1);
  });

  test('are the customer’s own where Syncro sends everybody’s, on however many pages', async () => {
    sandbox.behaviour.schedulesIgnoreCustomer = true;
    for (let id = 1; id <= 30; id++) sandbox.state.schedules.push(aSchedule({ id, customer_id: 33401002 }));
    sandbox.state.schedules.push(aSchedule({ id: 31 }));
    const found = await createCustomerTerms(syncro.reads, realClock).schedules(howard, JERRY);
    expect(found.map(({ id }) => id)).toEqual([31]);
  });

  test('that can’t be read are forgotten, not remembered as none', async () => {
    sandbox.state.schedules.push(aSchedule({}));
    const terms = createCustomerTerms(syncro.reads, realClock);
    sandbox.fault({ kind: '401', path: '/schedules' });
    expect((await failureOf(terms.schedules(howard, JERRY))).code).toBe('not_allowed');
    expect(await terms.schedules(howard, JERRY)).toHaveLength(1);
  });
});

describe('business hours', () => {
  test('are those of the account, without the days on which it is closed', async () => {
    const { businessHours } = await syncro.reads.settings(howard);
    expect(businessHours).toEqual([1, 2, 3, 4, 5].map((weekday) => ({ weekday, opens: '09:00', closes: '17:00' })));
    sandbox.state.settings.business_hours = [
      { day: 'saturday', start: '8:30 AM', end: '12:00 AM', closed: false },
      { day: 'Sunday', start: '', end: '', closed: true },
    ];
    expect(await syncro.reads.settings(howard)).toMatchObject({
      businessHours: [{ weekday: 6, opens: '08:30', closes: '24:00' }],
    });
  });

  const monday = { day: 'Monday', start: '08:00', end: '17:00', closed: false };

  test.each([
    [{ ...monday, start: 'early' }],
    [{ ...monday, day: 'Saturday', start: null, end: null }],
    [{ ...monday, day: 'Saturday', start: '' }],
  ])('are unread, and not none, where a day of them says %j', async (odd) => {
    sandbox.state.settings.business_hours = [monday, odd];
    expect(await syncro.reads.settings(howard)).toMatchObject({ businessHours: 'unread' });
  });

  test('are none where the account keeps none', async () => {
    sandbox.state.settings.business_hours = [{ ...monday, start: 'early' }];
    sandbox.state.settings.business_hours_enabled = false;
    expect(await syncro.reads.settings(howard)).toMatchObject({ businessHours: null });
  });
});

describe('time that nobody pays for', () => {
  const timer = { startedAt: Date.parse('2026-03-02T09:00:00Z'), endedAt: Date.parse('2026-03-02T09:30:00Z') };
  const entry: Write = {
    kind: 'timer',
    ticketId: jerrys,
    timer: { ...timer, notes: 'Under warranty', billable: false },
  };

  test.each([true, false])('is logged, whatever Syncro makes of it (takes it: %p)', async (takes) => {
    sandbox.behaviour.entryTakesBillable = takes;
    const outcome = await write(entry);
    expect(sandbox.requests.at(-1)?.body).toMatchObject({ billable: false });
    if (outcome.outcome !== 'landed' || outcome.id === null) throw new Error(JSON.stringify(outcome));
    const seen = async () => (await syncro.reads.ticket(howard, jerrys)).timers.find(({ id }) => id === outcome.id);
    expect(await seen()).toMatchObject({ notes: 'Under warranty', billable: !takes });
    const decided = { kind: 'timer_billable', ticketId: jerrys, timerId: outcome.id, billable: false } as const;
    expect(await write(decided)).toMatchObject({ outcome: 'landed', id: outcome.id });
    expect(await seen()).toMatchObject({ billable: false });
  });

  test('is answered for, also where the answer says otherwise: what Syncro took is read', async () => {
    const outcome = await write(entry);
    if (outcome.outcome !== 'landed' || outcome.id === null) throw new Error(JSON.stringify(outcome));
    sandbox.behaviour.entryKeepsBillable = true;
    const decided = { kind: 'timer_billable', ticketId: jerrys, timerId: outcome.id, billable: false } as const;
    expect((await write(decided)).outcome).toBe('landed');
    const { timers } = await syncro.reads.ticket(howard, jerrys);
    expect(timers.find(({ id }) => id === outcome.id)).toMatchObject({ billable: true });
  });
});

describe('a draft of an invoice', () => {
  const invoiced = async (): Promise<Write> => {
    const outcome = await write({ kind: 'invoice', ticketId: jerrys, customerId: JERRY, date: '2026-03-04' });
    if (outcome.outcome !== 'landed' || outcome.id === null) throw new Error(JSON.stringify(outcome));
    return { kind: 'invoice_draft', invoiceId: outcome.id };
  };

  test('is made of an invoice, and may be made again', async () => {
    sandbox.state.settings.has_drafts = true;
    const draft = await invoiced();
    for (const _ of [1, 2]) expect((await write(draft)).outcome).toBe('landed');
    expect(sandbox.state.invoices.at(-1)).toMatchObject({ is_draft: true });
  });

  test('is refused where the account has none, and once the invoice is paid', async () => {
    const draft = await invoiced();
    expect(await write(draft)).toMatchObject({ outcome: 'refused', status: 404 });
    sandbox.state.settings.has_drafts = true;
    const made = sandbox.state.invoices.at(-1);
    if (made) made.is_paid = true;
    expect(await write(draft)).toMatchObject({ outcome: 'refused', status: 422 });
  });
});
