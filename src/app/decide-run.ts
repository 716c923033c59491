import type { Decision, Run } from '../domain/run.ts';
import type { Technician } from '../domain/technician.ts';
import { AppError } from '../errors.ts';
import type { Runs } from './ports/journal.ts';
import type { Clock } from './ports/system.ts';
import { untilKnown } from './until-known.ts';

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
