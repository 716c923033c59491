import type { Every, Log } from '../shared/system.ts';
import type { Technician } from '../shared/technician.ts';
import type { Runs } from './ports.ts';
import { currentIndex, type Run } from './rules/run.ts';

/** Whether Slack calls somebody a full member; `unknown`: it could not be asked. */
type AskMembership = (slackUser: string) => Promise<'member' | 'outsider' | 'unknown'>;

export type MayWrite =
  | { readonly may: 'yes' }
  /** `why` is for people. */
  | { readonly may: 'no'; readonly why: string }
  | { readonly may: 'unknown' };

/** Whether somebody may still have things written for them: asked right before each write, however long it waited. */
export type Standing = { of(technician: Technician): Promise<MayWrite> };

export const createStanding = (technicians: ReadonlyMap<string, Technician>, membership: AskMembership): Standing => ({
  of: async ({ slackUser, syncroUserId, name }) => {
    const now = technicians.get(slackUser);
    if (!now) return { may: 'no', why: `${name} is no longer among the technicians in the settings.` };
    if (now.syncroUserId !== syncroUserId)
      return { may: 'no', why: `${name} is another Syncro user in the settings now (${now.syncroUserId}).` };
    switch (await membership(slackUser)) {
      case 'member':
        return { may: 'yes' };
      case 'outsider':
        return { may: 'no', why: `${name} is no longer an active full member of this Slack workspace.` };
      case 'unknown':
        return { may: 'unknown' };
    }
  },
});

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

const LOOK_MS = 5 * 60_000;

type WatchDeps = BarDeps & {
  readonly runs: Pick<Runs, 'asking' | 'decide'>;
  readonly every: Every;
  readonly log: Log;
};

/** Looks every few minutes at what waits for an answer: an admin hears of it before somebody needs the ticket. */
export const createAskedWatch = (deps: WatchDeps) => {
  let looking = Promise.resolve();
  let stopLooking = (): void => undefined;

  const look = async (): Promise<void> => {
    for (const run of await deps.runs.asking()) await barIfGone(deps, run);
  };

  return {
    start: (): void => {
      stopLooking = deps.every(LOOK_MS, () => {
        looking = looking
          .then(look)
          .catch((error: unknown) => deps.log.warn({ err: error }, 'who is asked could not be looked at'));
      });
    },
    stop: async (): Promise<void> => {
      stopLooking();
      await looking;
    },
  };
};
