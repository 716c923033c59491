import type { Followed } from '../../src/runs/ports.ts';
import type { BillPlan } from '../../src/runs/rules/bill-plan.ts';
import { isNotBillableComment } from '../../src/runs/rules/not-billable.ts';
import { isCharge } from '../../src/runs/rules/purpose.ts';
import type { BillRun, Run } from '../../src/runs/rules/run.ts';
import { isUnknown } from '../../src/runs/rules/step.ts';
import { type Account, CONTRACT } from './account.ts';
import { type Evidence, isTold, ticketOf } from './judge.ts';
import { EMERGENCY, PRODUCT } from './model-rows.ts';
import { BILLER } from './office.ts';

export type ChargeEvidence = Evidence & {
  readonly account: Account;
  /** By form: the plan whose warnings a person read before they pressed. */
  readonly wentOn: ReadonlyMap<string, BillPlan>;
  readonly followed: ReadonlyMap<string, Followed>;
  readonly told: ReadonlyArray<{ readonly at: number; readonly slackUser: string; readonly runIds: readonly string[] }>;
};

const ownLine = (evidence: Evidence, run: Run) => ticketOf(evidence, run).lines.find(({ madeBy }) => madeBy === run.id);

const onInvoice = (evidence: Evidence, run: Run) => {
  const ticket = ticketOf(evidence, run);
  const invoices = [...ticket.invoices, ...evidence.model.recurring];
  return invoices.find(({ lines }) => lines.some(({ madeBy }) => madeBy === run.id));
};

/** A line that a recurring invoice was to take is on an invoice, or who charged it and who bills were told of it. */
const judgePromise = (evidence: ChargeEvidence, run: BillRun): readonly string[] => {
  if (run.state !== 'done' || run.plan.later?.by !== 'schedule') return [];
  const tellings = evidence.told.filter(({ runIds }) => runIds.includes(run.id));
  const problems: string[] = [];
  const people = [run.technician.slackUser, BILLER.slackUser];
  for (const one of people)
    if (tellings.filter(({ slackUser }) => slackUser === one).length > 1) problems.push(`${one} was told twice`);
  const says = evidence.followed.get(run.id)?.state;
  const invoice = onInvoice(evidence, run);
  const line = ownLine(evidence, run);
  const isInvoiced = invoice !== undefined || line?.invoiced === true;
  if (says === undefined) problems.push('a promised line was forgotten');
  if (says === 'invoiced' && !isInvoiced) problems.push('said to be invoiced, and on no invoice');
  if (says === 'gone' && line) problems.push('said to be gone, and still there');
  const isUntold = people.some((one) => !tellings.some(({ slackUser }) => slackUser === one));
  if (says === 'late' && isUntold) problems.push('a promised line is on no invoice, and somebody was not told');
  const { removed } = ticketOf(evidence, run);
  // Who removed it here knows.
  if (says === 'gone' && isUntold && !removed.some(({ madeBy, removedBy }) => madeBy === run.id && removedBy !== null))
    problems.push('a promised line is gone, and somebody was not told');
  const since = invoice?.createdAt ?? null;
  if (since !== null && tellings.some(({ at }) => at > since + LOOKED_MS))
    problems.push('told of a line that is invoiced');
  return problems;
};

/** What was read of it was read shortly before; whoever died or slept in between says it later. */
const LOOKED_MS = 30 * 60_000;

/** A premium is on the hours of a line or on its rate, as the run made it; what was put right since is somebody's word. */
const judgePremium = (evidence: ChargeEvidence, run: BillRun): readonly string[] => {
  const { plan } = run;
  const worked = (plan.workedMinutes * 100) / 60;
  const { lines, history } = ticketOf(evidence, run);
  return lines.flatMap(({ id, madeBy, productId, quantityHundredths, rateCents }) => {
    if (madeBy !== run.id || productId !== EMERGENCY.id || quantityHundredths <= worked) return [];
    if (history.some((change) => change.id === id && change.value !== 'invoiced')) return [];
    // The block pays all of it, so that no rate counts.
    const isPaid = plan.prepaid?.covers === true;
    // The other way, which the preview offers with what it costs; the audit says who chose it.
    const isChosen = run.note?.includes(' h as chosen') === true;
    return rateCents > PRODUCT.rateCents && !isPaid && !isChosen ? ['a premium on the hours and on the rate'] : [];
  });
};

/** Of labor that a contract makes free, a line is there only where somebody was told so and went on. */
const judgeFree = (evidence: ChargeEvidence, run: BillRun): readonly string[] => {
  const { contracts } = evidence.account;
  const { productId } = run.plan.line;
  const free = contracts.some(
    ({ customerId, nonBillableProductIds }) =>
      customerId === run.ticket.customerId && productId !== null && nonBillableProductIds.includes(productId),
  );
  if (!free || !ownLine(evidence, run)) return [];
  const warned = evidence.wentOn.get(run.formId)?.warnings.some(({ kind }) => kind === 'contract_not_billable');
  return [
    ...(warned ? [] : ['a line for labor that is not billable, and nobody chose it']),
    ...(run.note?.includes(CONTRACT) ? [] : ['a line for labor that is not billable, and the audit does not say so']),
  ];
};

/** The hours stand on the ticket once: in an entry that can't be billed, or in a comment. */
const judgeNotBillable = (evidence: ChargeEvidence, run: Run): readonly string[] => {
  if (run.kind !== 'not_billable') return [];
  const ticket = ticketOf(evidence, run);
  const entries = ticket.timers.filter(({ madeBy }) => madeBy === run.id);
  const comments = ticket.comments.filter((row) => row.madeBy === run.id && isNotBillableComment(row));
  const problems: string[] = [];
  if (ticket.lines.some(({ madeBy }) => madeBy === run.id)) problems.push('a line for work that is not billed');
  if (run.reason === '' || run.note === undefined) problems.push('not billable without a reason');
  if (run.state !== 'done' || isTold(evidence, run)) return problems;
  if (entries.some(({ billable }) => billable !== false)) problems.push('an entry was left that can be billed');
  // What was taken off by others, or is there on somebody's word, is not looked for.
  const isOthers = ticket.removed.some(({ madeBy, removedBy }) => madeBy === run.id && removedBy !== run.id);
  const isOnWord = run.steps.some(({ state }) => state.phase === 'done' && state.how === 'person');
  if (entries.length + comments.length !== 1 && !isOthers && !isOnWord && !run.steps.some(isUnknown))
    problems.push(`the hours stand ${entries.length + comments.length} times on the ticket`);
  return problems;
};

/** A draft is one in Syncro, and what is no draft was not called one. */
const judgeDraft = (evidence: Evidence, run: Run): readonly string[] =>
  run.steps.flatMap(({ action, state }) => {
    if (action.kind !== 'invoice_draft' || action.invoiceId === null || state.phase !== 'done') return [];
    const { drafts, invoices } = ticketOf(evidence, run);
    const isOurs = invoices.some(({ id, madeBy }) => id === action.invoiceId && madeBy === run.id);
    return [
      ...(state.how === 'answered' && !drafts.has(action.invoiceId) ? ['called a draft, and is none'] : []),
      ...(isOurs || isTold(evidence, run) ? [] : ['somebody else’s invoice was made a draft']),
    ];
  });

/** Holds what was charged, and what was not, against the promises. */
export const judgeCharges = (evidence: ChargeEvidence): readonly string[] =>
  evidence.runs.flatMap((run) => {
    const problems =
      run.kind === 'bill'
        ? [...judgePromise(evidence, run), ...judgePremium(evidence, run), ...judgeFree(evidence, run)]
        : judgeNotBillable(evidence, run);
    const isCharged =
      isCharge(run) && evidence.model.sent.some(({ runId, write }) => runId === run.id && write.kind === 'invoice');
    return [
      ...problems,
      ...judgeDraft(evidence, run),
      ...(isCharged ? ['an invoice of what was only to be charged'] : []),
    ].map((problem) => `${run.ref}: ${problem}`);
  });
