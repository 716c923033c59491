import { AppError } from '../shared/errors.ts';
import { minutesIn } from './measured-time.ts';
import type { Run } from './rules/run.ts';
import { DOING } from './rules/run-verbs.ts';

const isOver = ({ state }: Run): boolean => state === 'done' || state === 'stopped';

/** What became of a clock's minutes, by the runs that were to bring them into Syncro. */
export const minutesOf = (timerId: string, runs: readonly Run[]) => {
  const own = runs.filter((run) => run.timerId === timerId);
  const holder = own.find((run) => minutesIn(run) === 'held') ?? null;
  return {
    holder,
    /** For good: a finished run does not change any more. */
    settled: holder !== null && isOver(holder),
    /** Stopped while nobody knew whether Syncro has the minutes. */
    unsure: own.findLast((run) => minutesIn(run) === 'unknown') ?? null,
  };
};

/** The same minutes are not sent a second time. */
export const minutesHeld = (run: Run): AppError => {
  const what = run.kind === 'timer' ? 'logged' : DOING[run.kind].passive;
  const which = `These minutes on #${run.ticket.number}`;
  return isOver(run)
    ? new AppError('stale', `${which} were ${what} already (ref ${run.ref}).`)
    : new AppError('busy', `${which} are being ${what} right now (ref ${run.ref}).`);
};
