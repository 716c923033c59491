import type { BillPlan, SeenIds } from './billing.ts';
import type { Intent, Reconciled } from './reconcile.ts';
import type { Technician } from './technician.ts';
import type { TicketId, TicketNumber } from './ticket.ts';
import type { Difference } from './verify-invoice.ts';
import type { Write, WriteOutcome } from './write.ts';

/** One foreign call, or one check of what the calls before it did. */
export type Action = Write | { readonly kind: 'verify_invoice' };

/** One look after an unanswered write. */
export type Look = { readonly at: number; readonly found: number; readonly failed: boolean };

/** Why a person is needed. */
export type Question =
  | { readonly kind: 'unclear'; readonly candidates: readonly number[] }
  | { readonly kind: 'refused'; readonly status: number; readonly message: string }
  | { readonly kind: 'mismatch'; readonly differences: readonly Difference[] }
  | { readonly kind: 'key'; readonly message: string }
  | { readonly kind: 'unverifiable'; readonly message: string };

export type StepState =
  /** `previous`: sent before without an answer; look once more before sending again. */
  | { readonly phase: 'planned'; readonly delay: Delay | null; readonly previous: Intent | null }
  /** The intent is in the database; whoever finds this without an outcome must look before anything else. */
  | { readonly phase: 'sending'; readonly intent: Intent; readonly previous?: Intent | null }
  | { readonly phase: 'unclear'; readonly intent: Intent; readonly why: string; readonly looks: readonly Look[] }
  | {
      readonly phase: 'asking';
      readonly question: Question;
      readonly intent: Intent | null;
      readonly looks: readonly Look[];
    }
  | {
      readonly phase: 'done';
      readonly id: number | null;
      readonly number: string | null;
      /** `answered` by Syncro, `found` by looking, on a `person`'s word, or `already` so. */
      readonly how: 'answered' | 'found' | 'person' | 'already';
    };

/** Why a planned step waits, and until when. */
export type Delay = { readonly reason: 'limited' | 'unreachable'; readonly until: number; readonly since: number };

export type Step = { readonly action: Action; readonly state: StepState; readonly tries: number };

export type RunState = 'open' | 'asking' | 'stopped' | 'done';

/** A confirmed piece of work on its way into Syncro: the journal's row. Times are epoch milliseconds. */
export type Run = {
  readonly id: string;
  /** The opened form that it came from: one form, one run, however often it is submitted. */
  readonly formId: string;
  readonly kind: 'bill';
  /** What people quote: six letters and digits. */
  readonly ref: string;
  readonly technician: Technician;
  /** Under whose name it goes out, as previewed: the technician's, or the shared key's owner. */
  readonly author: { readonly id: number; readonly name: string };
  readonly ticket: {
    readonly id: TicketId;
    readonly number: TicketNumber;
    readonly subject: string;
    readonly customerId: number;
    readonly customerName: string;
  };
  readonly plan: BillPlan;
  readonly known: SeenIds;
  readonly steps: readonly Step[];
  readonly state: RunState;
  /** Not before then does anything happen by itself. */
  readonly wakeAt: number;
  readonly createdAt: number;
  readonly finishedAt: number | null;
  /** The process that worked on it died; another went on at this time. */
  readonly resumedAt: number | null;
};

export type RunSettings = {
  readonly settleMs: number;
  /** `ask`: a comment that e-mails is never sent again without a person's word. */
  readonly resendEmailComment: 'ask' | 'auto';
};

/** What a person decided about the step that waits for them. */
export type Decision =
  | { readonly kind: 'it_is_there'; readonly step: number }
  | { readonly kind: 'send_again'; readonly step: number }
  | { readonly kind: 'try_again'; readonly step: number }
  /** New text for the refused step, then on. */
  | { readonly kind: 'correct'; readonly step: number; readonly text: string }
  | { readonly kind: 'stop'; readonly step: number };

export const currentIndex = (run: Run): number => run.steps.findIndex(({ state }) => state.phase !== 'done');

export const currentStep = (run: Run): Step | null => run.steps[currentIndex(run)] ?? null;

/** What the first step of this kind left behind in Syncro: its id and number. */
export const resultOf = (run: Run, kind: Action['kind']): { id: number | null; number: string | null } | null => {
  const state = run.steps.find(({ action }) => action.kind === kind)?.state;
  return state?.phase === 'done' ? { id: state.id, number: state.number } : null;
};

const withStep = (run: Run, state: StepState, change: Partial<Run> = {}, tries?: number): Run => {
  const index = currentIndex(run);
  return {
    ...run,
    ...change,
    steps: run.steps.map((step, i) => (i === index ? { ...step, state, tries: tries ?? step.tries } : step)),
  };
};

const ask = (run: Run, question: Question, intent: Intent | null, looks: readonly Look[] = []): Run =>
  withStep(run, { phase: 'asking', question, intent, looks }, { state: 'asking' });

const finish = (run: Run, now: number): Run =>
  currentStep(run) === null ? { ...run, state: 'done', finishedAt: now } : { ...run, wakeAt: now };

export const done = (
  run: Run,
  result: { id: number | null; number: string | null },
  how: 'answered' | 'found' | 'person' | 'already',
  now: number,
): Run => finish(withStep(run, { phase: 'done', id: result.id, number: result.number, how }, { state: 'open' }), now);

/** The unanswered send before this one: until the next is answered, each new attempt looks for its effect first. */
const previousOf = (run: Run): Intent | null => {
  const state = currentStep(run)?.state;
  return state?.phase === 'planned' || state?.phase === 'sending' ? (state.previous ?? null) : null;
};

/** Before the send: must be in the database when the request leaves. */
export const intend = (run: Run, author: Intent['author'], now: number, settings: RunSettings): Run => {
  const tries = (currentStep(run)?.tries ?? 0) + 1;
  const intent: Intent = { at: now, settledAt: now + settings.settleMs, author };
  return withStep(run, { phase: 'sending', intent, previous: previousOf(run) }, { state: 'open' }, tries);
};

/** Delays before looking again after an unclear outcome, while the request may still land. */
const EARLY_LOOKS_MS = [0, 1_500, 5_000, 20_000, 60_000];
/** Between the two reads that make absence certain. */
const SECOND_READ_MS = 5_000;

const nextLookAt = (intent: Intent, looks: readonly Look[], now: number): number => {
  if (now >= intent.settledAt) {
    const first = looks.find(({ at, failed }) => !failed && at >= intent.settledAt);
    return first ? first.at + secondReadMs(intent) : now;
  }
  const early = EARLY_LOOKS_MS[looks.length];
  return early === undefined ? intent.settledAt : Math.min(now + early, intent.settledAt);
};

const secondReadMs = (intent: Intent): number =>
  Math.min(SECOND_READ_MS, Math.ceil((intent.settledAt - intent.at) / 10));

const toUnclear = (run: Run, intent: Intent, why: string, now: number): Run =>
  withStep(run, { phase: 'unclear', intent, why, looks: [] }, { state: 'open', wakeAt: now });

/** After the send: what its answer means for the run. */
export const conclude = (run: Run, outcome: WriteOutcome, now: number): Run => {
  const step = currentStep(run);
  if (step?.state.phase !== 'sending') return run;
  const { intent } = step.state;
  switch (outcome.outcome) {
    case 'landed':
      return done(run, outcome, 'answered', now);
    case 'refused':
      return ask(run, { kind: 'refused', status: outcome.status, message: outcome.message }, previousOf(run));
    case 'limited':
      return delay(run, 'limited', now + outcome.retryAfterMs, now, step.tries - 1);
    case 'not_sent':
      return delay(run, 'unreachable', now + UNREACHABLE_RETRY_MS, now, step.tries - 1);
    case 'unclear':
      return toUnclear(run, intent, outcome.why, now);
  }
};

const UNREACHABLE_RETRY_MS = 5_000;
const UNREACHABLE_RETRY_MOST_MS = 60_000;

/** Nothing was sent and nothing may be for a while; the step stays planned. */
export const delay = (run: Run, reason: Delay['reason'], until: number, now: number, tries?: number): Run => {
  const state = currentStep(run)?.state;
  const since = state?.phase === 'planned' && state.delay?.reason === reason ? state.delay.since : now;
  return withStep(
    run,
    { phase: 'planned', delay: { reason, until, since }, previous: previousOf(run) },
    { state: 'open', wakeAt: until },
    tries,
  );
};

/** Syncro could not be reached before anything was sent: again later, ever more patiently. */
export const unreachable = (run: Run, now: number): Run => {
  const state = currentStep(run)?.state;
  const waited = state?.phase === 'planned' && state.delay ? now - state.delay.since : 0;
  const wait = Math.min(UNREACHABLE_RETRY_MOST_MS, Math.max(UNREACHABLE_RETRY_MS, waited));
  return delay(run, 'unreachable', now + wait, now);
};

/** The key is missing, refused or another person's: nothing was sent, the person must act. */
export const keyProblem = (run: Run, message: string): Run => ask(run, { kind: 'key', message }, previousOf(run));

/** Another process takes the run over: what was being sent may or may not have arrived. */
export const resume = (run: Run, now: number, heldUntil: number, settings: RunSettings): Run => {
  const resumed: Run = { ...run, resumedAt: now };
  const state = currentStep(run)?.state;
  if (state?.phase !== 'sending') return resumed;
  // The old holder may have sent until its lease ended, so settling counts from there.
  const settledAt = Math.max(state.intent.settledAt, heldUntil + settings.settleMs);
  return toUnclear(resumed, { ...state.intent, settledAt }, 'the app stopped while sending', now);
};

const RESEND_PAUSE_MS = 2_000;
const RESEND_PAUSE_MOST_MS = 60_000;

const mayResend = (step: Step, settings: RunSettings): boolean => {
  if (step.action.kind === 'ticket_update') return true;
  if (step.tries >= 2) return false;
  const emails = step.action.kind === 'comment' && step.action.audience === 'email';
  return !emails || settings.resendEmailComment === 'auto';
};

/** After a look at what is in Syncro now. `null`: the look itself failed. */
export const looked = (run: Run, result: Reconciled | null, now: number, settings: RunSettings): Run => {
  const step = currentStep(run);
  if (step?.state.phase !== 'unclear') return run;
  const { intent, why } = step.state;
  const found = result?.result === 'landed' ? 1 : result?.result === 'unclear' ? result.candidates.length : 0;
  const looks: readonly Look[] = [...step.state.looks, { at: now, found, failed: result === null }];
  if (result?.result === 'landed') return done(run, result, 'found', now);
  if (result?.result === 'unclear') return ask(run, { kind: 'unclear', candidates: result.candidates }, intent, looks);
  const idempotent = step.action.kind === 'ticket_update';
  const settledLooks = looks.filter(({ at, failed }) => !failed && at >= intent.settledAt).length;
  if (result && (idempotent || settledLooks >= 2)) {
    // A status is repeated without limit, so ever more slowly: a Syncro that answers 500 is not to be hammered.
    const pause = idempotent ? Math.min(RESEND_PAUSE_MOST_MS, RESEND_PAUSE_MS * (step.tries - 1)) : 0;
    return mayResend(step, settings)
      ? withStep(run, { phase: 'planned', delay: null, previous: null }, { state: 'open', wakeAt: now + pause })
      : ask(run, { kind: 'unclear', candidates: [] }, intent, looks);
  }
  // The clock between looks starts at this one, also while Syncro can't be read.
  const wakeAt = result ? nextLookAt(intent, looks, now) : Math.max(nextLookAt(intent, looks, now), now + 2_000);
  return withStep(run, { phase: 'unclear', intent, why, looks }, { wakeAt });
};

/** After the check of the invoice. */
export const verified = (run: Run, differences: readonly Difference[], now: number): Run =>
  differences.length === 0
    ? done(run, { id: null, number: null }, 'answered', now)
    : ask(run, { kind: 'mismatch', differences }, null);

export const unverifiable = (run: Run, message: string): Run =>
  ask(run, { kind: 'unverifiable', message }, previousOf(run));

const corrected = (action: Action, text: string): Action => {
  if (action.kind === 'comment') return { ...action, body: text };
  if (action.kind === 'line_item') return { ...action, item: { ...action.item, description: text } };
  return action;
};

/** After the look before sending again on a person's word: only a clear find keeps the step from being sent. */
export const lookedBeforeSending = (run: Run, result: Reconciled, now: number): Run =>
  result.result === 'landed'
    ? done(run, result, 'found', now)
    : withStep(run, { phase: 'planned', delay: null, previous: null });

/** A person's word. A decision about another step than the current one is old and changes nothing; stopping always works. */
export const decide = (run: Run, decision: Decision, now: number): Run => {
  const index = currentIndex(run);
  const state = run.steps[index]?.state;
  if (!state || run.state === 'stopped') return run;
  if (decision.kind === 'stop') return { ...run, state: 'stopped', finishedAt: now };
  if (decision.step !== index) return run;
  const previous = state.phase === 'asking' || state.phase === 'unclear' ? state.intent : null;
  const again: StepState = { phase: 'planned', delay: null, previous };
  switch (decision.kind) {
    case 'it_is_there': {
      if (state.phase !== 'asking' && state.phase !== 'unclear') return run;
      const id =
        state.phase === 'asking' && state.question.kind === 'unclear' ? (state.question.candidates[0] ?? null) : null;
      return done(run, { id, number: null }, 'person', now);
    }
    case 'send_again':
    case 'try_again':
      if (state.phase !== 'asking' && state.phase !== 'unclear') return run;
      return withStep(run, again, { state: 'open', wakeAt: now });
    case 'correct': {
      if (state.phase !== 'asking' || state.question.kind !== 'refused') return run;
      const opened = withStep(run, again, { state: 'open', wakeAt: now });
      return {
        ...opened,
        steps: opened.steps.map((step, i) =>
          i === index ? { ...step, action: corrected(step.action, decision.text) } : step,
        ),
      };
    }
  }
};
