import type { Clock } from '../shared/system.ts';
import type { Runs } from './ports.ts';
import type { Run } from './rules/run.ts';

type Deps = { readonly runs: Pick<Runs, 'get'>; readonly clock: Clock };

const EVERY_MS = 100;

/** Waits until the run is through or needs somebody, at most `forMs`; then says how it stands. */
export const watchRun = async ({ runs, clock }: Deps, run: Run, forMs: number): Promise<Run> => {
  const until = clock.now() + forMs;
  let seen = run;
  while (seen.state === 'open' && clock.now() < until) {
    await clock.sleep(EVERY_MS);
    seen = (await runs.get(run.id)) ?? seen;
  }
  return seen;
};
