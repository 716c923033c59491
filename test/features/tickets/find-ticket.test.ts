import { describe, expect, test } from '@jest/globals';
import { openSqlite } from '../../../src/database/sqlite.ts';
import { type FindDeps, findTicket, readTicket, readTicketBeside } from '../../../src/features/tickets/find-ticket.ts';
import { createTicketMemory } from '../../../src/features/tickets/store/ticket-memory.ts';
import { AppError } from '../../../src/shared/errors.ts';
import type { Caller } from '../../../src/syncro/ports.ts';
import { type Ticket, ticketId, ticketNumber } from '../../../src/syncro/ticket.ts';
import { aTicket, jerrysNumber, jerrysTicketId } from '../../runs/rules/a-ticket.ts';
import { aKey } from '../../syncro/scripted-syncro.ts';

const caller: Caller = { key: aKey('howards-key'), lane: 'person' };

/** A Syncro with these tickets, which counts what it is asked. */
const withTickets = async (...tickets: Ticket[]) => {
  const memory = createTicketMemory(await openSqlite(':memory:'));
  const asked: string[] = [];
  const syncro = { tickets, failing: null as AppError | null };
  const reads: FindDeps['reads'] = {
    findTicket: (_caller, number) => {
      asked.push(`number ${number}`);
      return Promise.resolve(syncro.tickets.find((ticket) => ticket.number === number) ?? null);
    },
    ticket: (_caller, id) => {
      asked.push(`id ${id}`);
      const found = syncro.tickets.find((ticket) => ticket.id === id);
      if (syncro.failing) return Promise.reject(syncro.failing);
      return found ? Promise.resolve(found) : Promise.reject(new AppError('not_found', 'No such ticket.'));
    },
  };
  return { deps: { reads, memory }, memory, asked, syncro };
};

const byNumber = `number ${jerrysNumber}`;
const byId = `id ${jerrysTicketId}`;

describe('finding a ticket', () => {
  test('asks Syncro once, then remembers', async () => {
    const { deps, asked } = await withTickets(aTicket());
    const known = {
      id: jerrysTicketId,
      number: jerrysNumber,
      subject: 'Own cloud thing again',
      customerId: 9_001,
      customerName: 'Burger Barn',
    };
    expect(await findTicket(deps, caller, jerrysNumber)).toMatchObject(known);
    expect(await findTicket(deps, caller, jerrysNumber)).toEqual(known);
    expect(asked).toEqual([byNumber]);
  });

  test('that does not exist says so and remembers nothing', async () => {
    const { deps, asked } = await withTickets();
    for (let i = 0; i < 2; i++)
      await expect(findTicket(deps, caller, jerrysNumber)).rejects.toMatchObject({
        code: 'not_found',
        message: 'No ticket #32164 in Syncro.',
      });
    expect(asked).toEqual([byNumber, byNumber]);
  });

  test('never opens the ticket whose id happens to be that number', async () => {
    const other = aTicket({ id: ticketId(jerrysNumber), number: ticketNumber(7), subject: 'Somebody else’s' });
    const { deps } = await withTickets(other, aTicket());
    expect((await readTicket(deps, caller, jerrysNumber)).subject).toBe('Own cloud thing again');
    expect((await readTicket(deps, caller, ticketNumber(7))).subject).toBe('Somebody else’s');
  });
});

describe('reading a ticket and more of it at the same time', () => {
  const besides = () => {
    const ids: string[] = [];
    const beside = (ticket: { id: number; customerId: number }) => {
      ids.push(`${ticket.id} of ${ticket.customerId}`);
      return ticket.id === jerrysTicketId || ticket.id === 5
        ? Promise.resolve(ticket.id)
        : Promise.reject(new AppError('not_found', 'No such ticket.'));
    };
    return { ids, beside };
  };

  test('asks for all of it by what is remembered, before the ticket is there', async () => {
    const { deps, asked } = await withTickets(aTicket());
    await findTicket(deps, caller, jerrysNumber);
    const { ids, beside } = besides();
    const slow: FindDeps = {
      ...deps,
      reads: {
        ...deps.reads,
        ticket: (who, id) => {
          expect(ids).toEqual([`${jerrysTicketId} of 9001`]);
          return deps.reads.ticket(who, id);
        },
      },
    };
    const [ticket, more] = await readTicketBeside(slow, caller, jerrysNumber, beside);
    expect([ticket.id, more]).toEqual([jerrysTicketId, jerrysTicketId]);
    expect(asked).toEqual([byNumber, byId]);
    expect(ids).toHaveLength(1);
  });

  test('asks again for a ticket that has another id or customer by now', async () => {
    const { deps, memory, syncro } = await withTickets(aTicket());
    await memory.remember({ ...aTicket(), id: ticketId(404) });
    const moved = besides();
    expect((await readTicketBeside(deps, caller, jerrysNumber, moved.beside))[1]).toBe(jerrysTicketId);
    expect(moved.ids).toEqual(['404 of 9001', `${jerrysTicketId} of 9001`]);
    syncro.tickets = [aTicket({ customerId: 9_002 })];
    const given = besides();
    await readTicketBeside(deps, caller, jerrysNumber, given.beside);
    expect(given.ids).toEqual([`${jerrysTicketId} of 9001`, `${jerrysTicketId} of 9002`]);
  });

  test('fails with what could not be read beside it', async () => {
    const { deps } = await withTickets(aTicket());
    const failing = () => Promise.reject(new AppError('unreachable', 'Syncro is down.'));
    await expect(readTicketBeside(deps, caller, jerrysNumber, failing)).rejects.toMatchObject({ code: 'unreachable' });
  });
});

describe('reading a ticket', () => {
  test('is live, and refreshes what is remembered', async () => {
    const { deps, memory, asked, syncro } = await withTickets(aTicket());
    await readTicket(deps, caller, jerrysNumber);
    syncro.tickets = [aTicket({ subject: 'Printer', customerId: 9_002, customerName: 'Fries' })];
    expect((await readTicket(deps, caller, jerrysNumber)).subject).toBe('Printer');
    expect(await memory.recall(jerrysNumber)).toMatchObject({ subject: 'Printer', customerId: 9_002 });
    expect(asked).toEqual([byNumber, byId, byId]);
  });

  test('whose remembered id is gone is looked up again', async () => {
    const { deps, memory, asked, syncro } = await withTickets(aTicket());
    await readTicket(deps, caller, jerrysNumber);
    syncro.tickets = [aTicket({ id: ticketId(5) })];
    expect((await readTicket(deps, caller, jerrysNumber)).id).toBe(5);
    expect((await memory.recall(jerrysNumber))?.id).toBe(5);
    expect(asked.slice(2)).toEqual([byId, byNumber, 'id 5']);
  });

  test('whose remembered id answers with another number is looked up again', async () => {
    const { deps, syncro } = await withTickets(aTicket());
    await readTicket(deps, caller, jerrysNumber);
    syncro.tickets = [aTicket({ number: ticketNumber(1) }), aTicket({ id: ticketId(5) })];
    expect((await readTicket(deps, caller, jerrysNumber)).id).toBe(5);
  });

  test('that is gone altogether says so and is forgotten', async () => {
    const { deps, memory, syncro } = await withTickets(aTicket());
    await readTicket(deps, caller, jerrysNumber);
    syncro.tickets = [];
    await expect(readTicket(deps, caller, jerrysNumber)).rejects.toMatchObject({ code: 'not_found' });
    expect(await memory.recall(jerrysNumber)).toBeNull();
  });

  test('is not forgotten because Syncro is down', async () => {
    const { deps, memory, syncro } = await withTickets(aTicket());
    await readTicket(deps, caller, jerrysNumber);
    syncro.failing = new AppError('unreachable', 'Syncro is down.');
    await expect(readTicket(deps, caller, jerrysNumber)).rejects.toMatchObject({ code: 'unreachable' });
    expect(await memory.recall(jerrysNumber)).not.toBeNull();
  });

  test('that Syncro finds but does not show ends, instead of going round', async () => {
    const { deps, memory } = await withTickets(aTicket());
    const gone: FindDeps = {
      ...deps,
      reads: { ...deps.reads, ticket: () => Promise.reject(new AppError('not_found', 'Gone.')) },
    };
    await expect(readTicket(gone, caller, jerrysNumber)).rejects.toMatchObject({ code: 'not_found' });
    expect(await memory.recall(jerrysNumber)).toBeNull();
  });
});
