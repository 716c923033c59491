import { currentIndex, currentStep, type Run } from './run.ts';

/** What ends within this time is told by its receipt alone. */
const PROGRESS_AFTER_MS = 3_000;
/** Whoever waited longer has turned to something else: the end is a message of its own, because an edit notifies nobody. */
const LONG_MS = 30_000;

const isOver = ({ state }: Run): boolean => state === 'done' || state === 'stopped';

/** One step after the other, without a wait that somebody should know of. */
const goesWell = (run: Run): boolean => {
  const state = currentStep(run)?.state;
  const isAtIt = state?.phase === 'sending' || (state?.phase === 'planned' && state.delay === null);
  return run.state === 'open' && run.resumedAt === null && isAtIt;
};

/** Until when there is nothing to say of it; `null`: there is. */
export const heldUntil = (run: Run, now: number): number | null => {
  const until = run.createdAt + PROGRESS_AFTER_MS;
  // A clock that was set back must not keep a message for an hour.
  const isYoung = now < until && now >= run.createdAt;
  return goesWell(run) && isYoung ? until : null;
};

/** Names what a person is asked, be it a failure or a doubt; `null`: nothing. */
export const askedNow = (run: Run): string | null => {
  const state = currentStep(run)?.state;
  return run.state === 'asking' && state?.phase === 'asking' ? `${currentIndex(run)} ${state.question.kind}` : null;
};

/** A question, what the app stopped, or the end of what took long. Who stops a run has just said so and needs no news of it. */
export const isNews = (run: Run): boolean =>
  run.state === 'asking' ||
  run.overtakenBy !== undefined ||
  (isOver(run) && (run.finishedAt ?? run.createdAt) - run.createdAt > LONG_MS);

/** Worth telling elsewhere when its own message can't be posted: not each step. */
export const isAnswer = (run: Run): boolean => run.state === 'asking' || isOver(run);
