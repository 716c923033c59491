import { expect, test } from '@jest/globals';
import { openSqlite } from '../../src/database/sqlite.ts';
import { createTicketMemory } from '../../src/features/tickets/store/ticket-memory.ts';
import type { ToShow } from '../../src/runs/ports.ts';
import { rememberingTickets } from '../../src/runs/remember-tickets.ts';
import { done, type Run } from '../../src/runs/rules/run.ts';
import { ticketNumber } from '../../src/syncro/ticket.ts';
import { aNotifier } from '../syncro/scripted-syncro.ts';
import { aCreateRun } from './rules/a-create-run.ts';
import { aRunFor, jerrysTicket } from './rules/a-run.ts';
import { noon } from './rules/a-ticket.ts';

const noCustomer = () => Promise.reject(new Error('no customer was made'));

const toShow = (run: Run): ToShow => ({ run, version: 1, notice: null, mayBeThere: false });

test('a new ticket’s number is known when its receipt is shown, and not before', async () => {
  const memory = createTicketMemory(await openSqlite(':memory:'));
  const notifier = aNotifier();
  const remembering = rememberingTickets(notifier, memory, noCustomer);
  await remembering.show(toShow(aCreateRun()));
  expect(await memory.recall(ticketNumber(32_167))).toBeNull();
  await remembering.show(toShow(done(aCreateRun(), { id: 501, number: '32167' }, 'answered', noon)));
  expect(await memory.recall(ticketNumber(32_167))).toEqual({
    id: 501,
    number: 32_167,
    subject: 'Printer jams',
    customerId: 9_001,
    customerName: 'Burger Barn',
  });
  expect(notifier.shown).toHaveLength(2);
});

test('on a person’s word that it is there, nothing is remembered that nobody knows', async () => {
  const memory = createTicketMemory(await openSqlite(':memory:'));
  const run = done(aCreateRun(), { id: null, number: null }, 'person', noon);
  await rememberingTickets(aNotifier(), memory, noCustomer).show(toShow(run));
  expect(await memory.recall(ticketNumber(0))).toBeNull();
});

test('a deleted ticket is forgotten, and not before it is gone', async () => {
  const memory = createTicketMemory(await openSqlite(':memory:'));
  const run = aRunFor('delete');
  if (run.ticket.number === null) throw new Error('it has a number');
  const number = ticketNumber(run.ticket.number);
  await memory.remember({ ...jerrysTicket });
  await rememberingTickets(aNotifier(), memory, noCustomer).show(toShow(run));
  expect(await memory.recall(number)).not.toBeNull();
  await rememberingTickets(aNotifier(), memory, noCustomer).show(toShow({ ...run, state: 'done' }));
  expect(await memory.recall(number)).toBeNull();
});

test('a new customer is learned as soon as Syncro has named it, also where the ticket is not there yet', async () => {
  const learned: unknown[] = [];
  const memory = createTicketMemory(await openSqlite(':memory:'));
  const remembering = rememberingTickets(aNotifier(), memory, async (customer) => void learned.push(customer));
  const newCustomer = { name: 'Zebra Print', phone: '520-555-0199', email: null };
  const run = aCreateRun({ customerId: null, newCustomer });
  await remembering.show(toShow(run));
  expect(learned).toEqual([]);
  await remembering.show(toShow(done(run, { id: 70, number: null }, 'answered', noon)));
  expect(learned).toEqual([
    { id: 70, name: 'Zebra Print', personName: null, email: null, phone: '520-555-0199', city: null },
  ]);
});
