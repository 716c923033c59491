import type { Run } from '../../src/runs/rules/run.ts';
import { isUnknown } from '../../src/runs/rules/step.ts';
import { type Evidence, isTold, questionsShown, repeatsBlindly } from './judge.ts';

const judgeOne = (evidence: Evidence, run: Run): readonly string[] => {
  const { model, shown, keyOf } = evidence;
  const isOurs = ({ madeBy }: { readonly madeBy: string | null }): boolean => madeBy === run.id;
  const made = { customer: model.made.customers.filter(isOurs), ticket: model.made.tickets.filter(isOurs) };
  const told = isTold(evidence, run) || questionsShown(evidence, run).some(({ kind }) => kind === 'unverifiable');
  const problems: string[] = [];
  for (const kind of ['customer', 'ticket'] as const) {
    const { length } = made[kind];
    if (length > 1 && !told) problems.push(`${length} × ${kind} and nobody was told`);
    if (repeatsBlindly(evidence, run, kind)) problems.push(`${kind} sent again without a read after settling`);
    const sends = model.sent.filter(({ write, runId }) => write.kind === kind && runId === run.id);
    if (sends.some(({ key }) => key !== keyOf(run.technician.slackUser))) problems.push(`${kind} under another key`);
    for (const step of run.steps.filter(({ action }) => action.kind === kind)) {
      const { state } = step;
      if (state.phase === 'done' && state.how !== 'person' && length === 0)
        problems.push(`${kind} called done, not in Syncro`);
      if (state.phase !== 'done' && !isUnknown(step) && length > 0)
        problems.push(`${kind} called not done, but in Syncro`);
    }
  }
  const theirs = made.ticket.filter(({ customerId }) => made.customer.some(({ id }) => id === customerId));
  if (theirs.length < made.ticket.length) problems.push('a ticket of somebody else than its new customer');
  if (run.state !== 'done' && run.state !== 'stopped') problems.push(`never ended: ${run.state}`);
  const last = shown.get(run.id)?.at(-1);
  if (last?.state !== run.state) problems.push(`the message says ${last?.state ?? 'nothing'}, the run is ${run.state}`);
  return problems.map((problem) => `${run.ref}: ${problem}`);
};

/** Holds new customers and their tickets against the promises. */
export const judgeCreated = (evidence: Evidence): readonly string[] =>
  evidence.runs.flatMap((run) => (run.kind === 'create' ? judgeOne(evidence, run) : []));
