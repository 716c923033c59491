import { dayInZone } from '../../shared/calendar.ts';
import type { BillPlan } from './bill-plan.ts';
import { type Action, plannedStep, type Run } from './run.ts';

/**
 * A piece of work as the person saw it: confirmed, it becomes a run. `emailTo` is who a comment in it is mailed to;
 * `timerId` the clock that its minutes were measured by; `assignee` whose a new ticket becomes.
 */
export type Work = Pick<
  Run,
  'kind' | 'author' | 'ticket' | 'plan' | 'known' | 'basis' | 'emailTo' | 'timerId' | 'changes' | 'told' | 'assignee'
> & {
  readonly actions: readonly Action[];
};

/** Not one of the subjects by which Syncro moves a ticket's status (Diagnosis, Parts Arrival, Parts Order). */
export const RESOLUTION = 'Resolution';

/** The day at the account's place, `YYYY-MM-DD`: an evening in Phoenix is the next day, and the next month, in UTC. */
const invoiceDay = (plan: BillPlan | null, now: number): string => dayInZone(now, plan?.timeZone ?? null);

/** What a confirmed bill sends, in its order. */
const billActions = (plan: BillPlan, now: number): readonly Action[] => {
  const { ticketId, customerId, comment, line, status } = plan;
  const actions: Action[] = [
    { kind: 'comment', ticketId, subject: RESOLUTION, body: comment.body, audience: comment.audience },
    {
      kind: 'line_item',
      ticketId,
      item: {
        productId: line.productId ?? 0,
        name: line.name,
        description: line.description,
        quantityHundredths: line.quantityHundredths,
        rateCents: line.rateCents,
        taxable: line.taxable,
      },
    },
    { kind: 'invoice', ticketId, customerId, date: invoiceDay(plan, now), timeZone: plan.timeZone ?? null },
    { kind: 'verify_invoice' },
  ];
  return status === null ? actions : [...actions, { kind: 'ticket_update', ticketId, fields: { status } }];
};

export const billWork = (plan: BillPlan, author: Run['author'], now: number, timerId: string | null = null): Work => ({
  kind: 'bill',
  author,
  ticket: {
    id: plan.ticketId,
    number: plan.ticketNumber,
    subject: plan.subject,
    customerId: plan.customerId,
    customerName: plan.customerName,
  },
  plan,
  known: plan.seen,
  emailTo: plan.comment.emailTo,
  timerId,
  actions: billActions(plan, now),
});

type ReadThen = { readonly readAt?: number; readonly setAt?: number };

/**
 * The journal's row for a piece of work that was confirmed.
 * @param readAt when what it rests on was read, by the clock that had been set at `setAt`
 */
export const runOf = (
  { actions, ...work }: Work,
  {
    readAt,
    setAt = 0,
    now,
    ...named
  }: Pick<Run, 'id' | 'formId' | 'ref' | 'technician'> & ReadThen & { readonly now: number },
): Run => ({
  ...work,
  ...named,
  checkedAt: readAt ?? null,
  checkedBy: setAt,
  // An invoice bears the day on which it was confirmed.
  steps: actions.map((action) =>
    plannedStep(action.kind === 'invoice' ? { ...action, date: invoiceDay(work.plan, now) } : action),
  ),
  state: 'open',
  wakeAt: now,
  createdAt: now,
  finishedAt: null,
  resumedAt: null,
});
