import type { Technician } from '../../shared/technician.ts';
import type { TicketId, TicketNumber } from '../../syncro/ticket.ts';
import type { Write } from '../../syncro/write.ts';
import type { Basis, Changed } from './basis.ts';
import type { BillPlan, PlannedLine, SeenIds } from './bill-plan.ts';
import type { Alike, Intent, Unclear } from './reconcile.ts';
import type { TicketChange } from './ticket-changes.ts';
import type { Difference } from './verify-invoice.ts';

/** One foreign call, or one check of what the calls before it did. */
export type Action =
  | Write
  /** A charge of the time entry that a step before makes: which one is read when its turn comes. */
  | {
      readonly kind: 'timer_charge';
      readonly ticketId: TicketId;
      readonly timerId: null;
      /** What Syncro makes of it is right, a person said. */
      readonly accepted?: true;
    }
  | { readonly kind: 'verify_invoice' }
  /** Is the charged line on the ticket as it was previewed, once? */
  | { readonly kind: 'verify_charge'; readonly line: PlannedLine }
  /** After a step was sent twice: is its effect in Syncro once? `last`: waits until nothing can arrive any more. */
  | { readonly kind: 'check_doubles'; readonly last: boolean };

/** One look after an unanswered write. */
export type Look = {
  readonly at: number;
  readonly found: number;
  readonly failed: boolean;
  /** Syncro answered, and this could not be read; absent: it did not answer. */
  readonly unread?: string;
};

/** Where the ids are kept of what was there before a step that makes something. */
export const KNOWN_AS: Readonly<Partial<Record<Action['kind'], keyof SeenIds>>> = {
  comment: 'commentIds',
  line_item: 'lineItemIds',
  invoice: 'invoiceIds',
  timer: 'timerIds',
  ticket: 'ticketIds',
};

/** Why a person is needed. */
export type Question =
  /** No answer, and looking did not tell: none is there, several could be it, or what is there reads otherwise. */
  | ({ readonly kind: 'unclear' } & Unclear)
  | { readonly kind: 'refused'; readonly status: number; readonly message: string }
  | {
      readonly kind: 'mismatch';
      readonly differences: readonly Difference[];
      /** A charge's line as Syncro has it, or will make it; absent: there is none, or an invoice was checked. */
      readonly actual?: PlannedLine;
    }
  /**
   * The same is in Syncro more than once; `extra` are the ids beyond the one that counts, `alike` those among them that
   * read otherwise and may be something else.
   */
  | {
      readonly kind: 'doubled';
      readonly what: Write['kind'];
      readonly kept: number;
      readonly extra: readonly number[];
      /** An invoice holds each of them: lines are never removed after invoicing. */
      readonly invoiced?: true;
      readonly alike?: readonly Alike[];
    }
  /** The ticket is no longer what the person decided about. */
  | { readonly kind: 'changed'; readonly changes: readonly Changed[] }
  | { readonly kind: 'key'; readonly message: string }
  | { readonly kind: 'unverifiable'; readonly message: string };

/** Why a planned step waits, and until when. */
export type Delay = {
  readonly reason: 'limited' | 'unreachable' | 'unreadable' | 'fault' | 'late_arrivals';
  readonly until: number;
  readonly since: number;
  /** What could not be read. */
  readonly what?: string;
};

export type StepState =
  /** `previous`: sent before without an answer; look once more before sending again. */
  | { readonly phase: 'planned'; readonly delay: Delay | null; readonly previous: Intent | null }
  /** The intent is in the database; whoever finds this without an outcome must look before anything else. */
  | { readonly phase: 'sending'; readonly intent: Intent; readonly previous: Intent | null }
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
      /** `answered` by Syncro, `found` by looking, or on a `person`'s word. */
      readonly how: 'answered' | 'found' | 'person';
    };

export type Step = {
  readonly action: Action;
  readonly state: StepState;
  /** Sends whose effect is not excluded: refused and unsent ones don't count. */
  readonly tries: number;
  /** The first and the last send, for finding what landed of them. */
  readonly firstIntent: Intent | null;
  readonly lastIntent: Intent | null;
  /** It is there more than once and a person lets it stay: not asked about again. */
  readonly doubleLeft?: true;
};

/** How a run ends. */
export const ENDED = ['stopped', 'done'] as const;

export type RunState = 'open' | 'asking' | (typeof ENDED)[number];

export const RUN_KINDS = ['bill', 'comment', 'create', 'update', 'close', 'timer'] as const;

export type RunKind = (typeof RUN_KINDS)[number];

/** A confirmed piece of work on its way into Syncro: the journal's row. Times are epoch milliseconds. */
export type Run = {
  readonly id: string;
  /** The opened form that it came from: one form, one run, however often it is submitted. */
  readonly formId: string;
  readonly kind: RunKind;
  /** What people quote: six letters and digits. */
  readonly ref: string;
  readonly technician: Technician;
  /** Under whose name it goes out, as previewed: the technician's, or the shared key's owner. */
  readonly author: { readonly id: number; readonly name: string };
  /** Id and number are `null` until a new ticket is made. */
  readonly ticket: {
    readonly id: TicketId | null;
    readonly number: TicketNumber | null;
    readonly subject: string;
    readonly customerId: number;
    readonly customerName: string;
  };
  /** What a bill was previewed as; `null` for the other kinds. */
  readonly plan: BillPlan | null;
  /** Who a comment of it is mailed to; `null` or absent: nobody, or not known. */
  readonly emailTo?: string | null;
  /** The clock that its minutes were measured by. */
  readonly timerId?: string | null;
  /** What an update changes, in words. */
  readonly changes?: readonly TicketChange[];
  /** Its outcome is told where it was asked for; absent: by its direct message alone. */
  readonly told?: 'here';
  /** Whose a new ticket becomes. */
  readonly assignee?: string;
  /** What the checked invoice came to; `undefined` before the check. */
  readonly invoicedCents?: number;
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
  readonly state: RunState;
  /** Not before then does anything happen by itself. */
  readonly wakeAt: number;
  readonly createdAt: number;
  readonly finishedAt: number | null;
  /** The app stopped it itself, before it sent anything more; in words. */
  readonly stoppedBecause?: string;
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

export type RunSettings = {
  readonly settleMs: number;
  /** `ask`: what e-mails the customer is never sent again without a person's word. */
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
export const isQuiet = ({ told, state, createdAt, finishedAt, resumedAt, steps }: Run): boolean => {
  if (told !== 'here' || resumedAt !== null) return false;
  const soon = finishedAt !== null && finishedAt - createdAt <= QUIET_MS;
  if (state === 'done') return soon;
  const step = steps.find(({ state: { phase } }) => phase !== 'done')?.state;
  if (state === 'stopped') return soon && step?.phase === 'asking';
  return state === 'open' && (step?.phase === 'sending' || (step?.phase === 'planned' && step.delay === null));
};

/** A step that has not begun. */
export const plannedStep = (action: Action): Step => ({
  action,
  state: { phase: 'planned', delay: null, previous: null },
  tries: 0,
  firstIntent: null,
  lastIntent: null,
});

export const currentIndex = (run: Run): number => run.steps.findIndex(({ state }) => state.phase !== 'done');

export const currentStep = (run: Run): Step | null => run.steps[currentIndex(run)] ?? null;

/** What the first step of this kind left behind in Syncro: its id and number. */
export const resultOf = (run: Run, kind: Action['kind']): { id: number | null; number: string | null } | null => {
  const state = run.steps.find(({ action }) => action.kind === kind)?.state;
  return state?.phase === 'done' ? { id: state.id, number: state.number } : null;
};

export const isWrite = (action: Action): action is Write => {
  switch (action.kind) {
    case 'verify_invoice':
    case 'verify_charge':
    case 'check_doubles':
      return false;
    case 'timer_charge':
      return action.timerId !== null;
    default:
      return true;
  }
};

/** The unanswered send before this one: until the next is answered, each new attempt looks for its effect first. */
export const previousOf = (run: Run): Intent | null => {
  const state = currentStep(run)?.state;
  return state?.phase === 'planned' || state?.phase === 'sending' ? state.previous : null;
};

/**
 * Was something sent of which nobody knows for certain whether it is in Syncro? Also when it was not there on the last
 * look: what Syncro took longer than expected for may still appear, so nobody is told that it was not done.
 */
export const isUnknown = ({ state, firstIntent }: Step): boolean => {
  switch (state.phase) {
    case 'sending':
    case 'unclear':
      return true;
    case 'planned':
      return firstIntent !== null;
    case 'asking':
      return firstIntent !== null || state.question.kind === 'unclear' || state.question.kind === 'doubled';
    case 'done':
      return false;
  }
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
  readonly what: Write['kind'];
  readonly outcome: AuditOutcome;
  /** The record's id in Syncro, where it is known. */
  readonly recordId: number | null;
};
