import { AppError } from '../shared/errors.ts';
import type { Runs } from './ports.ts';
import { takenOut } from './rules/not-billable.ts';
import { doing, timerIdOf } from './rules/purpose.ts';
import type { Run } from './rules/run.ts';
import { isUnknown, type Step } from './rules/step.ts';

const isOver = ({ state }: Run): boolean => state === 'done' || state === 'stopped';

/** What became of a clock's minutes, by the runs that were to bring them into Syncro. */
export const minutesOf = (timerId: string, runs: readonly Run[]) => {
  const own = runs.filter((run) => timerIdOf(run) === timerId);
  const holder = own.find((run) => minutesIn(run) === 'held') ?? null;
  return {
    holder,
    /** For good: a finished run does not change any more. */
    settled: holder !== null && isOver(holder),
    /** Stopped while nobody knew whether Syncro has the minutes. */
    unsure: own.findLast((run) => minutesIn(run) === 'unknown') ?? null,
  };
};

export type MinutesDeps = {
  readonly runs: Pick<Runs, 'ofTimers'>;
  /** `null`: there is none, or it was discarded or resumed. */
  readonly timers: { get(id: string): Promise<unknown> };
};

/** Nobody has taken them, discarded them or added to them, and Syncro certainly lacks them. */
export const areFree = async ({ runs, timers }: MinutesDeps, timerId: string): Promise<boolean> => {
  const { holder, unsure } = minutesOf(timerId, await runs.ofTimers([timerId]));
  return !holder && !unsure && (await timers.get(timerId)) !== null;
};

/** What was opened for it does not bill its minutes, which are nobody's or another timer's. */
export const timerGone = (): AppError =>
  new AppError('stale', "This timer was discarded or resumed since, so its minutes can't be billed from here.");

/** The same minutes are not sent a second time. */
export const minutesHeld = (run: Run): AppError => {
  const what = run.kind === 'timer' ? 'logged' : doing(run).passive;
  const which = `These minutes on #${run.ticket.number}`;
  return isOver(run)
    ? new AppError('stale', `${which} were already ${what} (ref ${run.ref}).`)
    : new AppError('busy', `${which} are being ${what} right now (ref ${run.ref}).`);
};

/** The steps that bring the minutes into Syncro; where an entry was taken out again, the comment in its place. */
const laborOf = (run: Run): readonly Step[] => {
  const out = takenOut(run);
  return out
    ? run.steps.slice(out.at).filter(({ action }) => action.kind === 'comment')
    : run.steps.filter(({ action }) => action.kind === 'line_item' || action.kind === 'timer');
};

/**
 * Where the minutes are that a run was to bring into Syncro. `held`: by the run, on their way or there. `free`: it was
 * stopped before that. `unknown`: it was stopped while nobody knew.
 */
export type Minutes = 'held' | 'free' | 'unknown';

export const minutesIn = (run: Run): Minutes => {
  if (run.state === 'open' || run.state === 'asking') return 'held';
  const labor = laborOf(run);
  if (labor.some((step) => step.state.phase === 'done')) return 'held';
  return labor.some(isUnknown) ? 'unknown' : 'free';
};
