import { describe, expect, test } from '@jest/globals';
import { countByStatus, fitsFilter, newestFirst, type Reader } from '../../../src/features/tickets/open-list.ts';
import { ticketNumber } from '../../../src/syncro/ticket.ts';
import { aTicket, hour, noon } from '../../runs/rules/a-ticket.ts';

const reader: Reader = { technicianId: 1750, now: noon, timeZone: 'America/Phoenix' };

describe('a filter of open tickets', () => {
  test('knows whose they are and who waits', () => {
    expect(fitsFilter(aTicket(), { by: 'mine' }, reader)).toBe(true);
    expect(fitsFilter(aTicket({ technicianId: 1737 }), { by: 'mine' }, reader)).toBe(false);
    expect(fitsFilter(aTicket({ technicianId: null }), { by: 'unassigned' }, reader)).toBe(true);
    expect(fitsFilter(aTicket(), { by: 'unassigned' }, reader)).toBe(false);
    expect(fitsFilter(aTicket({ customerReplied: true }), { by: 'replied' }, reader)).toBe(true);
    expect(fitsFilter(aTicket(), { by: 'replied' }, reader)).toBe(false);
  });

  test('calls overdue what was due before today, in the account’s own day', () => {
    const due = (dueAt: number | null) => fitsFilter(aTicket({ dueAt }), { by: 'overdue' }, reader);
    expect(due(null)).toBe(false);
    // 12:00 UTC is 05:00 in Phoenix: its day began at 07:00 UTC.
    expect(due(noon - 4 * hour)).toBe(false);
    expect(due(noon - 6 * hour)).toBe(true);
    expect(due(noon + hour)).toBe(false);
  });

  test('takes a status by its name, a longer one by what a menu can carry of it', () => {
    const long = `Waiting ${'x'.repeat(80)}`;
    expect(fitsFilter(aTicket({ status: long }), { by: 'status', status: `${long.slice(0, 74)}…` }, reader)).toBe(true);
    expect(fitsFilter(aTicket({ status: 'New' }), { by: 'status', status: 'Ne' }, reader)).toBe(false);
    expect(fitsFilter(aTicket({ status: 'New' }), { by: 'status', status: 'new' }, reader)).toBe(false);
  });
});

test('lists put the newest number first', () => {
  const tickets = [2, 9, 4].map((number) => aTicket({ number: ticketNumber(number) }));
  expect(newestFirst(tickets).map(({ number }) => number)).toEqual([9, 4, 2]);
});

test('statuses are counted, the most frequent first', () => {
  const tickets = ['New', 'Scheduled', 'New'].map((status) => aTicket({ status }));
  expect(countByStatus(tickets)).toEqual([
    { status: 'New', count: 2 },
    { status: 'Scheduled', count: 1 },
  ]);
});
