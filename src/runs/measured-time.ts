import { isUnknown, type Run } from './rules/run.ts';

/**
 * Where the minutes are that a run was to bring into Syncro. `held`: by the run, on their way or there. `free`: it was
 * stopped before that. `unknown`: it was stopped while nobody knew.
 */
export type Minutes = 'held' | 'free' | 'unknown';

export const minutesIn = ({ state, steps }: Run): Minutes => {
  if (state === 'open' || state === 'asking') return 'held';
  const labor = steps.filter(({ action }) => action.kind === 'line_item' || action.kind === 'timer');
  if (labor.some((step) => step.state.phase === 'done')) return 'held';
  return labor.some(isUnknown) ? 'unknown' : 'free';
};
