import type { BillRun } from '../../../src/runs/rules/run.ts';
import { type Action, plannedStep } from '../../../src/runs/rules/step.ts';
import { workOn } from '../../../src/runs/rules/work.ts';
import { aBilledTicket, aPlan } from '../rules/a-bill.ts';
import { howard, noon } from '../rules/a-ticket.ts';

export const author = { id: howard.syncroUserId, name: howard.name };

export const BILL_STEPS = ['comment', 'line_item', 'invoice', 'verify_invoice', 'ticket_update'] as const;

/** A bill whose steps before this one are done; the ids in Syncro are 1001, 1002, … */
export const aBillAt = (kind: (typeof BILL_STEPS)[number], fields: Partial<BillRun> = {}): BillRun => {
  const plan = fields.plan ?? aPlan();
  const { comment, line } = plan;
  const { id: ticketId, customerId } = aBilledTicket();
  const actions: readonly Action[] = [
    { kind: 'comment', ticketId, subject: 'Resolution', body: comment.body, audience: comment.audience },
    { kind: 'line_item', ticketId, item: { ...line, productId: line.productId ?? 0 } },
    { kind: 'invoice', ticketId, customerId, date: '2026-11-23' },
    { kind: 'verify_invoice' },
    { kind: 'ticket_update', ticketId, fields: { status: 'Invoiced' } },
  ];
  return {
    id: 'run-1',
    formId: 'form-1',
    kind: 'bill',
    ref: 'K7Q2MX',
    technician: howard,
    author,
    ticket: workOn(aBilledTicket(), author).ticket,
    plan,
    timerId: null,
    known: plan.seen,
    steps: actions.map((action, i) =>
      i < BILL_STEPS.indexOf(kind)
        ? { ...plannedStep(action), state: { phase: 'done', id: 1001 + i, number: null, how: 'answered' } }
        : plannedStep(action),
    ),
    state: 'open',
    wakeAt: noon,
    createdAt: noon,
    finishedAt: null,
    resumedAt: null,
    ...fields,
  };
};
