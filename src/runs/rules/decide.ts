import type { Write } from '../../syncro/write.ts';
import type { PlannedLine } from './bill-plan.ts';
import { withChargedLine } from './charge.ts';
import { accepted } from './check-basis.ts';
import { withActual } from './correction.ts';
import { resentSteps } from './doubles.ts';
import { barred, sendAgain, withLastCheck } from './moves.ts';
import { currentIndex, currentStep, type Decision, done, type Run, withStep } from './run.ts';
import { type Action, KNOWN_AS, plannedStep, type Question, type Step, type StepState } from './step.ts';
import type { Difference } from './verify-invoice.ts';

const corrected = (action: Action, text: string): Action => {
  if (action.kind === 'comment') return { ...action, body: text };
  if (action.kind === 'line_item') return { ...action, item: { ...action.item, description: text } };
  if (action.kind === 'ticket') return { ...action, fields: { ...action.fields, subject: text } };
  if (action.kind === 'timer') return { ...action, timer: { ...action.timer, notes: text } };
  return action;
};

const withDescription =
  (description: string) =>
  (line: PlannedLine): PlannedLine => ({ ...line, description });

/** What of a comment is to stand elsewhere, too, reads as the comment does: as a line's text, or behind a reason. */
const withComment = (run: Run, before: string, text: string): Run => {
  const reworded = (other: string): string => {
    if (other === before) return text;
    return other.endsWith(`\n${before}`) ? other.slice(0, -before.length) + text : other;
  };
  const steps = run.steps.map((step): Step => {
    const { action, firstIntent } = step;
    if (firstIntent !== null) return step;
    if (action.kind === 'line_item') return { ...step, action: corrected(action, reworded(action.item.description)) };
    return action.kind === 'timer' ? { ...step, action: corrected(action, reworded(action.timer.notes)) } : step;
  });
  if (run.kind !== 'bill') return { ...run, steps };
  const { plan } = run;
  const line = withDescription(reworded(plan.line.description))(plan.line);
  const worded = { ...run, steps, plan: { ...plan, line, comment: { ...plan.comment, body: text } } };
  return withChargedLine(worded, withDescription(line.description));
};

/** What else reads as that text. */
const withText = (run: Run, { action }: Step, text: string): Run => {
  // The charge of a time entry reads as its notes do.
  if (action.kind === 'timer') return withChargedLine(run, withDescription(text));
  if (action.kind === 'comment') return withComment(run, action.body, text);
  // A ticket that is yet to be made is called by its subject.
  return action.kind === 'ticket' && run.kind === 'create' ? { ...run, ticket: { ...run.ticket, subject: text } } : run;
};

/** The write that takes a double out of Syncro; `null`: there is none (a comment can't be deleted). */
export const removalOf = (run: Run, question: Question): Write | null => {
  const extra = question.kind === 'doubled' ? question.extra[0] : undefined;
  if (question.kind !== 'doubled' || question.invoiced || extra === undefined || run.ticket.id === null) return null;
  switch (question.what) {
    case 'line_item':
    case 'timer_charge':
      return { kind: 'line_item_remove', ticketId: run.ticket.id, lineItemId: extra };
    case 'timer':
      return { kind: 'timer_delete', ticketId: run.ticket.id, timerId: extra };
    case 'invoice':
      return { kind: 'invoice_delete', invoiceId: extra };
    default:
      return null;
  }
};

/** What was asked is looked into again from where it stood: unanswered sends are looked for, not repeated. */
const again = (run: Run, state: StepState & { phase: 'asking' }, now: number): Run =>
  state.question.kind === 'key' && state.intent && state.looks.length > 0
    ? withStep(
        run,
        { state: { phase: 'unclear', intent: state.intent, why: 'no answer', looks: state.looks } },
        { state: 'open', wakeAt: now },
      )
    : withStep(
        run,
        { state: { phase: 'planned', delay: null, previous: state.intent } },
        { state: 'open', wakeAt: now },
      );

/** After a restore the person is asked once: the later steps are looked for, and sent where they are not there. */
const wanted = (run: Run): Run => (run.restored ? { ...run, restored: { ...run.restored, goesOn: true } } : run);

/** What the person saw and said to be nothing of this step's is not asked about again. */
const disowned = (run: Run, kind: Action['kind'], ids: readonly number[]): Run => {
  const name = kind === 'timer_charge' ? 'lineItemIds' : KNOWN_AS[kind];
  return name ? { ...run, known: { ...run.known, [name]: [...(run.known[name] ?? []), ...ids] } } : run;
};

const answerUnclear = (run: Run, decision: Decision, state: StepState, now: number): Run => {
  const open = state.phase === 'unclear' || (state.phase === 'asking' && state.question.kind === 'unclear');
  if (!open || (state.phase !== 'unclear' && state.phase !== 'asking')) return run;
  const candidates = state.phase === 'asking' && state.question.kind === 'unclear' ? state.question.candidates : [];
  const kind = currentStep(run)?.action.kind;
  if (decision.kind === 'send_again')
    return sendAgain(wanted(kind ? disowned(run, kind, candidates) : run), state.intent, now);
  // With several candidates nobody said which: what follows finds it by itself.
  const id = candidates.length === 1 ? (candidates[0] ?? null) : null;
  return done(withLastCheck(run), { id, number: null }, 'person', now);
};

/** Not asked about again; what else was sent twice is checked next, for a check names one double at a time. */
const leaveDouble = (run: Run, { what, extra }: Question & { kind: 'doubled' }, now: number): Run => {
  const index = currentIndex(run);
  const steps = run.steps.map(
    (step): Step => (step.action.kind === what && step.tries > 1 ? { ...step, doubleLeft: true } : step),
  );
  const left: Run = { ...disowned(run, what, extra), steps };
  const check = steps[index];
  if (check && resentSteps(left).length > 0) steps.splice(index + 1, 0, plannedStep(check.action));
  return done(left, { id: null, number: null }, 'person', now);
};

const answerDoubled = (run: Run, decision: Decision, state: StepState & { phase: 'asking' }, now: number): Run => {
  if (state.question.kind !== 'doubled') return run;
  if (decision.kind === 'leave_double') return leaveDouble(run, state.question, now);
  const removal = removalOf(run, state.question);
  if (!removal) return run;
  const index = currentIndex(run);
  const checkAgain = withStep(run, { state: { phase: 'planned', delay: null, previous: null } });
  const steps = [...checkAgain.steps];
  steps.splice(index, 0, plannedStep(removal));
  return { ...checkAgain, steps, state: 'open', wakeAt: now };
};

const asItIs = (run: Run, differences: readonly Difference[]): Run => {
  const found = differences.find((one) => one.kind === 'uncorrected');
  return run.kind === 'correct' && found ? { ...run, correction: withActual(run.correction, found) } : run;
};

/** Syncro's is right, the preview was not. */
const answerMismatch = (run: Run, state: StepState & { phase: 'asking' }, now: number): Run => {
  if (state.question.kind !== 'mismatch') return run;
  const { actual, differences } = state.question;
  const accepted = asItIs(actual ? withChargedLine(run, () => actual) : run, differences);
  const action = currentStep(run)?.action;
  // Nothing is charged yet: that is what follows.
  if (action?.kind === 'timer_charge' && action.timerId === null)
    return again(withStep(accepted, { action: { ...action, accepted: true } }), state, now);
  return done(accepted, { id: null, number: null }, 'person', now);
};

/**
 * A person's word. Stopping always works; any other decision about a step that is not the current one any more is old
 * and changes nothing.
 */
export const decide = (run: Run, decision: Decision, now: number): Run => {
  const index = currentIndex(run);
  const state = run.steps[index]?.state;
  if (!state || run.state === 'stopped') return run;
  if (decision.kind === 'stop')
    return decision.because === undefined
      ? { ...run, state: 'stopped', finishedAt: now }
      : barred(run, decision.because, now);
  if (decision.step !== index) return run;
  switch (decision.kind) {
    case 'it_is_there':
    case 'send_again':
      return answerUnclear(run, decision, state, now);
    case 'try_again':
      if (state.phase !== 'asking' || state.question.kind === 'unclear' || state.question.kind === 'doubled')
        return run;
      return again(state.question.kind === 'changed' ? accepted(run, state.question.changes) : run, state, now);
    case 'accept':
      return state.phase === 'asking' ? answerMismatch(run, state, now) : run;
    case 'remove_double':
    case 'leave_double':
      return state.phase === 'asking' ? answerDoubled(run, decision, state, now) : run;
    case 'correct': {
      if (state.phase !== 'asking' || state.question.kind !== 'refused') return run;
      const step = currentStep(run);
      if (!step) return run;
      const changed = withText(withStep(run, { action: corrected(step.action, decision.text) }), step, decision.text);
      return again(changed, state, now);
    }
  }
};
