import { afterEach, describe, expect, test } from '@jest/globals';
import type { ScheduleRow } from '../../../sandbox/syncro/rows.ts';
import type { SyncroOptions, SyncroSandbox } from '../../../sandbox/syncro/start-syncro.ts';
import { get, inside, jerrys, noon, post, rows, start, stopAll } from './ask.ts';

afterEach(stopAll);

const JERRY = 33401001;
const HOUR = 3_600_000;
/** 6:00 on December 1 in Phoenix. */
const due = Date.parse('2026-12-01T13:00:00Z');

const monthly: ScheduleRow = {
  id: 501,
  customer_id: JERRY,
  name: 'Monthly Managed Services',
  frequency: 'Monthly',
  next_run: '2026-12-01T00:00:00.000Z',
  paused: false,
  invoice_unbilled_ticket_charges: true,
  lines: [],
};

/** An account with one recurring invoice and one charged line, and a clock that tests move. */
const charged = async (schedule: Partial<ScheduleRow> = {}, options: SyncroOptions = {}) => {
  const clock = { at: noon };
  const syncro = await start({ now: () => clock.at, ...options });
  syncro.state.lines = syncro.state.lines.filter((line) => line.invoice_id !== null);
  syncro.state.schedules = [{ ...monthly, ...schedule }];
  const line = { name: 'Labor', description: 'Work', product_id: 1190473, quantity: 0.75, price_retail: 150 };
  await post(syncro, `/tickets/${jerrys}/add_line_item`, { ...line, taxable: false });
  return { syncro, clock };
};

const lineOf = async (syncro: SyncroSandbox) =>
  rows(inside((await get(syncro, `/tickets/${jerrys}`)).body.ticket).line_items)[0];

const newest = async (syncro: SyncroSandbox) => rows((await get(syncro, '/invoices')).body.invoices)[0];

describe('a recurring invoice', () => {
  test('is listed for its customer, without a count of pages', async () => {
    const { syncro } = await charged();
    const { body } = await get(syncro, `/schedules?customer_id=${JERRY}`);
    expect(body).not.toHaveProperty('meta');
    expect(rows(body.schedules)).toMatchObject([{ id: 501, next_run: '2026-12-01T00:00:00.000Z', paused: false }]);
    expect((await get(syncro, '/schedules?customer_id=1')).body.schedules).toEqual([]);
  });

  test('takes what is charged at 6:00 by the account’s clock, and flags it; it leads back to no ticket', async () => {
    const { syncro, clock } = await charged();
    clock.at = due - 1;
    expect(await lineOf(syncro)).toMatchObject({ converted: false });
    clock.at = due + 5 * HOUR;
    expect(await lineOf(syncro)).toMatchObject({ converted: true });
    expect(await newest(syncro)).toMatchObject({
      ticket_id: null,
      total: '112.5',
      date: '2026-12-01T00:00:00.000Z',
      created_at: '2026-12-01T13:00:00.000Z',
    });
    expect(rows((await get(syncro, '/schedules')).body.schedules)).toMatchObject([
      { next_run: '2027-01-01T00:00:00.000Z' },
    ]);
  });

  test('has lines of its own, before those that it takes', async () => {
    const flat = { id: 1, product_id: null, name: 'Managed Services', quantity: 10, price: 85 };
    const backup = { ...flat, id: 2, name: 'Backup', quantity: 1 };
    const { syncro, clock } = await charged({ lines: [flat, backup] });
    clock.at = due;
    syncro.runSchedules();
    const invoice = inside((await get(syncro, `/invoices/${syncro.state.invoices.at(-1)?.id}`)).body.invoice);
    expect(invoice.total).toBe('1047.5');
    expect(rows(invoice.line_items).map(({ item, position }) => [item, position])).toEqual([
      ['Managed Services', 1],
      ['Backup', 2],
      ['Labor', 3],
    ]);
  });

  test.each<[string, Partial<ScheduleRow>, Partial<SyncroSandbox['behaviour']>]>([
    ['that is paused', { paused: true }, {}],
    ['that is not to take charges', { invoice_unbilled_ticket_charges: false }, {}],
    ['of another customer', { customer_id: 33401002 }, {}],
    ['that fails to', {}, { recurringTakes: 'nothing' }],
    ['of tickets in another status', {}, { recurringStatuses: ['Resolved'] }],
  ])('%s takes nothing', async (_which, schedule, behaviour) => {
    const { syncro, clock } = await charged(schedule, { behaviour });
    clock.at = due + HOUR;
    expect(await lineOf(syncro)).toMatchObject({ converted: false });
    expect(syncro.state.invoices.filter((row) => row.ticket_id === null)).toEqual([]);
  });

  test('may take a line without flagging it, and takes it once', async () => {
    const { syncro, clock } = await charged({}, { behaviour: { recurringTakes: 'unflagged' } });
    clock.at = due + 40 * 24 * HOUR;
    expect(await lineOf(syncro)).toMatchObject({ converted: false });
    expect(syncro.state.invoices.filter((row) => row.ticket_id === null)).toHaveLength(1);
  });

  test.each([
    ['Daily', '2027-01-31', '2027-02-01'],
    ['Weekly', '2027-01-31', '2027-02-07'],
    ['Monthly', '2027-01-31', '2027-02-28'],
    ['Quarterly', '2026-11-30', '2027-02-28'],
    ['Annually', '2027-01-31', '2028-01-31'],
  ] as const)('comes again: %s, after %s on %s', async (frequency, day, then) => {
    const { syncro, clock } = await charged({ frequency, next_run: `${day}T00:00:00.000Z` });
    clock.at = Date.parse(`${day}T13:00:00Z`);
    syncro.runSchedules();
    expect(syncro.state.schedules[0]?.next_run).toBe(`${then}T00:00:00.000Z`);
  });

  test('that was missed for months is made for each of them', async () => {
    const flat = { id: 1, product_id: null, name: 'Managed Services', quantity: 1, price: 85 };
    const { syncro, clock } = await charged({ lines: [flat] });
    clock.at = Date.parse('2027-02-01T14:00:00Z');
    syncro.runSchedules();
    const made = syncro.state.invoices.filter((row) => row.ticket_id === null);
    expect(made.map(({ date }) => date.slice(0, 7))).toEqual(['2026-12', '2027-01', '2027-02']);
  });
});
