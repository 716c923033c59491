import type { Updated } from '../app/update-status.ts';
import { QUIET_MS } from '../domain/run.ts';
import type { SlackDeps } from './deps.ts';

/** Longer than a run stays quiet: what ends just then must not be told nowhere. */
const WATCH_MS = QUIET_MS + 500;

/** Waits for the outcome of a change that was just asked for, as long as somebody looks at the place where they asked. */
export const watchUpdate = async ({ use }: SlackDeps, change: Promise<Updated>): Promise<Updated> => {
  const updated = await change;
  return updated.result === 'started' ? { ...updated, run: await use.watchRun(updated.run, WATCH_MS) } : updated;
};
