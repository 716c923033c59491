import type { SlackDeps } from '../../../app/deps.ts';
import { QUIET_MS } from '../../../runs/rules/run.ts';
import type { Updated } from '../update-status.ts';

/** Longer than a run stays quiet: what ends just then must not be told nowhere. */
const WATCH_MS = QUIET_MS + 500;

/** Waits for the outcome of a change that was just asked for, as long as somebody looks at the place where they asked. */
export const watchUpdate = async ({ use, log }: SlackDeps, change: Promise<Updated>): Promise<Updated> => {
  const updated = await change;
  if (updated.result !== 'started') return updated;
  const run = await use.watchRun(updated.run, WATCH_MS).catch((error: unknown) => {
    // It is in the journal and goes on: whoever asked must not hear that nothing was sent.
    log.error({ ref: updated.run.ref, err: error }, 'could not look how a change ended');
    return updated.run;
  });
  return { ...updated, run };
};
