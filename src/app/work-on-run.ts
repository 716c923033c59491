import { decide } from '../domain/decide.ts';
import { resume } from '../domain/run-moves.ts';
import { type AdvanceDeps, advanceRun } from './advance-run.ts';
import type { Claimed, Runs } from './ports.ts';

export type WorkDeps = AdvanceDeps & {
  readonly runs: Pick<Runs, 'load' | 'save' | 'saveIntent' | 'holds' | 'release'>;
  /** Called after each saved change, to bring the run's message up to date. */
  readonly changed: () => void;
  /** True: finish the step in flight, start no other. */
  readonly stopping: () => boolean;
};

/** One saved move of a claimed run. `false`: nothing more to do for this holder now. */
const move = async (deps: WorkDeps, { lease }: Claimed): Promise<boolean> => {
  const { runs, clock } = deps;
  const loaded = await runs.load(lease);
  if (!loaded) return false;
  const { run, decision } = loaded;
  if (decision) return runs.save(lease, decide(run, decision, clock.now()), { decided: decision });
  if (run.state !== 'open' || run.wakeAt > clock.now()) return false;
  const advanced = await advanceRun(deps, lease, run);
  if (advanced.result === 'lost') return true;
  if (await runs.save(lease, advanced.run)) return true;
  deps.log.error({ ref: run.ref }, 'the lease ended while a step was in flight; its next holder looks what happened');
  return false;
};

/** Works on a claimed run until it waits for something, then gives it back. */
export const workOnRun = async (deps: WorkDeps, claimed: Claimed): Promise<void> => {
  const { lease, run, abandonedUntil } = claimed;
  try {
    if (abandonedUntil !== null) {
      deps.log.warn({ ref: run.ref }, 'going on with a run that another process left');
      const resumed = resume(run, deps.clock.now(), abandonedUntil, deps.settings);
      if (!(await deps.runs.save(lease, resumed))) return;
    }
    while (!deps.stopping() && (await move(deps, claimed))) deps.changed();
  } finally {
    await deps.runs.release(lease);
  }
};
