import type { CheckDeps } from './check-run.ts';
import { readBack } from './read-back.ts';
import { unverifiable } from './rules/delays.ts';
import { ofCustomer } from './rules/moves.ts';
import { effectsOf } from './rules/reconcile.ts';
import { type Run, resultOf } from './rules/run.ts';

/** The only one like it that is new, or words for why it is not known which. */
const guess = async (deps: CheckDeps, run: Run): Promise<number | string> => {
  const step = run.steps.find(({ action }) => action.kind === 'customer');
  if (step?.action.kind !== 'customer' || !step.firstIntent) return 'There is no new customer in Syncro.';
  const caller = await deps.identity.reader(run.technician, 'run');
  const reading = await readBack(deps.reads, caller, run, step.action);
  const [customer, ...others] = effectsOf(step.action, step.firstIntent, run.known, reading) ?? [];
  if (!customer) return 'The new customer is not in Syncro.';
  if (others.length === 0) return customer.id;
  const ids = [customer, ...others].map(({ id }) => id).join(', ');
  return `More than one customer could be the new one (${ids}). Fix that in Syncro.`;
};

/** Whose ticket it becomes: the customer's that the step before made. @throws AppError */
export const findCustomer = async (deps: CheckDeps, run: Run): Promise<Run> => {
  const made = resultOf(run, 'customer')?.id ?? (await guess(deps, run));
  return typeof made === 'string' ? unverifiable(run, made) : ofCustomer(run, made);
};
