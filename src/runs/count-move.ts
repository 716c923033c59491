import type { WriteOutcome } from '../syncro/write.ts';
import type { RunMeter } from './ports.ts';
import { currentIndex, type Run } from './rules/run.ts';

/** Counts what one move of a run came to. */
export const countMove = (meter: RunMeter, before: Run, after: Run, sent?: WriteOutcome['outcome']): void => {
  const index = currentIndex(before);
  const was = before.steps[index];
  const is = after.steps[index];
  if (!was || !is) return;
  const step = was.action.kind;
  if (sent) meter.wrote(step, sent);
  if (was.state.phase === 'unclear' && is.state.phase === 'done') meter.cleared(step, 'adopted');
  if (was.state.phase === 'unclear' && is.state.phase === 'planned') meter.cleared(step, 'resent');
  if (was.state.phase !== 'asking' && is.state.phase === 'asking') meter.asked(is.state.question.kind);
  if (before.finishedAt === null && after.finishedAt !== null) meter.runEnded(after.kind, after.state);
};
