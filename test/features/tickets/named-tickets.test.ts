import { describe, expect, test } from '@jest/globals';
import { openSqlite } from '../../../src/database/sqlite.ts';
import { findNamedTickets } from '../../../src/features/tickets/named-tickets.ts';
import { createTicketMemory } from '../../../src/features/tickets/store/ticket-memory.ts';
import { AppError, type AppErrorCode } from '../../../src/shared/errors.ts';
import type { Identity } from '../../../src/syncro/identity.ts';
import { ticketId, ticketNumber } from '../../../src/syncro/ticket.ts';
import type { TicketRef } from '../../../src/syncro/ticket-ref.ts';
import { aTicket, howard, jerrysNumber, jerrysTicketId } from '../../runs/rules/a-ticket.ts';
import { aKey } from '../../syncro/scripted-syncro.ts';

const jerrys: TicketRef = { by: 'number', number: jerrysNumber };
const page: TicketRef = { by: 'page', host: 'x', id: jerrysTicketId };
const nobodys: TicketRef = { by: 'number', number: ticketNumber(99_999) };
const found = { number: jerrysNumber, subject: 'Own cloud thing again', customerName: 'Burger Barn' };

/** A Syncro with Jerry's ticket; `down`: it fails like this. */
const aSyncro = async (down: AppErrorCode | null = null) => {
  const memory = createTicketMemory(await openSqlite(':memory:'));
  const asked: string[] = [];
  const answer = <T>(what: string, value: T): Promise<T> => {
    asked.push(what);
    return down ? Promise.reject(new AppError(down, 'down')) : Promise.resolve(value);
  };
  const identity: Pick<Identity, 'reader'> = {
    reader: () => Promise.resolve({ key: aKey('k'), lane: 'person' }),
  };
  const deps = {
    memory,
    identity,
    reads: {
      findTicket: (_caller: unknown, number: number) =>
        answer(`number ${number}`, number === jerrysNumber ? aTicket() : null),
      ticket: (_caller: unknown, id: number) =>
        id === jerrysTicketId
          ? answer(`id ${id}`, aTicket())
          : Promise.reject(new AppError('not_found', `no ticket with id ${id}`)),
    },
  };
  return { asked, find: (...refs: TicketRef[]) => findNamedTickets(deps, howard, refs) };
};

describe('tickets that a text names', () => {
  test('are found by number and by page, each once', async () => {
    const { find } = await aSyncro();
    expect(await find(jerrys, page)).toEqual({ tickets: [found], missing: [] });
  });

  test('are remembered: the second time nobody is asked', async () => {
    const { find, asked } = await aSyncro();
    await find(page);
    await find(jerrys);
    expect(asked).toEqual([`id ${jerrysTicketId}`]);
  });

  test('that do not exist are missing, never guessed', async () => {
    const { find } = await aSyncro();
    const gone: TicketRef = { by: 'page', host: 'x', id: ticketId(5) };
    expect(await find(nobodys, jerrys, gone)).toEqual({ tickets: [found], missing: [99_999] });
  });

  test('count by their number while Syncro does not answer', async () => {
    const { find } = await aSyncro('unreachable');
    expect(await find(jerrys, page)).toEqual({
      tickets: [{ number: jerrysNumber, subject: null, customerName: null }],
      missing: [],
    });
  });

  test('are looked up five at most, and none without asking anybody', async () => {
    const { find, asked } = await aSyncro();
    expect(await find()).toEqual({ tickets: [], missing: [] });
    await find(...Array.from({ length: 9 }, (_, i): TicketRef => ({ by: 'number', number: ticketNumber(500 + i) })));
    expect(asked).toHaveLength(5);
  });
});
