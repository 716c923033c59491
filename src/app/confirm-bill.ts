import type { BillPlan } from '../domain/billing.ts';
import { type Action, plannedStep, type Run } from '../domain/run.ts';
import type { Technician } from '../domain/technician.ts';
import { AppError } from '../errors.ts';
import type { Clock, Form, Forms, Ids, Runs } from './ports.ts';

type Deps = {
  readonly forms: Forms;
  readonly runs: Pick<Runs, 'add' | 'byForm' | 'lastOn'>;
  readonly clock: Clock;
  readonly ids: Ids;
  /** Tells the runner that there is something to do. */
  readonly nudge: () => void;
};

/** An older preview may show facts that are no longer true. */
const PREVIEW_GOOD_MS = 5 * 60_000;

/** Not one of the subjects by which Syncro moves a ticket's status (Diagnosis, Parts Arrival, Parts Order). */
const COMMENT_SUBJECT = 'Resolution';

const actionsOf = (plan: BillPlan, now: number): readonly Action[] => {
  const { ticketId, customerId, comment, line, status } = plan;
  const actions: Action[] = [
    { kind: 'comment', ticketId, subject: COMMENT_SUBJECT, body: comment.body, audience: comment.audience },
    {
      kind: 'line_item',
      ticketId,
      item: {
        productId: line.productId ?? 0,
        name: line.name,
        description: line.description,
        quantityHundredths: line.quantityHundredths,
        rateCents: line.rateCents,
        taxable: false,
      },
    },
    { kind: 'invoice', ticketId, customerId, date: new Date(now).toISOString() },
    { kind: 'verify_invoice' },
  ];
  return status === null ? actions : [...actions, { kind: 'ticket_update', ticketId, fields: { status } }];
};

const newRun = (
  deps: Deps,
  technician: Technician,
  formId: string,
  { plan, author }: NonNullable<Form['previewed']>,
  now: number,
): Run => ({
  id: deps.ids.id(),
  formId,
  kind: 'bill',
  ref: deps.ids.ref(),
  technician,
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
  steps: actionsOf(plan, now).map(plannedStep),
  state: 'open',
  wakeAt: now,
  createdAt: now,
  finishedAt: null,
  resumedAt: null,
});

/**
 * Puts the confirmed bill into the journal; from here on it happens by itself. The same form confirmed again, by a
 * second press or by Slack sending twice, finds the run that is there.
 * @throws AppError stale (no or too old a preview), busy (another run holds the ticket); then nothing was stored
 */
export const confirmBill = async (deps: Deps, technician: Technician, formId: string): Promise<Run> => {
  const before = await deps.runs.byForm(formId);
  if (before && before.technician.slackUser === technician.slackUser) return before;
  const form = await deps.forms.get(formId);
  const now = deps.clock.now();
  if (!form?.previewed || form.technician !== technician.slackUser)
    throw new AppError('stale', 'There is no preview to confirm. Press Back, then Preview.');
  if (now - form.previewed.at > PREVIEW_GOOD_MS)
    throw new AppError(
      'stale',
      'This preview is over 5 minutes old. Press Back, then Preview, to see what is true now.',
    );
  const last = await deps.runs.lastOn(form.previewed.plan.ticketId);
  if (last && last.finishedAt !== null && last.finishedAt > form.previewed.at)
    throw new AppError(
      'stale',
      `${last.technician.name} billed #${form.ticketNumber} since this preview (ref ${last.ref}). Press Back, then Preview, to see what is true now.`,
    );
  const run = newRun(deps, technician, formId, form.previewed, now);
  const added = await deps.runs.add(run);
  if (added.result === 'busy')
    throw new AppError(
      'busy',
      `#${form.ticketNumber} is being billed right now by ${added.run.technician.name} (ref ${added.run.ref}). When that is finished, press Back, then Preview again.`,
    );
  deps.nudge();
  return added.result === 'exists' ? added.run : run;
};
