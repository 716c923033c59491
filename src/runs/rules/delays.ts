import { LONGEST_SLEEP_MS } from '../../shared/limits.ts';
import { withLook } from './looks.ts';
import { ask, currentStep, previousOf, type Run, withState } from './run.ts';
import type { Delay } from './step.ts';

export const RETRY_MS = 5_000;

export const RETRY_MOST_MS = 60_000;

/** Tried at once, after 5 s, 10 s and 20 s. */
const UNREADABLE_MOST_MS = 15_000;

/** Nothing was sent and nothing may be for a while; the step stays planned. */
export const delay = (run: Run, reason: Delay['reason'], until: number, now: number, what?: string): Run => {
  const state = currentStep(run)?.state;
  const since = state?.phase === 'planned' && state.delay?.reason === reason ? Math.min(now, state.delay.since) : now;
  return withState(
    run,
    { phase: 'planned', delay: { reason, until, since, ...(what ? { what } : {}) }, previous: previousOf(run) },
    { state: 'open', wakeAt: Math.min(until, now + LONGEST_SLEEP_MS), checkedAt: null },
  );
};

/** Syncro's rate limit is reached until then, so a step could not begin. What was sent before stays unclear. */
export const limited = (run: Run, until: number, now: number): Run =>
  currentStep(run)?.state.phase === 'unclear' ? { ...run, wakeAt: until } : delay(run, 'limited', until, now);

/** A step could not begin, so nothing was sent: again later, ever more patiently. What was sent before stays unclear. */
export const tryLater = (run: Run, reason: 'unreachable' | 'unreadable' | 'fault', now: number, what?: string): Run => {
  const state = currentStep(run)?.state;
  if (state?.phase === 'unclear') return { ...run, wakeAt: now + RETRY_MS };
  const waited =
    state?.phase === 'planned' && state.delay?.reason === reason ? Math.max(0, now - state.delay.since) : 0;
  // What can't be read seldom gets better by itself; Syncro being away does.
  if (reason === 'unreadable' && waited >= UNREADABLE_MOST_MS)
    return unverifiable(run, what ?? "Syncro's answer can't be read.");
  return delay(run, reason, now + Math.min(RETRY_MOST_MS, Math.max(RETRY_MS, waited)), now, what);
};

/** The key is missing, refused or another person's: the person must act. What was sent before stays unclear. */
export const keyProblem = (run: Run, message: string, now: number): Run => {
  const state = currentStep(run)?.state;
  if (state?.phase !== 'unclear') return ask(run, { kind: 'key', message }, previousOf(run));
  // Kept as a look that failed: by it the step is known to be one that is looked for, also when it was the first look.
  const looks = withLook(state.looks, { at: now, found: 0, failed: true });
  return ask(run, { kind: 'key', message }, state.intent, looks);
};

export const unverifiable = (run: Run, message: string): Run =>
  ask(run, { kind: 'unverifiable', message }, previousOf(run));
