import { afterEach, describe, expect, test } from '@jest/globals';
import type { Behaviour } from '../../../sandbox/syncro/behaviour.ts';
import type { ContractRow } from '../../../sandbox/syncro/rows.ts';
import type { SyncroSandbox } from '../../../sandbox/syncro/start-syncro.ts';
import { ask, get, inside, jerrys, post, rows, start, stopAll } from './ask.ts';

afterEach(stopAll);

const JERRY = 33401001;
const REMOTE = 1190473;
const ONSITE = 26118;

const contract: ContractRow = {
  id: 301,
  customer_id: JERRY,
  name: 'Managed Services',
  status: 'Active',
  start_date: '2026-01-01T00:00:00.000Z',
  end_date: '2026-11-23T00:00:00.000Z',
  created_at: '2026-01-01T00:00:00.000Z',
  updated_at: '2026-01-01T00:00:00.000Z',
  product_price_overrides: [{ product_id: ONSITE, blacklisted: false, price: 140.125 }],
  non_billable_product_ids: [REMOTE],
};

/** An account in which Jerry has one contract. */
const agreed = async (row: Partial<ContractRow> = {}, behaviour: Partial<Behaviour> = {}) => {
  const syncro = await start({ behaviour });
  syncro.state.contracts = [{ ...contract, ...row }];
  return syncro;
};

const log = async (syncro: SyncroSandbox, productId: number, minutes = 45, more: object = {}) => {
  const from = Date.parse('2026-11-23T20:00:00Z');
  const until = new Date(from + minutes * 60_000);
  const span = { start_at: new Date(from).toISOString(), end_at: until.toISOString(), notes: 'Work' };
  return (await post(syncro, `/tickets/${jerrys}/timer_entry`, { ...span, product_id: productId, ...more })).body;
};

const lines = async (syncro: SyncroSandbox) =>
  rows(inside((await get(syncro, `/tickets/${jerrys}`)).body.ticket).line_items);

const charge = async (syncro: SyncroSandbox, entry: Record<string, unknown>) => {
  await post(syncro, `/tickets/${jerrys}/charge_timer_entry`, { timer_entry_id: entry.id });
  return (await lines(syncro))[0];
};

describe('a contract', () => {
  test('is listed with everybody’s, fifty to a page', async () => {
    const syncro = await agreed();
    syncro.state.contracts.push(...Array.from({ length: 50 }, (_, i) => ({ ...contract, id: i, customer_id: 1 })));
    const { body } = await get(syncro, '/contracts?customer_id=1');
    expect(rows(body.contracts)).toHaveLength(50);
    expect(body.meta).toEqual({ total_pages: 2, total_entries: 51, per_page: 50, page: 1 });
    expect(rows(body.contracts)[0]).toMatchObject({
      id: 301,
      status: 'Active',
      product_price_overrides: [{ product_id: ONSITE, blacklisted: false, price_retail: 140.125 }],
      non_billable_product_ids: [REMOTE],
    });
  });

  test('may keep its price to itself', async () => {
    const syncro = await agreed({}, { contractPriceField: null });
    const [row] = rows((await get(syncro, '/contracts')).body.contracts);
    expect(row?.product_price_overrides).toEqual([{ product_id: ONSITE, blacklisted: false }]);
  });

  test('sets the price of a charged time entry, not of a line that is added', async () => {
    const syncro = await agreed();
    expect(await charge(syncro, await log(syncro, ONSITE))).toMatchObject({ price_retail: 140.125 });
    const line = { product_id: ONSITE, name: 'Labor', description: 'Work', quantity: 1, price_retail: 175 };
    expect((await post(syncro, `/tickets/${jerrys}/add_line_item`, line)).body).toMatchObject({ price_retail: 175 });
  });

  test.each<[string, Partial<ContractRow>, Partial<Behaviour>]>([
    ['that expired yesterday', { end_date: '2026-11-22T00:00:00.000Z' }, {}],
    ['that begins tomorrow', { start_date: '2026-11-24T00:00:00.000Z', end_date: null }, {}],
    ['that is not active', { status: 'Expired' }, {}],
    ['of another customer', { customer_id: 33401002 }, {}],
    [
      'that lists the product as blacklisted',
      { product_price_overrides: [{ product_id: ONSITE, blacklisted: true, price: 1 }] },
      {},
    ],
    ['in an account whose charges don’t look', {}, { chargeAppliesContract: false }],
  ])('%s changes no price', async (_which, row, behaviour) => {
    const syncro = await agreed(row, behaviour);
    expect(await charge(syncro, await log(syncro, ONSITE))).toMatchObject({ price_retail: 175 });
  });

  test('of several, the first that prices the product does', async () => {
    const syncro = await agreed({ product_price_overrides: [] });
    syncro.state.contracts.push(
      { ...contract, id: 302 },
      { ...contract, id: 303, product_price_overrides: [{ product_id: ONSITE, blacklisted: false, price: 1 }] },
    );
    expect(await charge(syncro, await log(syncro, ONSITE))).toMatchObject({ price_retail: 140.125 });
  });

  test('makes labor of its time entries free', async () => {
    const syncro = await agreed();
    expect(await log(syncro, REMOTE)).toMatchObject({ billable: false });
    expect(await log(syncro, ONSITE)).toMatchObject({ billable: true });
  });

  test('is named by its customer, as is a recurring invoice', async () => {
    const syncro = await agreed();
    syncro.state.schedules = [
      {
        ...{ id: 501, customer_id: JERRY, name: 'Monthly', frequency: 'Monthly', next_run: '2027-01-01T00:00:00.000Z' },
        ...{ paused: false, invoice_unbilled_ticket_charges: true, lines: [] },
      },
    ];
    const { body } = await get(syncro, `/customers/${JERRY}`);
    expect(inside(body.customer)).toMatchObject({
      contracts: [{ id: 301, name: 'Managed Services' }],
      recurring_invoices: [{ id: 501, name: 'Monthly' }],
    });
  });
});

describe('a time entry', () => {
  test.each([
    [7, 'seconds', 1800],
    [31, 'seconds', 2700],
    [45, 'minutes', 45],
  ] as const)(
    'of %p minutes is billable by minimum and increment, in %s: %p',
    async (minutes, billableTimeIn, shown) => {
      const syncro = await start({ behaviour: { billableTimeIn } });
      syncro.state.settings.labor_minimum_minutes = { [ONSITE]: 30 };
      syncro.state.settings.labor_increment_minutes = { [ONSITE]: 15 };
      expect(await log(syncro, ONSITE, minutes)).toMatchObject({ active_duration: minutes * 60, billable_time: shown });
    },
  );

  test('is charged by its increment', async () => {
    const syncro = await start();
    syncro.state.settings.labor_increment_minutes = { [ONSITE]: 60 };
    expect(await charge(syncro, await log(syncro, ONSITE))).toMatchObject({ quantity: '1.0' });
  });

  test('is free by the account’s default', async () => {
    const syncro = await start();
    syncro.state.settings.time_not_billable = true;
    expect(await log(syncro, ONSITE)).toMatchObject({ billable: false });
  });

  test.each([true, false])('is free when it is made so, where the account takes that: %p', async (takes) => {
    const syncro = await start({ behaviour: { entryTakesBillable: takes } });
    expect(await log(syncro, ONSITE, 45, { billable: false })).toMatchObject({ billable: !takes });
  });

  test.each([true, false])('may be charged as the default labor, whatever its own is: %p', async (ignored) => {
    const syncro = await start({ behaviour: { chargeIgnoresProduct: ignored } });
    const line = await charge(syncro, await log(syncro, ONSITE));
    expect(line).toMatchObject(ignored ? { product_id: REMOTE, price_retail: 150 } : { product_id: ONSITE });
  });

  test('of taxable labor makes a line that is taxed', async () => {
    const syncro = await start();
    const onsite = syncro.state.products.find(({ id }) => id === ONSITE);
    if (onsite) onsite.taxable = true;
    expect(await charge(syncro, await log(syncro, ONSITE))).toMatchObject({ taxable: true });
  });
});

describe('the account', () => {
  test('keeps the decimals of a rate and of a quantity', async () => {
    const syncro = await start();
    const line = { name: 'Labor', description: 'Work', quantity: 0.3333, price_retail: 150.0625, taxable: false };
    await post(syncro, `/tickets/${jerrys}/add_line_item`, line);
    expect(await lines(syncro)).toMatchObject([{ quantity: '0.3333', price_retail: 150.0625 }]);
  });

  test('takes a discount off a line, in dollars too', async () => {
    const syncro = await start();
    const line = { name: 'Labor', description: 'Work', quantity: 2, price_retail: 100, taxable: false };
    await post(syncro, `/tickets/${jerrys}/add_line_item`, line);
    const [row] = syncro.state.lines.slice(-1);
    if (row) row.discount_dollars = 25;
    expect(await lines(syncro)).toMatchObject([{ discount_dollars: 25 }]);
    const made = await post(syncro, '/invoices', { ticket_id: jerrys, customer_id: JERRY });
    const { id, total } = inside(made.body.invoice);
    expect(total).toBe('175.0');
    const invoice = inside((await get(syncro, `/invoices/${id}`)).body.invoice);
    expect(rows(invoice.line_items)).toMatchObject([{ discount_dollars: '25.0' }]);
  });

  test('says its currency and its hours', async () => {
    const syncro = await start();
    syncro.state.settings.currency_symbol = '€';
    const hours = [{ day: 'Monday', start: '07:00', end: '16:00', closed: false }];
    Object.assign(syncro.state.settings, { business_hours: hours, business_hours_enabled: false });
    const { body } = await get(syncro, '/settings');
    expect(inside(body.locale).currency_symbol).toBe('€');
    expect(body).toMatchObject({ business_hours_enabled: false, business_hours: hours });
  });

  test('forgets with a ticket what was on it, but for what an invoice holds', async () => {
    const syncro = await start();
    const line = { name: 'Labor', description: 'Work', quantity: 1, price_retail: 100, taxable: false };
    await post(syncro, `/tickets/${jerrys}/add_line_item`, line);
    await post(syncro, '/invoices', { ticket_id: jerrys, customer_id: JERRY });
    await post(syncro, `/tickets/${jerrys}/add_line_item`, line);
    await log(syncro, ONSITE);
    expect((await ask(syncro, 'DELETE', `/tickets/${jerrys}`)).status).toBe(200);
    const left = [...syncro.state.lines, ...syncro.state.comments, ...syncro.state.timers].filter(
      (row) => row.ticket_id === jerrys,
    );
    expect(left).toMatchObject([{ converted: true }]);
  });
});
