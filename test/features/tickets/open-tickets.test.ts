import { describe, expect, test } from '@jest/globals';
import { readOpenTickets } from '../../../src/features/tickets/open-tickets.ts';
import type { Caller, TicketFilter } from '../../../src/syncro/ports.ts';
import { aSummary } from '../digests/digest-facts.ts';

const caller: Caller = { key: { reveal: () => 'key' }, lane: 'background' };
const PER_PAGE = 50;

/** An account of so many pages that notes how many are asked for at a time. */
const account = (totalPages: number) => {
  const seen = { atOnce: 0, most: 0, pages: [] as number[] };
  const tickets = async (_caller: Caller, { page = 1 }: TicketFilter) => {
    seen.pages.push(page);
    seen.most = Math.max(seen.most, ++seen.atOnce);
    await new Promise((done) => setImmediate(done));
    seen.atOnce -= 1;
    const rows = Array.from({ length: PER_PAGE }, (_, i) => aSummary(page * PER_PAGE + i));
    return { rows, page, totalPages };
  };
  return { seen, deps: { reads: { tickets }, doneStatuses: ['Resolved'] } };
};

describe('the open tickets', () => {
  test('of 200 pages are all read, a few pages at a time', async () => {
    const { seen, deps } = account(200);
    const { tickets, partial } = await readOpenTickets(deps, caller, 400);
    expect(tickets).toHaveLength(10_000);
    expect(partial).toBe(false);
    expect(seen.pages.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 200 }, (_, i) => i + 1));
    expect(seen.most).toBeLessThanOrEqual(8);
  });

  test('of more pages than wanted are said to be partial', async () => {
    const { seen, deps } = account(12);
    const { tickets, partial } = await readOpenTickets(deps, caller, 11);
    expect([tickets.length, partial, Math.max(...seen.pages)]).toEqual([550, true, 11]);
  });

  test('are counted once when one moved between two pages, and not when they are done', async () => {
    const rows = [aSummary(1), aSummary(1), aSummary(2, { status: 'Resolved' })];
    const reads = { tickets: () => Promise.resolve({ rows, page: 1, totalPages: 1 }) };
    const { tickets } = await readOpenTickets({ reads, doneStatuses: ['Resolved'] }, caller);
    expect(tickets.map(({ number }) => number)).toEqual([1]);
  });
});
