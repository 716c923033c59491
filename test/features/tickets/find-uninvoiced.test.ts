import { describe, expect, test } from '@jest/globals';
import { openSqlite } from '../../../src/database/sqlite.ts';
import {
  createOpenAmounts,
  findUninvoiced,
  type UninvoicedDeps,
} from '../../../src/features/tickets/find-uninvoiced.ts';
import { createSettledTickets } from '../../../src/features/tickets/store/settled-tickets.ts';
import { AppError } from '../../../src/shared/errors.ts';
import { createAccountLists } from '../../../src/syncro/account-lists.ts';
import type { Invoice } from '../../../src/syncro/invoice.ts';
import type { Caller, TicketFilter } from '../../../src/syncro/ports.ts';
import { type Ticket, ticketId, ticketNumber } from '../../../src/syncro/ticket.ts';
import { aLineItem, anInvoice, anInvoiceLine, aTicket, hour, noon } from '../../runs/rules/a-ticket.ts';
import { aKey, aManualClock } from '../../syncro/scripted-syncro.ts';

const caller: Caller = { key: aKey('howards-key'), lane: 'background' };
const DAY = 24 * hour;

/** Resolved, with one open line of $175.00; the higher the id, the longer ago. */
const resolved = (id: number, fields: Partial<Ticket> = {}): Ticket =>
  aTicket({
    id: ticketId(id),
    number: ticketNumber(32_000 + id),
    status: 'Resolved',
    updatedAt: noon - id * 60_000,
    lineItems: [aLineItem({ id: id * 10 })],
    ...fields,
  });

type Account = { tickets: Ticket[]; invoices: Invoice[]; statuses?: string[]; perPage?: number };

/** An account that counts what it is asked; `failing` decides which ticket can't be read. */
const anAccount = async ({ tickets, invoices, statuses = ['New', 'Resolved', 'Invoiced'], perPage = 50 }: Account) => {
  const clock = aManualClock();
  const account = {
    tickets,
    invoices,
    ignoresFilters: false,
    failing: (_id: number): Error | null => null,
    promised: new Map<number, string>(),
  };
  const asked: string[] = [];
  const pageOf = <T>(rows: readonly T[], page = 1) => ({
    rows: rows.slice((page - 1) * perPage, page * perPage),
    page,
    totalPages: Math.max(1, Math.ceil(rows.length / perPage)),
  });
  const reads: UninvoicedDeps['reads'] = {
    tickets: (_caller, { status, page }: TicketFilter) => {
      asked.push(`tickets ${status} ${page}`);
      return Promise.resolve(
        pageOf(
          account.tickets.filter((ticket) => account.ignoresFilters || ticket.status === status),
          page,
        ),
      );
    },
    ticket: (_caller, id) => {
      asked.push(`ticket ${id}`);
      const failure = account.failing(id);
      const found = account.tickets.find((ticket) => ticket.id === id);
      return found && !failure ? Promise.resolve(found) : Promise.reject(failure ?? new AppError('not_found', 'Gone.'));
    },
    invoices: (_caller, { ticketId: id }) => {
      asked.push(`invoices of ${id}`);
      return Promise.resolve(pageOf(account.invoices.filter((invoice) => invoice.ticketId === id)));
    },
    invoice: (_caller, id) => {
      asked.push(`invoice ${id}`);
      const found = account.invoices.find((invoice) => invoice.id === id);
      return found ? Promise.resolve(found) : Promise.reject(new AppError('not_found', 'Gone.'));
    },
  };
  const settings = { statuses, technicians: [], defaultLaborProductId: null };
  const deps: UninvoicedDeps = {
    reads,
    settled: createSettledTickets(await openSqlite(':memory:')),
    amounts: createOpenAmounts(clock),
    promised: { on: () => Promise.resolve({ days: account.promised, taken: new Set<number>() }) },
    lists: createAccountLists(
      {
        ticketSettings: () => Promise.resolve(settings),
        settings: () => Promise.reject(new Error('not asked for')),
      },
      clock,
    ),
    clock,
    doneStatuses: ['Resolved', 'Invoiced', 'Closed'],
    invoiceStatus: 'Invoiced',
  };
  const find = async () => {
    asked.length = 0;
    const { tickets: found, ...rest } = await findUninvoiced(deps, caller);
    return { ...rest, found: found.map(({ ticket, amountCents }) => [ticket.id, amountCents]) };
  };
  return { account, asked, clock, find };
};

describe('what is resolved and not invoiced', () => {
  test('leaves out what waits for a recurring invoice, until that has left it', async () => {
    const lineItems = [aLineItem({ id: 1 }), aLineItem({ id: 2, rateCents: 5_000 })];
    const desk = await anAccount({ tickets: [resolved(1, { lineItems }), resolved(2)], invoices: [] });
    desk.account.promised.set(2, '2026-12-01').set(20, '2026-12-01');
    expect(await desk.find()).toMatchObject({
      found: [[1, 17_500]],
      promised: { tickets: 2, amountCents: 5_000 + 17_500 },
    });
    desk.account.promised.clear();
    desk.clock.at += 11 * 60_000;
    expect(await desk.find()).toEqual({
      found: [
        [1, 22_500],
        [2, 17_500],
      ],
      ...{ unread: 0, more: false },
    });
  });

  test('is found by the flag of each line, newest change first', async () => {
    const { find, asked } = await anAccount({
      tickets: [
        resolved(2, { lineItems: [aLineItem({ id: 1, invoiced: true }), aLineItem({ id: 2, rateCents: 5_000 })] }),
        resolved(1),
        resolved(3, { lineItems: [aLineItem({ invoiced: true })] }),
        resolved(4, { lineItems: [] }),
        resolved(5, { status: 'Invoiced' }),
        resolved(6, { status: 'New' }),
      ],
      invoices: [],
    });
    expect(await find()).toEqual({
      found: [
        [1, 17_500],
        [2, 5_000],
      ],
      unread: 0,
      more: false,
    });
    // What is flagged, or has no lines, needs no look at the invoices.
    expect(asked.filter((what) => what.startsWith('invoices'))).toEqual(['invoices of 1', 'invoices of 2']);
  });

  test('is found by pairing lines with invoices where an account flags none', async () => {
    const onInvoice = anInvoiceLine({
      productId: 26_118,
      description: 'Swapped the switch',
      quantityHundredths: 100,
      rateCents: 17_500,
    });
    const { find } = await anAccount({
      tickets: [resolved(1, { lineItems: [aLineItem({ id: 1 }), aLineItem({ id: 2 })] }), resolved(2), resolved(3)],
      invoices: [
        anInvoice({ id: 71, ticketId: ticketId(1), lines: [onInvoice] }),
        anInvoice({ id: 72, ticketId: ticketId(2), lines: [onInvoice] }),
        anInvoice({ id: 73, ticketId: ticketId(9), lines: [onInvoice] }),
      ],
    });
    // One of two equal lines is on the invoice; another ticket's invoice takes nothing.
    expect((await find()).found).toEqual([
      [1, 17_500],
      [3, 17_500],
    ]);
  });

  test('leaves out what costs nothing and what was resolved long ago', async () => {
    const { find, asked } = await anAccount({
      tickets: [resolved(1, { lineItems: [aLineItem({ rateCents: 0 })] }), resolved(2, { updatedAt: noon - 61 * DAY })],
      invoices: [],
    });
    expect((await find()).found).toEqual([]);
    expect(asked).not.toContain('ticket 2');
  });

  test('is searched among the account’s own statuses', async () => {
    const { find, asked } = await anAccount({
      tickets: [resolved(1, { status: 'Closed' })],
      invoices: [],
      statuses: ['New', 'Closed', 'Invoiced'],
    });
    expect((await find()).found).toEqual([[1, 17_500]]);
    expect(asked.filter((what) => what.startsWith('tickets'))).toEqual(['tickets Closed 1']);
  });

  test('asks for nothing twice that has not changed', async () => {
    const { find, asked, account, clock } = await anAccount({
      tickets: [resolved(1), resolved(2, { lineItems: [] })],
      invoices: [],
    });
    await find();
    expect(await find()).toEqual({ found: [[1, 17_500]], unread: 0, more: false });
    expect(asked).toEqual(['tickets Resolved 1']);
    account.tickets = [resolved(1), resolved(2, { updatedAt: noon, lineItems: [aLineItem()] })];
    expect((await find()).found).toEqual([
      [2, 17_500],
      [1, 17_500],
    ]);
    expect(asked).not.toContain('ticket 1');
    account.tickets = [resolved(1, { updatedAt: noon, lineItems: [aLineItem({ invoiced: true })] })];
    expect((await find()).found).toEqual([]);
    // An invoice made in Syncro may leave the ticket's date of change as it is.
    account.tickets = [resolved(1, { lineItems: [aLineItem({ invoiced: true })] })];
    expect((await find()).found).toEqual([[1, 17_500]]);
    clock.at += 10 * 60_000;
    expect((await find()).found).toEqual([]);
  });

  test('looks into 25 at a time, and says how many are left', async () => {
    const tickets = Array.from({ length: 70 }, (_, i) => resolved(i + 1, i < 60 ? { lineItems: [] } : {}));
    const { find, asked } = await anAccount({ tickets, invoices: [], perPage: 50 });
    const looks = () => asked.filter((what) => what.startsWith('ticket ')).length;
    expect(await find()).toEqual({ found: [], unread: 25, more: true });
    expect(looks()).toBe(25);
    expect(await find()).toEqual({ found: [], unread: 0, more: true });
    const last = await find();
    expect(last).toMatchObject({ unread: 0, more: false });
    expect(last.found.map(([id]) => id)).toEqual([61, 62, 63, 64, 65, 66, 67, 68, 69, 70]);
    await find();
    expect(asked).toEqual(['tickets Resolved 1', 'tickets Resolved 2']);
  });

  test('loses none of the others when one ticket can’t be read', async () => {
    const { find, account } = await anAccount({ tickets: [resolved(1), resolved(2), resolved(3)], invoices: [] });
    account.failing = (id) => (id === 2 ? new AppError('unreachable', 'Cut.') : null);
    expect(await find()).toEqual({
      found: [
        [1, 17_500],
        [3, 17_500],
      ],
      unread: 1,
      more: false,
    });
    account.failing = () => null;
    expect((await find()).found).toEqual([
      [1, 17_500],
      [2, 17_500],
      [3, 17_500],
    ]);
  });

  test('fails when none can be read, rather than claim that nothing is open', async () => {
    const { find, account } = await anAccount({ tickets: [resolved(1), resolved(2)], invoices: [] });
    account.failing = () => new AppError('not_allowed', 'No invoices for you.');
    await expect(find()).rejects.toMatchObject({ code: 'not_allowed' });
  });

  test('distrusts a Syncro that ignores its filters', async () => {
    const tickets = [resolved(1), resolved(2, { status: 'In Progress' }), resolved(3, { updatedAt: noon - 61 * DAY })];
    const { find, account } = await anAccount({ tickets, invoices: [] });
    account.ignoresFilters = true;
    expect((await find()).found).toEqual([[1, 17_500]]);
  });
});
