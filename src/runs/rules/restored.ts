import type { Intent } from './reconcile.ts';
import { currentStep, type Run, type RunSettings, withStep } from './run.ts';

/**
 * A run out of a backup: it may have been finished, stopped or changed since the backup was made, and nobody here knows.
 * Whatever it waited for, it begins its step anew, and `unsure` keeps that from being a blind send.
 */
export const restored = (run: Run, backupAt: number, now: number): Run => {
  const anew: Run = { ...run, state: 'open', wakeAt: now, resumedAt: now, restored: { backupAt, at: now } };
  return withStep(anew, { state: { phase: 'planned', delay: null, previous: null } });
};

/** Nothing of a restored run is sent before it was looked for: the process that it was taken from may have sent it. */
export const mustLookFirst = (run: Run): boolean => {
  const state = currentStep(run)?.state;
  return run.restored !== undefined && state?.phase === 'planned' && state.previous === null;
};

/** The step is looked for as one that was sent at any time since the run began and may still land. */
export const unsure = (run: Run, settings: RunSettings): Run => {
  const step = currentStep(run);
  if (!step || !run.restored) return run;
  const intent: Intent = {
    at: step.firstIntent?.at ?? run.createdAt,
    settledAt: run.restored.at + settings.settleMs,
    author: run.author,
  };
  return withStep(run, {
    state: { phase: 'unclear', intent, why: 'restored from a backup', looks: [] },
    tries: Math.max(1, step.tries),
    firstIntent: step.firstIntent ?? intent,
    lastIntent: intent,
  });
};
