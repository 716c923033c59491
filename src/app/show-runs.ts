import type { Run } from '../domain/run.ts';
import type { Clock, Log, Notice, Notifier, Runs } from './ports.ts';

type Deps = {
  readonly runs: Pick<Runs, 'unshown' | 'shown'>;
  readonly notifier: Notifier;
  readonly clock: Clock;
  readonly log: Log;
};

const MOST_AT_ONCE = 40;
const RETRY_MS = 10_000;

/**
 * Keeps every run's one message as new as its journal row. Slack being away loses nothing: what is not shown yet is
 * shown on a later call, also after a restart.
 */
export const createRunShower = ({ runs, notifier, clock, log }: Deps) => {
  const showing = new Map<string, Promise<void>>();
  const restUntil = new Map<string, number>();

  const show = async (run: Run, version: number, notice: Notice | null): Promise<void> => {
    try {
      await runs.shown(run.id, version, await notifier.show(run, notice));
      restUntil.delete(run.id);
    } catch (error) {
      restUntil.set(run.id, clock.now() + RETRY_MS);
      log.warn({ ref: run.ref, err: error }, 'a run could not be shown in Slack, trying again');
    } finally {
      showing.delete(run.id);
    }
  };

  /** Shows what is not shown; messages already under way are looked at again when they are through. */
  const showAll = async (): Promise<void> => {
    for (const { run, version, notice } of await runs.unshown(MOST_AT_ONCE)) {
      if (showing.has(run.id) || (restUntil.get(run.id) ?? 0) > clock.now()) continue;
      const shown = show(run, version, notice).then(() => (restUntil.has(run.id) ? undefined : showAll()));
      showing.set(
        run.id,
        shown.catch((error: unknown) => log.error({ err: error }, 'showing runs failed')),
      );
    }
  };

  return { showAll, settled: async () => void (await Promise.allSettled(showing.values())) };
};
