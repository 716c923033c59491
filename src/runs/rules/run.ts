import type { Technician } from '../../shared/technician.ts';
import type { Author } from '../../syncro/identity.ts';
import type { Basis, Changed } from './basis.ts';
import type { InvoicePlan, SeenIds } from './bill-plan.ts';
import { isToldHere, type Purpose } from './purpose.ts';
import type { Found, Intent } from './reconcile.ts';
import { type Action, type How, isUnknown, type Look, type Question, type Step, type StepState } from './step.ts';

/** How a run ends. */
export const ENDED = ['stopped', 'done'] as const;

export type RunState = 'open' | 'asking' | (typeof ENDED)[number];

/** How far it is, which any kind of work keeps alike. Times are epoch milliseconds. */
export type Progress = {
  readonly id: string;
  /** The opened form that it came from: one form, one run, however often it is submitted. */
  readonly formId: string;
  /** What people quote: six letters and digits. */
  readonly ref: string;
  readonly technician: Technician;
  /** Under whose name it goes out, as previewed: the technician's, or the shared key's owner. */
  readonly author: Pick<Author, 'id' | 'name'>;
  /** What was there before: what is not among these is new. */
  readonly known: SeenIds;
  /** What the ticket was like then; absent: it is not compared, or was not kept yet. */
  readonly basis?: Basis;
  /** When the ticket was last seen to be so; absent or `null`: there was a pause since. */
  readonly checkedAt?: number | null;
  /** When the clock had been set by which that was; another one tells no age. */
  readonly checkedBy?: number;
  readonly steps: readonly Step[];
  /** Every attempt at a write and how it ended; absent: none yet. */
  readonly audit?: readonly AuditEntry[];
  /** What the audit says beside each of its writes: what was chosen, the values before. Absent: nothing. */
  readonly note?: string;
  readonly state: RunState;
  /** Not before then does anything happen by itself. */
  readonly wakeAt: number;
  readonly createdAt: number;
  readonly finishedAt: number | null;
  /** The app stopped it itself, before it sent anything more; in words. */
  readonly stoppedBecause?: string;
  /** The app stopped it itself, before it sent anything: what was to be invoiced is no longer as it was previewed. */
  readonly overtakenBy?: readonly Changed[];
  /** The process that worked on it died; another went on at this time. */
  readonly resumedAt: number | null;
  /** It came out of a backup: each step is looked for before it is sent, and a person is asked before the first send. */
  readonly restored?: {
    /** When the backup was made. */
    readonly backupAt: number;
    /** When the app found itself restored. */
    readonly at: number;
    /** A person said that the work is to go on. */
    readonly goesOn?: true;
  };
};

/** A confirmed piece of work on its way into Syncro: the journal's row. */
export type Run = Purpose & Progress;

export type BillRun = Run & { readonly kind: 'bill' };

/** Work with a plan for money: it ends in a checked invoice, or in a line that one takes later. */
export type PlannedRun = Extract<Run, { readonly plan: InvoicePlan }>;

export type RunSettings = {
  readonly settleMs: number;
  /** `ask`: what emails the customer is never sent again without a person's word. */
  readonly resendEmailComment: 'ask' | 'auto';
};

/** What a person decided about the step that waits for them. */
export type Decision =
  | { readonly kind: 'it_is_there'; readonly step: number }
  | { readonly kind: 'send_again'; readonly step: number }
  | { readonly kind: 'try_again'; readonly step: number }
  /** What Syncro made counts, not what was previewed. */
  | { readonly kind: 'accept'; readonly step: number }
  /** New text for the refused step, then on. */
  | { readonly kind: 'correct'; readonly step: number; readonly text: string }
  /** Takes what is doubled out of Syncro again. */
  | { readonly kind: 'remove_double'; readonly step: number }
  /** The double stays; the person deals with it. */
  | { readonly kind: 'leave_double'; readonly step: number }
  /** `because`: nobody may go on with it; it is no word of the person's then */
  | { readonly kind: 'stop'; readonly step: number; readonly because?: string };

/** What ends within this time is told where it was asked for. */
export const QUIET_MS = 4_000;

/**
 * A small change that is told where it was asked for, and nowhere else: no direct message for one's own click. One that
 * takes long, needs somebody or outlived its process gets its message like every other.
 */
export const isQuiet = (run: Run): boolean => {
  const { state, createdAt, finishedAt, resumedAt, steps } = run;
  if (!isToldHere(run) || resumedAt !== null) return false;
  const soon = finishedAt !== null && finishedAt - createdAt <= QUIET_MS;
  if (state === 'done') return soon;
  const step = steps.find(({ state: { phase } }) => phase !== 'done')?.state;
  if (state === 'stopped') return soon && step?.phase === 'asking';
  return state === 'open' && (step?.phase === 'sending' || (step?.phase === 'planned' && step.delay === null));
};

export const currentIndex = (run: Run): number => run.steps.findIndex(({ state }) => state.phase !== 'done');

export const currentStep = (run: Run): Step | null => run.steps[currentIndex(run)] ?? null;

/** Syncro was told not to mail its customer: a comment that is there was probably mailed to nobody. */
export const isToldNotToEmail = (run: Run): boolean =>
  run.kind === 'create' ? run.noEmail === true : run.basis?.noEmail === true;

/** It was stopped before anything of it was sent, for certain. */
export const isUnsent = (run: Run): boolean =>
  run.state === 'stopped' &&
  // What a backup has forgotten may have been sent.
  run.restored === undefined &&
  run.steps.every((step) => step.state.phase !== 'done' && !isUnknown(step));

/** What the run's other steps of that kind have made. It was not there before: ids below it may still be new. */
export const madeBeside = ({ steps }: Run, step: Step): readonly number[] =>
  steps.flatMap(({ action, state }) =>
    action.kind === step.action.kind && action !== step.action && state.phase === 'done' ? (state.id ?? []) : [],
  );

/** What the first step of this kind left behind in Syncro: its id and number. */
export const resultOf = (run: Run, kind: Action['kind']): { id: number | null; number: string | null } | null => {
  const state = run.steps.find(({ action }) => action.kind === kind)?.state;
  return state?.phase === 'done' ? { id: state.id, number: state.number } : null;
};

/** The unanswered send before this one: until the next is answered, each new attempt looks for its effect first. */
export const previousOf = (run: Run): Intent | null => {
  const state = currentStep(run)?.state;
  return state?.phase === 'planned' || state?.phase === 'sending' ? state.previous : null;
};

/** Changes the current step, and the run with it. */
export const withStep = (run: Run, step: Partial<Step>, change: Partial<Progress> = {}): Run => {
  const index = currentIndex(run);
  return { ...run, ...change, steps: run.steps.map((old, i) => (i === index ? { ...old, ...step } : old)) };
};

export const withState = (run: Run, state: StepState, change: Partial<Progress> = {}): Run =>
  withStep(run, { state }, change);

export const ask = (run: Run, question: Question, intent: Intent | null, looks: readonly Look[] = []): Run =>
  withState(run, { phase: 'asking', question, intent, looks }, { state: 'asking', checkedAt: null });

export const done = (run: Run, result: Found, how: How, now: number): Run => {
  const state: StepState = { phase: 'done', id: result.id, number: result.number, how };
  const next = withState(run, state, { state: 'open', wakeAt: now });
  return currentStep(next) === null ? { ...next, state: 'done', finishedAt: now } : next;
};

/** How one attempt to change something in Syncro ended, as far as anybody knows. */
export type AuditOutcome =
  /** Syncro said yes. */
  | 'confirmed'
  /** No answer, but it was found in Syncro afterwards. */
  | 'found'
  /** No answer; a person said that it is there. */
  | 'on_word'
  /** Syncro said no: nothing happened. */
  | 'refused'
  /** It was sent and not answered; what became of it was not known at that time. */
  | 'unknown'
  /** A person ended the work before this was known to be there. */
  | 'stopped';

/** One line of the audit of a run; `n` counts them within it. Times are epoch milliseconds. */
export type AuditEntry = {
  readonly n: number;
  readonly at: number;
  /** Which write, and of a changed ticket to what: `ticket_update: status Invoiced`. */
  readonly what: string;
  readonly outcome: AuditOutcome;
  /** The record's id in Syncro, where it is known. */
  readonly recordId: number | null;
};
