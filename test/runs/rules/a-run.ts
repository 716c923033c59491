import type { BillPlan } from '../../../src/runs/rules/bill-plan.ts';
import { conclude, intend, looked } from '../../../src/runs/rules/moves.ts';
import {
  type BillRun,
  currentStep,
  type PlannedRun,
  type Progress,
  type Run,
  type RunSettings,
} from '../../../src/runs/rules/run.ts';
import { type Action, plannedStep } from '../../../src/runs/rules/step.ts';
import { workOn } from '../../../src/runs/rules/work.ts';
import type { Audience } from '../../../src/syncro/audience.ts';
import type { WriteOutcome } from '../../../src/syncro/write.ts';
import { aBilledTicket, aPlan, aPlanToInvoice } from './a-bill.ts';
import { aTicket, howard, jerrysTicketId, noon } from './a-ticket.ts';

export const settings: RunSettings = { settleMs: 150_000, resendEmailComment: 'ask' };

export const author = { id: howard.syncroUserId, name: howard.name };

/** The steps of a bill in their order. */
export const billActions = (plan: BillPlan): readonly Action[] => [
  {
    kind: 'comment',
    ticketId: jerrysTicketId,
    subject: 'Resolution',
    body: plan.comment.body,
    audience: plan.comment.audience,
  },
  {
    kind: 'line_item',
    ticketId: jerrysTicketId,
    item: {
      productId: plan.line.productId ?? 0,
      name: plan.line.name,
      description: plan.line.description,
      quantityHundredths: plan.line.quantityHundredths,
      rateCents: plan.line.rateCents,
      taxable: false,
    },
  },
  {
    kind: 'invoice',
    ticketId: jerrysTicketId,
    customerId: aTicket().customerId,
    date: '2026-11-23',
    timeZone: plan.timeZone ?? null,
  },
  { kind: 'verify_invoice' },
  { kind: 'ticket_update', ticketId: jerrysTicketId, fields: { status: 'Invoiced' } },
];

export const jerrysTicket = workOn(aBilledTicket(), author).ticket;

/** A bill of 45 minutes remote that was just confirmed. */
export const aRun = (fields: Partial<BillRun> = {}): BillRun => {
  const plan = fields.plan ?? aPlan();
  return {
    id: 'run-1',
    formId: 'form-1',
    kind: 'bill',
    ref: 'K7Q2MX',
    technician: howard,
    author,
    ticket: jerrysTicket,
    plan,
    timerId: null,
    known: plan.seen,
    steps: billActions(plan).map(plannedStep),
    state: 'open',
    wakeAt: noon,
    createdAt: noon,
    finishedAt: null,
    resumedAt: null,
    ...fields,
  };
};

/** What only another kind of work keeps, about the same ticket. */
export const PURPOSES = {
  comment: { kind: 'comment', emailTo: null },
  close: { kind: 'close', emailTo: null },
  update: { kind: 'update', changes: [] },
  timer: { kind: 'timer', timerId: null },
  delete: { kind: 'delete' },
  create: {
    kind: 'create',
    emailTo: null,
    assignee: 'Howard Enos',
    ticket: { ...jerrysTicket, id: null, number: null },
  },
} as const;

/** An invoice of what is on the ticket, just confirmed: read once more before it is sent. */
export const anInvoiceRun = (fields: Partial<PlannedRun & { readonly kind: 'invoice' }> = {}): Run => {
  const plan = fields.plan ?? aPlanToInvoice();
  const { plan: _, timerId: __, ...run } = aRun();
  return {
    ...run,
    kind: 'invoice',
    plan,
    known: plan.seen,
    checkedAt: null,
    steps: billActions(aPlan())
      .filter(({ kind }) => kind !== 'comment' && kind !== 'line_item')
      .map(plannedStep),
    ...fields,
  };
};

/** Another kind of work in place of the bill. */
export const aRunFor = (kind: keyof typeof PURPOSES, fields: Partial<Progress> = {}): Run => {
  const { plan: _, ...run } = aRun();
  return { ...run, ...PURPOSES[kind], ...fields };
};

const kinds = ['comment', 'line_item', 'invoice', 'verify_invoice', 'ticket_update'] as const;

/** A bill whose steps before this one are done; the ids in Syncro are 1001, 1002, … */
export const aRunAt = (kind: (typeof kinds)[number], fields: Partial<BillRun> = {}): BillRun => {
  const run = aRun(fields);
  const before = kinds.indexOf(kind);
  return {
    ...run,
    steps: run.steps.map((step, i) =>
      i < before ? { ...step, state: { phase: 'done', id: 1001 + i, number: null, how: 'answered' } } : step,
    ),
  };
};

/** A bill that is about to post a comment to this audience. */
export const aRunCommenting = (audience: Audience): Run => aRun({ plan: aPlan({}, { audience }) });

/** The intent is recorded; nothing is known of the outcome. */
export const sending = (run: Run, now = noon): Run => intend(run, author, now, settings);

export const unclear: WriteOutcome = { outcome: 'unclear', why: 'no answer within 20 s' };

export const stateOf = (run: Run) => currentStep(run)?.state;

/** Sent at noon, no answer at this time. */
export const anUnclear = (run: Run, now = noon): Run => conclude(sending(run), unclear, now);

/** Looks whenever it is time, finds nothing, until the run does something else; returns when it looked. */
export const lookUntilItGivesUp = (run: Run, using = settings): { run: Run; at: number[] } => {
  const at: number[] = [];
  let current = run;
  while (stateOf(current)?.phase === 'unclear' && at.length < 100) {
    at.push(current.wakeAt - noon);
    current = looked(current, { result: 'absent' }, current.wakeAt, using);
  }
  return { run: current, at };
};

/** Sent at noon without an answer, absent after settling, and planned once more. */
export const aResent = (run: Run): Run => lookUntilItGivesUp(anUnclear(run)).run;
