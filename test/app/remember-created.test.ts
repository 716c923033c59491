import { expect, test } from '@jest/globals';
import { rememberingCreated } from '../../src/app/remember-created.ts';
import { createWork } from '../../src/domain/create-plan.ts';
import type { Run } from '../../src/domain/run.ts';
import { done } from '../../src/domain/run-moves.ts';
import { ticketNumber } from '../../src/domain/ticket.ts';
import { runOf } from '../../src/domain/work.ts';
import { openSqlite } from '../../src/store/sqlite.ts';
import { createTicketMemory } from '../../src/store/ticket-memory.ts';
import { author } from '../domain/a-run.ts';
import { howard, noon } from '../domain/a-ticket.ts';
import { aNotifier } from './scripted-syncro.ts';

const work = createWork(
  {
    customerId: 9_001,
    contactId: null,
    subject: 'Printer jams',
    description: '',
    audience: 'portal',
    priority: null,
    technicianId: null,
    problemType: null,
    dueDate: null,
  },
  {
    author,
    customerName: 'Burger Barn',
    emailTo: null,
    status: 'New',
    priority: null,
    technician: { id: 1750, name: 'Howard Enos' },
    ticketIds: [],
  },
);
const aCreateRun: Run = runOf(work, { id: 'run-1', formId: 'form-1', ref: 'K7Q2MX', technician: howard, now: noon });

test('a new ticket’s number is known when its receipt is shown, and not before', async () => {
  const memory = createTicketMemory(await openSqlite(':memory:'));
  const notifier = aNotifier();
  const remembering = rememberingCreated(notifier, memory);
  await remembering.show(aCreateRun, null, false);
  expect(await memory.recall(ticketNumber(32_167))).toBeNull();
  await remembering.show(done(aCreateRun, { id: 501, number: '32167' }, 'answered', noon), null, false);
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
  const run = done(aCreateRun, { id: null, number: null }, 'person', noon);
  await rememberingCreated(aNotifier(), memory).show(run, null, false);
  expect(await memory.recall(ticketNumber(0))).toBeNull();
});
