import { outsideRequest } from '../shared/request-context.ts';
import type { Every, InRequest, Log } from '../shared/system.ts';
import type { Audit, Notifier, Runs } from './ports.ts';
import { createRunShower } from './show-runs.ts';
import { type WorkDeps, workOnRun } from './work-on-run.ts';

/** A request takes up to 20 s; the lease is renewed long before it ends, and ends soon after its holder died. */
const LEASE_MS = 60_000;
const RENEW_MS = 15_000;
/** How often the journal is asked what is due; a nudge asks at once. */
const POLL_MS = 500;
/** Runs that one process works on at a time; the limiter decides what is sent when. */
const MOST_AT_ONCE = 24;
/** By then the request of the step that follows is on its way: Slack and the journal's commits for it don't hold it up. */
const SHOW_AFTER_MS = 20;

export type RunnerDeps = Omit<WorkDeps, 'runs' | 'changed' | 'stopping'> & {
  readonly runs: Runs;
  readonly audit: Pick<Audit, 'append'>;
  readonly notifier: Notifier;
  readonly log: Log;
  readonly every: Every;
  /** Marks the log's lines with the run's reference. */
  readonly inRequest?: InRequest;
  /** Names this process among all that use the same journal. */
  readonly owner: string;
};

export type Runner = {
  start(): void;
  /** There is something to do: don't wait for the next poll. */
  nudge(): void;
  /** Takes nothing new and waits until the steps in flight are recorded and shown. */
  stop(): Promise<void>;
};

/** Claims the runs that are due and works on each until it waits for something. */
export const createRunner = (deps: RunnerDeps): Runner => {
  const { runs, clock, log, owner } = deps;
  const shower = createRunShower(deps);
  const working = new Set<Promise<void>>();
  let stopping = false;
  let stopPolling = (): void => undefined;
  let polling: Promise<void> | null = null;
  let askedAgain = false;
  let isAway = false;

  const showAll = (): void => {
    shower.showAll().catch((error: unknown) => log.error({ err: error }, 'the journal could not be read'));
  };

  let showsSoon = false;
  const showSoon = async (): Promise<void> => {
    if (showsSoon) return;
    showsSoon = true;
    await clock.sleep(SHOW_AFTER_MS);
    showsSoon = false;
    showAll();
  };

  const work = async (claimed: NonNullable<Awaited<ReturnType<Runs['claim']>>>): Promise<void> => {
    const { lease } = claimed;
    const renew = () =>
      void runs
        .renew(lease, clock.now() + LEASE_MS)
        .catch((error: unknown) => log.error({ err: error }, 'a lease could not be renewed'));
    const stopRenewing = deps.every(RENEW_MS, renew);
    try {
      // Shows everybody's runs.
      const changed = (goesOn: boolean): void => outsideRequest(() => (goesOn ? void showSoon() : showAll()));
      const working = () => workOnRun({ ...deps, changed, stopping: () => stopping }, claimed);
      await (deps.inRequest ? deps.inRequest(claimed.run.ref, working) : working());
    } catch (error) {
      log.error({ err: error, ref: claimed.run.ref }, 'a run could not be advanced');
    } finally {
      stopRenewing();
    }
  };

  const poll = async (): Promise<void> => {
    for (const holder of await runs.holders()) if (deps.isGone(holder)) await runs.expire(holder);
    let begun = false;
    while (!stopping && working.size < MOST_AT_ONCE) {
      const claimed = await runs.claim(owner, clock.now(), LEASE_MS);
      if (!claimed) break;
      begun = true;
      const done = work(claimed).finally(() => working.delete(done));
      working.add(done);
    }
    if (begun) void showSoon();
    else await shower.showAll();
  };

  const nudge = (): void => {
    if (stopping) return;
    if (polling) {
      askedAgain = true;
      return;
    }
    polling = poll()
      .then(() => {
        if (isAway) log.info({}, 'the journal can be read again');
        isAway = false;
      })
      .catch((error: unknown) => {
        // Asked twice a second: once is enough to know.
        if (!isAway) log.error({ err: error }, 'the journal could not be read');
        isAway = true;
      })
      .finally(() => {
        polling = null;
        if (!askedAgain) return;
        askedAgain = false;
        nudge();
      });
  };

  return {
    start: () => {
      stopPolling = deps.every(POLL_MS, nudge);
      nudge();
    },
    // What that sets off is the work of many runs, not of whoever asked.
    nudge: () => outsideRequest(nudge),
    stop: async () => {
      stopping = true;
      stopPolling();
      await polling;
      await Promise.allSettled(working);
      await shower.showAll();
      await shower.settled();
    },
  };
};
