import { LONGEST_SLEEP_MS } from '../../shared/limits.ts';
import type { ClockNow } from '../../shared/system.ts';
import type { Write, WriteOutcome } from '../../syncro/write.ts';
import type { PlannedLine } from './bill-plan.ts';
import { delay, RETRY_MOST_MS, RETRY_MS } from './delays.ts';
import { isAbsenceCertain, isHopeless, nextLookAt, settledBy, withLook } from './looks.ts';
import { isToldHere } from './purpose.ts';
import type { Found, Intent, Reconciled, Unclear } from './reconcile.ts';
import { isDispensable, isRemoval, isRepeatable, mayResend } from './resend.ts';
import {
  ask,
  currentIndex,
  currentStep,
  done,
  previousOf,
  type Run,
  type RunSettings,
  withState,
  withStep,
} from './run.ts';
import { isWrite, KNOWN_AS, plannedStep, type Question, type Step, type StepState } from './step.ts';
import type { Difference } from './verify-invoice.ts';

const NOTHING: Found = { id: null, number: null };

/** Before the send: must be in the database when the request leaves. */
export const intend = (run: Run, author: Intent['author'], now: number, settings: RunSettings): Run => {
  const step = currentStep(run);
  const intent: Intent = { at: now, settledAt: now + settings.settleMs, author };
  return withStep(
    run,
    {
      state: { phase: 'sending', intent, previous: previousOf(run) },
      tries: (step?.tries ?? 0) + 1,
      firstIntent: step?.firstIntent ?? intent,
      lastIntent: intent,
    },
    { state: 'open' },
  );
};

const toUnclear = (run: Run, intent: Intent, why: string, now: number): Run =>
  withState(run, { phase: 'unclear', intent, why, looks: [] }, { state: 'open', wakeAt: now, checkedAt: null });

/** The send did not happen: the step is as if it had not been tried. */
const untried = (run: Run): Run => {
  const step = currentStep(run);
  const tries = Math.max(0, (step?.tries ?? 1) - 1);
  return withStep(run, { tries, ...(tries === 0 ? { firstIntent: null, lastIntent: null } : {}) });
};

/** A small change that Syncro refuses is over: it is told where it was asked for, and must not hold the ticket. */
const endedIfTold = (run: Run, now: number): Run =>
  isToldHere(run) && run.steps.every(({ firstIntent }) => firstIntent === null)
    ? { ...run, state: 'stopped', finishedAt: now }
    : run;

const NOT_FOUND = 404;

/** What was made now can't have been there before. */
const wasThere = (run: Run, { kind }: Write, id: number | null): boolean => {
  const name = KNOWN_AS[kind];
  return id !== null && name !== undefined && (run.known[name] ?? []).includes(id);
};

/** Syncro did not do it, and the work goes on. */
const goneWithout = (run: Run, { status, message }: WriteOutcome & { outcome: 'refused' }, now: number): Run => {
  const at = currentIndex(run);
  const over = done(untried(run), NOTHING, 'refused', now);
  const said = ({ state }: Step): StepState =>
    state.phase === 'done' && status !== NOT_FOUND ? { ...state, said: message } : state;
  return { ...over, steps: over.steps.map((step, i) => (i === at ? { ...step, state: said(step) } : step)) };
};

/** After the send: what its answer means for the run. */
export const conclude = (run: Run, outcome: WriteOutcome, now: number): Run => {
  const step = currentStep(run);
  if (step?.state.phase !== 'sending' || !isWrite(step.action)) return run;
  const { intent } = step.state;
  switch (outcome.outcome) {
    case 'landed':
      return wasThere(run, step.action, outcome.id)
        ? toUnclear(run, intent, 'an answer about something older', now)
        : done(run, outcome, 'answered', now);
    case 'refused':
      if (outcome.status === NOT_FOUND && isRemoval(step.action)) return done(run, NOTHING, 'found', now);
      if (isDispensable(step.action, outcome.status)) return goneWithout(run, outcome, now);
      return endedIfTold(
        ask(untried(run), { kind: 'refused', status: outcome.status, message: outcome.message }, step.state.previous),
        now,
      );
    case 'limited':
      return delay(untried(run), 'limited', now + outcome.retryAfterMs, now);
    case 'not_sent':
      return delay(untried(run), 'unreachable', now + RETRY_MS, now);
    case 'unclear':
      return toUnclear(run, intent, outcome.why, now);
  }
};

/** The same question with its cause known better; what was sent before is remembered as it was. */
export const askInstead = (run: Run, question: Question): Run => {
  const state = currentStep(run)?.state;
  return state?.phase === 'asking' ? withState(run, { ...state, question }) : run;
};

/** Nobody may go on with it: nothing more is sent, and what was sent before stays as it is known. */
export const barred = (run: Run, why: string, now: number): Run => ({
  ...run,
  state: 'stopped',
  finishedAt: now,
  stoppedBecause: why,
});

/** Another process takes the run over: what was being sent may or may not have arrived. */
export const resume = (run: Run, now: number, heldUntil: number, settings: RunSettings): Run => {
  const resumed: Run = { ...run, resumedAt: now, checkedAt: null };
  const state = currentStep(run)?.state;
  if (state?.phase !== 'sending') return resumed;
  // The old holder may have sent until its lease ended, and by another clock that may be just now.
  const mayStillSend = heldUntil > 0;
  const settledAt = mayStillSend ? Math.max(state.intent.settledAt, now + settings.settleMs) : state.intent.settledAt;
  const intent: Intent = { ...state.intent, settledAt };
  return toUnclear(withStep(resumed, { lastIntent: intent }), intent, 'the app stopped while sending', now);
};

/** Before a look: a clock that was set meanwhile neither makes absence certain too early nor keeps it uncertain. */
export const settling = (run: Run, clock: ClockNow, { settleMs }: RunSettings): Run => {
  const state = currentStep(run)?.state;
  if (state?.phase !== 'unclear') return run;
  const settledAt = settledBy(state.intent, settleMs, clock);
  if (settledAt === state.intent.settledAt) return run;
  const intent: Intent = { ...state.intent, at: Math.min(state.intent.at, clock.now), settledAt };
  // Looks that were made earlier say nothing of what may still come.
  return withStep(run, { state: { ...state, intent, looks: [] }, lastIntent: intent });
};

const RESEND_PAUSE_MS = 2_000;

const isCheck = (run: Run, at: number, last: boolean): boolean => {
  const action = run.steps.at(at)?.action;
  return action?.kind === 'check_doubles' && action.last === last;
};

/** One more look at the very end, at what was sent twice or is there on a person's word. */
export const withLastCheck = (run: Run): Run =>
  isCheck(run, -1, true) ? run : { ...run, steps: [...run.steps, plannedStep({ kind: 'check_doubles', last: true })] };

/** What the next step builds on must be there once before it goes on. */
const BUILT_ON: ReadonlyArray<Write['kind']> = ['line_item', 'timer_charge', 'invoice', 'customer'];

/** What is sent a second time is checked for doubles: at once where the next step builds on it, and at the very end. */
const withDoubleChecks = (run: Run): Run => {
  const index = currentIndex(run);
  const step = run.steps[index];
  if (!step || !isWrite(step.action) || isRepeatable(step.action)) return run;
  const checked = withLastCheck(run);
  if (!BUILT_ON.includes(step.action.kind) || isCheck(run, index + 1, false)) return checked;
  return {
    ...checked,
    steps: checked.steps.toSpliced(index + 1, 0, plannedStep({ kind: 'check_doubles', last: false })),
  };
};

/** Back to planned after an unanswered send. */
export const sendAgain = (run: Run, previous: Intent | null, wakeAt: number): Run =>
  withState(withDoubleChecks(run), { phase: 'planned', delay: null, previous }, { state: 'open', wakeAt });

/** What a backup calls unfinished may have been stopped since: a person says whether it is still wanted. */
const mayGoOn = ({ restored }: Run): boolean => restored === undefined || restored.goesOn === true;

const unclear = ({ candidates, alike }: Unclear): Question => ({
  kind: 'unclear',
  candidates,
  ...(alike ? { alike } : {}),
});

/**
 * After a look at what is in Syncro now. `null`: the look itself failed.
 * @param unread what of Syncro's answer could not be read, if that is why
 */
export const looked = (
  run: Run,
  result: Reconciled | null,
  now: number,
  settings: RunSettings,
  unread?: string,
): Run => {
  const step = currentStep(run);
  if (step?.state.phase !== 'unclear' || !isWrite(step.action)) return run;
  const { intent, why } = step.state;
  const found = result?.result === 'landed' ? 1 : result?.result === 'unclear' ? result.candidates.length : 0;
  const looks = withLook(step.state.looks, {
    at: now,
    found,
    failed: result === null,
    ...(unread ? { unread } : {}),
  });
  if (result?.result === 'landed') return done(run, result, 'found', now);
  if (result?.result === 'unclear') return ask(run, unclear(result), intent, looks);
  const repeatable = isRepeatable(step.action);
  if (result && (repeatable || isAbsenceCertain(intent, looks))) {
    // Repeated many times, so ever more slowly: a Syncro that answers 500 is not to be hammered.
    const pause = repeatable ? Math.min(RETRY_MOST_MS, RESEND_PAUSE_MS * (step.tries - 1)) : 0;
    return mayGoOn(run) && mayResend(step.action, step, settings)
      ? // In a restored run a step without a previous send would be looked for again and again.
        sendAgain(run, run.restored ? intent : null, now + pause)
      : ask(run, { kind: 'unclear', candidates: [] }, intent, looks);
  }
  if (isHopeless(intent, looks, now)) return ask(run, { kind: 'unclear', candidates: [] }, intent, looks);
  return withState(
    run,
    { phase: 'unclear', intent, why, looks },
    {
      wakeAt: Math.min(nextLookAt(intent, looks, now), now + LONGEST_SLEEP_MS),
    },
  );
};

/**
 * After the one look before sending again on a person's word: sent unless something is there that could be it. Where
 * there is no way to look, the person's word is all there is.
 */
export const lookedBeforeSending = (run: Run, result: Reconciled, now: number): Run => {
  if (result.result === 'landed') return done(run, result, 'found', now);
  if (result.result === 'unclear' && result.candidates.length > 0) return ask(run, unclear(result), previousOf(run));
  return withState(run, { phase: 'planned', delay: null, previous: null });
};

/** After the check of the invoice, or of the charged line. */
export const verified = (
  run: Run,
  differences: readonly Difference[],
  now: number,
  actual: PlannedLine | null = null,
): Run =>
  differences.length === 0
    ? done(run, NOTHING, 'answered', now)
    : ask(run, { kind: 'mismatch', differences, ...(actual ? { actual } : {}) }, null);

/** Before a charge: which time entry it is about. Charged already, by whomever, it is done. */
export const chargeable = (run: Run, entry: { readonly id: number; readonly recorded: boolean }, now: number): Run => {
  const action = currentStep(run)?.action;
  if (action?.kind !== 'timer_charge') return run;
  const known = withStep(run, { action: { kind: 'timer_charge', ticketId: action.ticketId, timerId: entry.id } });
  return entry.recorded ? done(known, { id: entry.id, number: null }, 'found', now) : known;
};

/** Before an invoice is made a draft: which one. */
export const ofInvoice = (run: Run, invoiceId: number): Run =>
  currentStep(run)?.action.kind === 'invoice_draft'
    ? withStep(run, { action: { kind: 'invoice_draft', invoiceId } })
    : run;

/** Before a ticket of a new customer: whose it becomes. */
export const ofCustomer = (run: Run, customerId: number): Run => {
  const action = currentStep(run)?.action;
  if (run.kind !== 'create' || action?.kind !== 'ticket') return run;
  return withStep({ ...run, ticket: { ...run.ticket, customerId } }, { action: { ...action, customerId } });
};

/** After a check for doubles. @param settledAt until then a repeated write may still arrive */
export const checkedDoubles = (run: Run, doubled: Question | null, settledAt: number, now: number): Run => {
  if (doubled) return ask(run, doubled, null);
  const action = currentStep(run)?.action;
  const waits = action?.kind === 'check_doubles' && action.last && now < settledAt;
  return waits ? delay(run, 'late_arrivals', settledAt, now) : done(run, NOTHING, 'found', now);
};
