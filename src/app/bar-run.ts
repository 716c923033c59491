import { currentIndex, type Run } from '../domain/run.ts';
import type { Runs } from './ports.ts';
import type { Standing } from './standing.ts';

export type BarDeps = {
  readonly runs: Pick<Runs, 'decide'>;
  readonly standing: Standing;
  /** Tells the runner that there is something to do. */
  readonly nudge: () => void;
};

/**
 * A question to somebody who may not write any more is never answered, and holds its ticket: that work is stopped by
 * whoever has the run, which takes a moment.
 * @returns whether it is
 */
export const barIfGone = async ({ runs, standing, nudge }: BarDeps, run: Run): Promise<boolean> => {
  const standingNow = await standing.of(run.technician);
  if (standingNow.may !== 'no') return false;
  await runs.decide(run.id, { kind: 'stop', step: currentIndex(run), because: standingNow.why });
  nudge();
  return true;
};
