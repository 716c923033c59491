import { describe, expect, test } from '@jest/globals';
import type { Run } from '../../../src/runs/rules/run.ts';
import { bodyOf, toRun } from '../../../src/runs/store/run-row.ts';
import { anInvoiceRun, aRun, aRunFor } from '../rules/a-run.ts';
import { howard, jerrysNumber, jerrysTicketId, noon } from '../rules/a-ticket.ts';

const bill = aRun();
const { ticket, plan } = bill;

/** A bill as version 1 wrote it. */
const stored = {
  id: 'run-1',
  formId: 'form-1',
  ref: 'K7Q2MX',
  technician: howard,
  kind: 'bill',
  author: bill.author,
  ticket,
  plan: {
    ticketId: jerrysTicketId,
    ticketNumber: jerrysNumber,
    subject: ticket.subject,
    customerId: ticket.customerId,
    customerName: ticket.customerName,
    ...plan,
  },
  known: plan.seen,
  emailTo: plan.comment.emailTo,
  timerId: null,
  steps: bill.steps,
  state: 'open',
  wakeAt: noon,
  createdAt: noon,
  finishedAt: null,
  resumedAt: null,
};

describe('a run in the database', () => {
  test('that an earlier version stored is read', () => {
    expect(toRun({ body: JSON.stringify(stored) })).toEqual({ ...bill, emailTo: plan.comment.emailTo });
    const update = { ...stored, kind: 'update', plan: null, changes: [], emailTo: null };
    expect(toRun({ body: JSON.stringify(update) })).toMatchObject({ kind: 'update', ticket, changes: [] });
  });

  test('is stored so that an earlier version can go on with it: a bill’s plan names the ticket, other work has none', () => {
    expect(stored).toMatchObject(JSON.parse(bodyOf(bill)) as object);
    const kinds = ['comment', 'close', 'update', 'timer', 'create'] as const;
    for (const kind of kinds) expect(JSON.parse(bodyOf(aRunFor(kind)))).toMatchObject({ kind, plan: null });
  });

  test.each<[Run['kind'], Run]>([
    ['bill', bill],
    ['invoice', anInvoiceRun()],
    ['comment', aRunFor('comment')],
    ['create', aRunFor('create')],
  ])('comes back as it was (%s)', (_kind, run) => {
    expect(toRun({ body: bodyOf(run) })).toEqual(run);
  });
});
