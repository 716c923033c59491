import { isAppError } from '../errors.ts';
import type { Audit, Clock, InRequest, Log, Notifier, Runs, Unshown } from './ports.ts';

type Deps = {
  readonly audit: Pick<Audit, 'append'>;
  readonly runs: Pick<Runs, 'claimUnshown' | 'unclaimShows' | 'shown' | 'notShown'>;
  readonly notifier: Notifier;
  readonly clock: Clock;
  readonly log: Log;
  readonly inRequest?: InRequest;
};

const MOST_AT_ONCE = 40;
/** How long one message may take; then another process may show it. */
const SHOW_MS = 20_000;
const RETRY_MS = 5_000;

/**
 * Keeps every run's one message as new as its journal row. Slack being away loses nothing: what is not shown yet is
 * shown on a later call, also after a restart.
 */
export const createRunShower = ({ audit, runs, notifier, clock, log, inRequest }: Deps) => {
  const showing = new Set<Promise<void>>();
  /** Ends of claims whose answer was lost: nobody would show those runs before then. */
  const lost = new Set<number>();

  const claim = async (): Promise<readonly Unshown[]> => {
    for (const until of lost) {
      await runs.unclaimShows(until);
      lost.delete(until);
    }
    const now = clock.now();
    try {
      return await runs.claimUnshown(now, SHOW_MS, MOST_AT_ONCE);
    } catch (error) {
      if (isAppError(error) && error.code === 'unsure') lost.add(now + SHOW_MS);
      throw error;
    }
  };

  const show = async (unshown: Unshown): Promise<void> => {
    try {
      // First, because whoever reads the receipt must find it in the audit.
      await audit.append(unshown.run);
      await runs.shown(unshown, await notifier.show(unshown.run, unshown.notice, unshown.fence > 1));
    } catch (error) {
      log.warn({ ref: unshown.run.ref, err: error }, 'a run could not be shown, trying again');
      await runs.notShown(unshown, clock.now() + RETRY_MS);
    }
  };

  /** Shows what is not shown; what changes meanwhile is shown when the message is through. */
  const showAll = async (): Promise<void> => {
    for (const unshown of await claim()) {
      const shown = (inRequest ? inRequest(unshown.run.ref, () => show(unshown)) : show(unshown))
        .then(showAll)
        .catch((error: unknown) => log.error({ err: error }, 'showing runs failed'))
        .finally(() => showing.delete(shown));
      showing.add(shown);
    }
  };

  return {
    showAll,
    settled: async (): Promise<void> => {
      while (showing.size > 0) await Promise.allSettled(showing);
    },
  };
};
