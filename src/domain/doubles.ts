import { effectsOf, type Reading } from './reconcile.ts';
import { isRepeatable } from './resend.ts';
import { isWrite, type Question, type Run, type Step } from './run.ts';
import type { Write } from './write.ts';

type Resent = { readonly write: Write; readonly step: Step };

/** The steps whose effect may be in Syncro twice, because they were sent twice. */
export const resentSteps = (run: Run): readonly Resent[] =>
  run.steps.flatMap((step) =>
    isWrite(step.action) && step.tries > 1 && !isRepeatable(step.action) ? [{ write: step.action, step }] : [],
  );

/** Until when what was sent twice may still arrive. */
export const resentSettledAt = (run: Run, settleMs: number): number =>
  Math.max(0, ...resentSteps(run).map(({ step }) => (step.lastIntent?.at ?? 0) + settleMs));

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
