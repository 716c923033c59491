import { type CreateChoice, type CreateFacts, createWork } from '../../../src/features/create/plan.ts';
import type { Run } from '../../../src/runs/rules/run.ts';
import { runOf } from '../../../src/runs/rules/work.ts';
import { author } from './a-run.ts';
import { howard, noon } from './a-ticket.ts';

export const aChoice = (fields: Partial<CreateChoice> = {}): CreateChoice => ({
  customerId: 9_001,
  contactId: null,
  subject: 'Printer jams',
  description: 'It jams on page 2.',
  audience: 'email',
  priority: null,
  technicianId: null,
  problemType: null,
  dueDate: null,
  ...fields,
});

/** A new ticket that was just confirmed. */
export const aCreateRun = (fields: Partial<CreateChoice> = {}, known: Partial<CreateFacts> = {}): Run =>
  runOf(
    createWork(aChoice(fields), {
      author,
      customerName: 'Burger Barn',
      emailTo: 'office@burger.example',
      status: 'New',
      priority: '2 Normal',
      technician: { id: 1750, name: 'Howard Enos' },
      ticketIds: [],
      timeZone: null,
      ...known,
    }),
    { id: 'run-1', formId: 'form-1', ref: 'K7Q2MX', technician: howard, now: noon },
  );
