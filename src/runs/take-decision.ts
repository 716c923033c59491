import { AppError } from '../shared/errors.ts';
import type { Clock } from '../shared/system.ts';
import type { Technician } from '../shared/technician.ts';
import { untilKnown } from '../shared/within.ts';
import type { Runs } from './ports.ts';
import type { Decision, Run } from './rules/run.ts';

type Deps = { readonly runs: Pick<Runs, 'get' | 'decide'>; readonly clock: Clock; readonly nudge: () => void };

const STORE_MS = 1_200;

/**
 * Takes a person's word about a run that waits for them.
 * @throws AppError stale: the run is finished, or belongs to somebody else
 */
export const decideRun = async (deps: Deps, technician: Technician, id: string, decision: Decision): Promise<Run> => {
  const run = await deps.runs.get(id);
  const what = run && run.kind !== 'bill' ? 'change' : 'bill';
  if (!run || run.technician.slackUser !== technician.slackUser)
    throw new AppError('stale', `This is not a ${what} of yours, so nothing was changed.`);
  if (!(await untilKnown(deps.clock, () => deps.runs.decide(id, decision), STORE_MS)))
    throw new AppError('stale', `This ${what} is already finished, so nothing was changed.`);
  deps.nudge();
  return run;
};
