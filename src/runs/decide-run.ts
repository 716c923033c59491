import { AppError } from '../shared/errors.ts';
import type { Clock } from '../shared/system.ts';
import type { Technician } from '../shared/technician.ts';
import { untilKnown } from '../shared/within.ts';
import type { Runs } from './ports.ts';
import { calledOf, hasPlan } from './rules/purpose.ts';
import { currentStep, type Decision, type Run } from './rules/run.ts';

type Deps = { readonly runs: Pick<Runs, 'get' | 'decide'>; readonly clock: Clock; readonly nudge: () => void };

const STORE_MS = 1_200;

/**
 * Takes a person's word about a run that waits for them.
 * @throws AppError stale: the run is finished, or belongs to somebody else
 */
export const decideRun = async (deps: Deps, technician: Technician, id: string, decision: Decision): Promise<Run> => {
  const run = await deps.runs.get(id);
  const what = run && !hasPlan(run) ? 'change' : run ? calledOf(run) : 'bill';
  if (!run || run.technician.slackUser !== technician.slackUser)
    throw new AppError('stale', `This is not a ${what} of yours, so nothing was changed.`);
  if (!(await untilKnown(deps.clock, () => deps.runs.decide(id, decision), STORE_MS)))
    throw new AppError('stale', `This ${what} is already finished, so nothing was changed.`);
  deps.nudge();
  return run;
};

type WatchDeps = { readonly runs: Pick<Runs, 'get'>; readonly clock: Clock };

const EVERY_MS = 100;

/** Waits until the run is through or needs somebody, at most `forMs`; then says how it stands. */
export const watchRun = async ({ runs, clock }: WatchDeps, run: Run, forMs: number): Promise<Run> => {
  const until = clock.now() + forMs;
  let seen = run;
  while (seen.state === 'open' && clock.now() < until) {
    await clock.sleep(EVERY_MS);
    seen = (await runs.get(run.id)) ?? seen;
  }
  return seen;
};

/** It ended, asks somebody, or waits for a time: nothing happens in the next moment. */
const standsStill = (run: Run): boolean => {
  if (run.state !== 'open') return true;
  const state = currentStep(run)?.state;
  return state?.phase === 'unclear' || (state?.phase === 'planned' && state.delay !== null);
};

/** After a person's word: waits until the run has moved on from here and stands still again, at most `forMs`. */
export const followRun = async ({ runs, clock }: WatchDeps, before: Run, forMs: number): Promise<void> => {
  const until = clock.now() + forMs;
  const was = JSON.stringify(before);
  while (clock.now() < until) {
    const run = await runs.get(before.id);
    if (!run || run.state === 'done' || run.state === 'stopped' || (JSON.stringify(run) !== was && standsStill(run)))
      return;
    await clock.sleep(EVERY_MS);
  }
};
