import { describe, expect, test } from '@jest/globals';
import { sampleData } from '../../../sandbox/syncro/sample-data.ts';
import { noon } from './ask.ts';

const count = <T>(list: readonly T[], fits: (one: T) => boolean): number => list.filter(fits).length;

describe('the sample account', () => {
  const account = sampleData(noon);

  test('is the same on every run', () => {
    expect(sampleData(noon)).toEqual(account);
  });

  test('moves with the clock', () => {
    const later = sampleData(noon + 86_400_000);
    const created = (data: typeof account): number => Date.parse(data.tickets.at(-1)?.created_at ?? '');
    expect(created(later) - created(account)).toBe(86_400_000);
  });

  test('has 40 customers and 120 tickets in all statuses, each id and number once', () => {
    expect(account.customers).toHaveLength(40);
    expect(account.tickets).toHaveLength(120);
    expect(new Set(account.tickets.map((ticket) => ticket.number)).size).toBe(120);
    expect(new Set(account.tickets.map((ticket) => ticket.id)).size).toBe(120);
    expect([...new Set(account.tickets.map((ticket) => ticket.status))].toSorted()).toEqual(
      account.settings.ticket_status_list.toSorted(),
    );
  });

  test('every ticket has its customer, every line and comment its ticket', () => {
    const customers = new Set(account.customers.map((row) => row.id));
    const tickets = new Set(account.tickets.map((row) => row.id));
    expect(count(account.tickets, (row) => !customers.has(row.customer_id))).toBe(0);
    expect(
      count([...account.lines, ...account.comments, ...account.timers], (row) => !tickets.has(row.ticket_id)),
    ).toBe(0);
    expect(count(account.lines, (row) => row.converted !== (row.invoice_id !== null))).toBe(0);
  });

  test('one id is the number of another ticket', () => {
    expect(account.tickets.find((row) => row.id === 32164)?.number).not.toBe(32164);
    expect(account.tickets.find((row) => row.number === 32164)?.id).toBe(108443837);
  });

  test('two tickets are resolved with open lines worth $262.50, as the screens show', () => {
    const resolved = new Set(account.tickets.filter((row) => row.status === 'Resolved').map((row) => row.id));
    const open = account.lines.filter((row) => resolved.has(row.ticket_id) && !row.converted);
    expect(open.reduce((sum, row) => sum + row.retail_cents * row.quantity, 0)).toBe(26_250);
    expect(new Set(open.map((row) => row.ticket_id)).size).toBe(2);
  });

  test('one ticket has 400 comments and 100 lines', () => {
    const id = account.tickets.find((row) => row.number === 32120)?.id;
    expect(count(account.comments, (row) => row.ticket_id === id)).toBe(400);
    expect(count(account.lines, (row) => row.ticket_id === id)).toBe(100);
  });

  test.each(['contracts', 'schedules'] as const)('one customer has %s, and an open ticket of Howard’s', (list) => {
    const [row, ...others] = account[list];
    expect(others).toEqual([]);
    const own = account.tickets.filter((ticket) => ticket.customer_id === row?.customer_id && ticket.user_id === 1750);
    expect(own.map(({ status }) => status)).toEqual(expect.arrayContaining([expect.stringMatching(/New|In Progress/)]));
    expect(sampleData(noon, 'tiny')[list]).toEqual([]);
  });

  test('the contract makes one kind of labor free and another cheaper; the recurring invoice is yet to come', () => {
    const [contract] = account.contracts;
    const [override] = contract?.product_price_overrides ?? [];
    const priceOf = (id: number | undefined) => account.products.find((row) => row.id === id)?.price_retail ?? 0;
    expect(override?.price).toBeLessThan(priceOf(override?.product_id));
    expect(contract?.non_billable_product_ids.map(priceOf)).toEqual([150]);
    expect(account.schedules).toMatchObject([{ next_run: '2026-12-01T00:00:00.000Z', paused: false }]);
  });

  test('tiny holds the named tickets only', () => {
    const tiny = sampleData(noon, 'tiny');
    expect([tiny.customers.length, tiny.tickets.length]).toEqual([11, 20]);
    expect(tiny.tickets.map((row) => row.number)).toEqual(expect.arrayContaining([32162, 32163, 32164, 32101]));
  });
});
