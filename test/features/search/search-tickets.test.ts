import { describe, expect, test } from '@jest/globals';
import { createIdentity } from '../../../src/features/keys/identity.ts';
import { createTicketSearch } from '../../../src/features/search/search-tickets.ts';
import type { TicketFilter } from '../../../src/syncro/ports.ts';
import { type Ticket, ticketId, ticketNumber } from '../../../src/syncro/ticket.ts';
import { aTicket, howard } from '../../runs/rules/a-ticket.ts';
import { aManualClock, aScriptedSyncro, someKeys } from '../../syncro/scripted-syncro.ts';

const ticket = (number: number, fields: Partial<Ticket> = {}): Ticket =>
  aTicket({ id: ticketId(number * 10), number: ticketNumber(number), ...fields });

/** A Syncro that answers every search with these, whatever the filter: unknown parameters are silently ignored. */
const aSearch = (rows: readonly Ticket[]) => {
  const clock = aManualClock();
  const filters: TicketFilter[] = [];
  const search = createTicketSearch({
    identity: createIdentity({
      reads: aScriptedSyncro(clock).reads,
      keys: someKeys({ U012HOWARD: 'howards-key' }),
      clock,
      sharedWrites: false,
    }),
    reads: {
      tickets: (_caller, filter) => {
        filters.push(filter);
        return Promise.resolve({ rows, page: 1, totalPages: 1 });
      },
      findTicket: (_caller, number) => Promise.resolve(rows.find((row) => row.number === number) ?? null),
    },
    doneStatuses: ['Resolved', 'Invoiced'],
    clock,
    index: null,
    downSince: () => null,
  });
  const find = async (
    words: string,
    more: { openOnly?: boolean; mine?: boolean; page?: number; anew?: boolean } = {},
  ) => {
    const found = await search(howard, { openOnly: false, page: 1, ...more, words });
    return { ...found, numbers: found.rows.map(({ number }) => number) };
  };
  return { find, filters };
};

describe('searching tickets', () => {
  const rows = [
    ticket(9, { technicianId: 1737 }),
    ticket(8, { status: 'Resolved' }),
    ticket(7),
    ticket(6, { technicianId: null, status: 'Invoiced' }),
  ];

  test('puts the ticket of a number first, once', async () => {
    const { find, filters } = aSearch(rows);
    expect((await find(' #7 ')).numbers).toEqual([7, 9, 8, 6]);
    expect(filters).toEqual([{ query: '7', page: 1 }]);
  });

  test('filters again what Syncro did not', async () => {
    const { find } = aSearch(rows);
    expect((await find('x', { openOnly: true })).numbers).toEqual([9, 7]);
    expect((await find('x', { mine: true })).numbers).toEqual([8, 7]);
    expect((await find('x', { mine: true, openOnly: true })).numbers).toEqual([7]);
    expect((await find('6', { mine: true })).numbers).toEqual([8, 7]);
  });

  test('leafs through pages of twenty without asking again', async () => {
    const many = Array.from({ length: 45 }, (_, i) => ticket(100 - i));
    const { find, filters } = aSearch(many);
    const pages = [await find('x'), await find('X ', { page: 2 }), await find('x', { page: 3 })];
    expect(pages.map(({ numbers }) => numbers.length)).toEqual([20, 20, 5]);
    expect(pages.flatMap(({ numbers }) => numbers)).toEqual(many.map(({ number }) => number));
    expect(pages[0]).toMatchObject({ count: 45, totalPages: 3, more: false });
    expect(await find('x', { page: 99 })).toMatchObject({ page: 3 });
    expect(filters).toHaveLength(1);
    await find('x', { anew: true });
    expect(filters).toHaveLength(2);
  });
});
