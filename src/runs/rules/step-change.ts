import type { Found, Intent } from './reconcile.ts';
import {
  currentIndex,
  currentStep,
  type Look,
  type Progress,
  type Question,
  type Run,
  type Step,
  type StepState,
} from './run.ts';

/** Changes the current step, and the run with it. */
export const withStep = (run: Run, step: Partial<Step>, change: Partial<Progress> = {}): Run => {
  const index = currentIndex(run);
  return { ...run, ...change, steps: run.steps.map((old, i) => (i === index ? { ...old, ...step } : old)) };
};

export const withState = (run: Run, state: StepState, change: Partial<Progress> = {}): Run =>
  withStep(run, { state }, change);

export const ask = (run: Run, question: Question, intent: Intent | null, looks: readonly Look[] = []): Run =>
  withState(run, { phase: 'asking', question, intent, looks }, { state: 'asking', checkedAt: null });

export const done = (run: Run, result: Found, how: 'answered' | 'found' | 'person', now: number): Run => {
  const state: StepState = { phase: 'done', id: result.id, number: result.number, how };
  const next = withState(run, state, { state: 'open', wakeAt: now });
  return currentStep(next) === null ? { ...next, state: 'done', finishedAt: now } : next;
};
