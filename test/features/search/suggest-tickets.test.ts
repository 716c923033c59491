import { expect, test } from '@jest/globals';
import { createTicketSuggestions } from '../../../src/features/search/suggest-tickets.ts';
import { AppError } from '../../../src/shared/errors.ts';
import type { TicketFilter } from '../../../src/syncro/ports.ts';
import { ticketId, ticketNumber } from '../../../src/syncro/ticket.ts';
import { aTicket, howard, mike, noon } from '../../runs/rules/a-ticket.ts';
import { aKey, aManualClock } from '../../syncro/scripted-syncro.ts';

const one = (number: number, fields: Parameters<typeof aTicket>[0] = {}) =>
  aTicket({ number: ticketNumber(number), id: ticketId(number * 10), ...fields });

const TICKETS = [
  one(100, { updatedAt: noon - 5 }),
  one(200, { status: 'Resolved' }),
  one(300, { technicianId: mike.syncroUserId }),
  one(400, { updatedAt: noon }),
];

/** A Syncro that ignores every filter, as it does with those that it doesn't know. */
const suggestions = () => {
  const asked: TicketFilter[] = [];
  const state = { down: false };
  const clock = aManualClock();
  const suggest = createTicketSuggestions({
    clock,
    index: null,
    downSince: () => null,
    doneStatuses: ['Resolved'],
    identity: {
      reader: () => Promise.resolve({ key: aKey('k'), lane: 'person' }),
    },
    reads: {
      tickets: (_caller, filter) => {
        asked.push(filter);
        if (state.down) return Promise.reject(new AppError('unreachable', 'down'));
        return Promise.resolve({ rows: TICKETS, page: 1, totalPages: 1 });
      },
      findTicket: (_caller, number) => Promise.resolve(TICKETS.find((ticket) => ticket.number === number) ?? null),
    },
  });
  const numbers = async (words: string) => (await suggest(howard, words)).map(({ number }) => Number(number));
  return { asked, state, clock, numbers };
};

test('before anything is typed, my open tickets come, the last changed first', async () => {
  expect(await suggestions().numbers('')).toEqual([400, 100]);
});

test('for a number, that ticket comes first, closed or not; then open ones', async () => {
  const { numbers } = suggestions();
  expect(await numbers('200')).toEqual([200, 100, 300, 400]);
  expect(await numbers('#300')).toEqual([300, 100, 400, 200]);
  expect(await numbers('printer')).toEqual([100, 300, 400, 200]);
});

test('the same question is asked once in half a minute, a failed one again', async () => {
  const { numbers, asked, state, clock } = suggestions();
  state.down = true;
  await expect(numbers('printer')).rejects.toThrow('down');
  state.down = false;
  await Promise.all([numbers('printer'), numbers('printer')]);
  expect(asked).toHaveLength(2);
  clock.at += 31_000;
  await numbers('printer');
  expect(asked).toHaveLength(3);
});
