import { effectsOf, type Reading } from './reconcile.ts';
import { isRepeatable } from './resend.ts';
import { isWrite, type Question, type Run, type Step } from './run.ts';
import type { Write } from './write.ts';

type Resent = { readonly write: Write; readonly step: Step };

/** The steps whose effect may be in Syncro twice, because they were sent twice. */
export const resentSteps = (run: Run): readonly Resent[] =>
  run.steps.flatMap((step) =>
    isWrite(step.action) && step.tries > 1 && !step.doubleLeft && !isRepeatable(step.action)
      ? [{ write: step.action, step }]
      : [],
  );

/** Stopped before the last look: what was sent twice may be there twice, and nobody looked. */
export const mayBeDoubled = (run: Run): boolean =>
  resentSteps(run).length > 0 &&
  run.steps.some(({ action, state }) => action.kind === 'check_doubles' && action.last && state.phase !== 'done');

/**
 * Until when what was sent twice is looked for. Each of the sends may be the one that arrives late, so the last one is
 * given its time to settle twice.
 */
export const resentSettledAt = (run: Run): number =>
  Math.max(
    0,
    ...resentSteps(run).map(({ step: { lastIntent } }) => (lastIntent ? 2 * lastIntent.settledAt - lastIntent.at : 0)),
  );

/** The first step whose effect is there more than once; `null`: each is there once (or can't be seen). */
export const findDouble = (run: Run, readingFor: (write: Write) => Reading): Question | null => {
  for (const { write, step } of resentSteps(run)) {
    if (!step.firstIntent || step.state.phase !== 'done') continue;
    const effects = effectsOf(write, step.firstIntent, run.known, readingFor(write)) ?? [];
    if (effects.length < 2) continue;
    const kept = effects.find(({ id }) => step.state.phase === 'done' && id === step.state.id) ?? effects[0];
    if (!kept) continue;
    const extra = effects.map(({ id }) => id).filter((id) => id !== kept.id);
    return { kind: 'doubled', what: write.kind, kept: kept.id, extra };
  }
  return null;
};
