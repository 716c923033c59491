import { describe, expect, test } from '@jest/globals';
import {
  type CreateChoice,
  type CreateFacts,
  createWork,
  firstStatus,
  matchPriority,
} from '../../../src/features/create/plan.ts';
import { mailedTo } from '../../../src/runs/rules/purpose.ts';
import { author } from '../../runs/rules/a-run.ts';

const stock = ['', '0 Urgent', '1 High', '2 Normal', '3 Low'];

test.each([
  [stock, 'Normal', '2 Normal'],
  [stock, '2 Normal', '2 Normal'],
  [stock, 'urgent', '0 Urgent'],
  [['Low', 'Normal'], '2 Normal', 'Normal'],
  [['P1 - Normal'], 'Normal', null],
  [stock, 'Whenever', null],
  [[], 'Normal', null],
])('of %j "%s" means %s', (priorities, wanted, meant) => {
  expect(matchPriority(priorities, wanted)).toBe(meant);
});

test('the status is New only where the account has it', () => {
  expect(firstStatus(['Resolved', 'New'])).toBe('New');
  expect(firstStatus(['Open', 'Done'])).toBe('Open');
  expect(firstStatus([])).toBeNull();
});

const choice: CreateChoice = {
  customerId: 9_001,
  contactId: null,
  subject: 'Printer jams',
  description: '',
  audience: 'email',
  priority: null,
  technicianId: null,
  problemType: null,
  dueDate: null,
};
const facts: CreateFacts = {
  author,
  customerName: 'Burger Barn',
  emailTo: 'office@burger.example',
  status: 'New',
  priority: '2 Normal',
  technician: { id: 1750, name: 'Howard Enos' },
  ticketIds: [1, 2],
  timeZone: 'Arizona',
};

describe('what a new ticket sends', () => {
  test('without more than a subject: nothing that would be mailed', () => {
    const work = createWork(choice, facts);
    expect(work).toMatchObject({ kind: 'create', emailTo: null, assignee: 'Howard Enos' });
    expect(work.known.ticketIds).toEqual([1, 2]);
    expect(work.actions).toEqual([
      {
        kind: 'ticket',
        customerId: 9_001,
        fields: { subject: 'Printer jams', technicianId: 1750, status: 'New', priority: '2 Normal' },
        firstComment: null,
      },
    ]);
  });

  test('all of it', () => {
    const all = { ...choice, description: 'It jams.', contactId: 7, problemType: 'Hardware', dueDate: '2026-12-01' };
    const work = createWork(all, { ...facts, status: null, priority: null });
    expect(mailedTo(work)).toBe('office@burger.example');
    expect(work.actions[0]).toMatchObject({
      fields: {
        subject: 'Printer jams',
        technicianId: 1750,
        contactId: 7,
        problemType: 'Hardware',
        dueDate: '2026-12-01',
        timeZone: 'Arizona',
      },
      firstComment: { subject: 'Initial Issue', body: 'It jams.', audience: 'email' },
    });
  });

  test('mails nobody unless it is chosen', () => {
    const internal = createWork({ ...choice, description: 'It jams.', audience: 'internal' }, facts);
    expect(mailedTo(internal)).toBeNull();
  });
});
