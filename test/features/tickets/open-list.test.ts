import { describe, expect, test } from '@jest/globals';
import {
  countByStatus,
  fitsFilter,
  mostUrgentFirst,
  NOTHING_STANDS_OUT,
  type Reader,
} from '../../../src/features/tickets/open-list.ts';
import { ticketNumber } from '../../../src/syncro/ticket.ts';
import { aTicket, hour, noon } from '../../runs/rules/a-ticket.ts';

const out = { ...NOTHING_STANDS_OUT, overdue: new Set([ticketNumber(7)]), dueToday: new Set([ticketNumber(8)]) };
const reader: Reader = { technicianId: 1750, now: noon, out };

describe('a filter of open tickets', () => {
  test('knows whose they are and who waits', () => {
    expect(fitsFilter(aTicket(), { by: 'mine' }, reader)).toBe(true);
    expect(fitsFilter(aTicket({ technicianId: 1737 }), { by: 'mine' }, reader)).toBe(false);
    expect(fitsFilter(aTicket({ technicianId: null }), { by: 'unassigned' }, reader)).toBe(true);
    expect(fitsFilter(aTicket(), { by: 'unassigned' }, reader)).toBe(false);
    expect(fitsFilter(aTicket({ customerReplied: true }), { by: 'replied' }, reader)).toBe(true);
    expect(fitsFilter(aTicket(), { by: 'replied' }, reader)).toBe(false);
  });

  test('calls overdue what the account’s calendar does', () => {
    expect(fitsFilter(aTicket({ number: ticketNumber(7) }), { by: 'overdue' }, reader)).toBe(true);
    expect(fitsFilter(aTicket(), { by: 'overdue' }, reader)).toBe(false);
  });

  test('says what needs attention: late, due today, nobody’s, or waiting for too long', () => {
    const attends = (change: Parameters<typeof aTicket>[0]) => fitsFilter(aTicket(change), { by: 'attention' }, reader);
    expect(attends({})).toBe(false);
    expect(attends({ number: ticketNumber(7) })).toBe(true);
    expect(attends({ number: ticketNumber(8) })).toBe(true);
    expect(attends({ technicianId: null })).toBe(true);
    const waiting = (hours: number) => attends({ status: 'Waiting on Customer', updatedAt: noon - hours * hour });
    expect([waiting(71), waiting(73)]).toEqual([false, true]);
  });

  test('takes a status by its name, a longer one by what a menu can carry of it', () => {
    const long = `Waiting ${'x'.repeat(80)}`;
    expect(fitsFilter(aTicket({ status: long }), { by: 'status', status: `${long.slice(0, 74)}…` }, reader)).toBe(true);
    expect(fitsFilter(aTicket({ status: 'New' }), { by: 'status', status: 'Ne' }, reader)).toBe(false);
    expect(fitsFilter(aTicket({ status: 'New' }), { by: 'status', status: 'new' }, reader)).toBe(false);
  });
});

test('lists put first who waits, then what runs, what is late, and the newest change', () => {
  const changed = (number: number, hours: number, customerReplied = false) =>
    aTicket({ number: ticketNumber(number), updatedAt: noon - hours * hour, customerReplied });
  const tickets = [changed(1, 9), changed(2, 8), changed(3, 30), changed(4, 20), changed(5, 40, true), changed(6, 8)];
  const out = {
    ...NOTHING_STANDS_OUT,
    timers: new Map([[ticketNumber(3), 42]]),
    overdue: new Set([ticketNumber(4), ticketNumber(5)]),
  };
  expect(mostUrgentFirst(tickets, out).map(({ number }) => number)).toEqual([5, 3, 4, 6, 2, 1]);
});

test('statuses are counted, the most frequent first', () => {
  const tickets = ['New', 'Scheduled', 'New'].map((status) => aTicket({ status }));
  expect(countByStatus(tickets)).toEqual([
    { status: 'New', count: 2 },
    { status: 'Scheduled', count: 1 },
  ]);
});
