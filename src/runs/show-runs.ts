import { isAppError } from '../shared/errors.ts';
import type { Clock, InRequest, Log } from '../shared/system.ts';
import type { Audit, Notifier, Runs, Unshown } from './ports.ts';

type Deps = {
  readonly audit: Pick<Audit, 'append'>;
  readonly runs: Pick<Runs, 'claimUnshown' | 'unclaimShows' | 'shown' | 'showAgain' | 'notShown'>;
  readonly notifier: Notifier;
  readonly clock: Clock;
  readonly log: Log;
  readonly inRequest?: InRequest;
};

const MOST_AT_ONCE = 40;
/** How long one message may take; then another process may show it. */
const SHOW_MS = 20_000;
const RETRY_MS = 5_000;
/** Slack may refuse for days: that is asked ever more rarely. */
const MOST_RETRY_MS = 10 * 60_000;

/**
 * Keeps every run's one message as new as its journal row. Slack being away loses nothing: what is not shown yet is
 * shown on a later call, also after a restart.
 */
export const createRunShower = ({ audit, runs, notifier, clock, log, inRequest }: Deps) => {
  const showing = new Set<Promise<void>>();
  /** Ends of claims whose answer was lost: nobody would show those runs before then. */
  const lost = new Set<number>();
  /** By run: how its last show here ended. */
  const last = new Map<string, { readonly fence: number; readonly failed: number }>();
  /** By run: of which version nothing was said, and until when. */
  const held = new Map<string, { readonly version: number; readonly at: number }>();

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
    const { run, version, fence, notice } = unshown;
    const before = last.get(run.id);
    held.delete(run.id);
    try {
      // First, because whoever reads the receipt must find it in the audit.
      await audit.append(run);
      // Whoever claimed it in between, or failed to show it, may have posted it.
      const mayBeThere = fence > 1 && !(before?.failed === 0 && before.fence === fence - 1);
      const shown = await notifier.show({ run, version, notice, mayBeThere });
      if (shown.result === 'later') held.set(run.id, { version, at: shown.at });
      await runs.shown(unshown, shown.result === 'later' ? notice : shown.notice);
      last.set(run.id, { fence, failed: 0 });
      if (run.finishedAt !== null) last.delete(run.id);
    } catch (error) {
      const failed = (before?.failed ?? 0) + 1;
      last.set(run.id, { fence, failed });
      log.warn({ ref: run.ref, err: error, failed }, 'a run could not be shown, trying again');
      await runs.notShown(unshown, clock.now() + Math.min(RETRY_MS * 2 ** (failed - 1), MOST_RETRY_MS));
    }
  };

  const releaseHeld = async (): Promise<void> => {
    for (const [id, { version, at }] of held) {
      if (clock.now() < at) continue;
      held.delete(id);
      await runs.showAgain(id, version);
    }
  };

  /** Shows what is not shown; what changes meanwhile is shown when the message is through. */
  const showAll = async (): Promise<void> => {
    await releaseHeld();
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
