import type { TicketId } from '../../syncro/ticket.ts';
import type { Write } from '../../syncro/write.ts';
import type { Changed } from './basis.ts';
import type { PlannedLine, SeenIds } from './bill-plan.ts';
import type { Alike, Intent, Unclear } from './reconcile.ts';
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
  /** A ticket of the customer that a step before makes: who that is, is filled in when its turn comes. */
  | ({ readonly kind: 'ticket'; readonly customerId: null } & Omit<
      Write & { readonly kind: 'ticket' },
      'kind' | 'customerId'
    >)
  | { readonly kind: 'verify_invoice' }
  /** Of the invoice that a step before makes: which one is filled in when its turn comes. */
  | { readonly kind: 'invoice_draft'; readonly invoiceId: null }
  /** Is the charged line on the ticket as it was previewed, once? */
  | { readonly kind: 'verify_charge'; readonly line: PlannedLine }
  /** Is what was corrected as it was to become, and what was deleted gone? */
  | { readonly kind: 'verify_change' }
  /** Does Syncro keep the logged time as not billable? */
  | { readonly kind: 'verify_not_billable' }
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
  customer: 'customerIds',
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
      /** The one that counted was taken out again: each of these is one too many. */
      readonly gone?: true;
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

/**
 * How a step came to be done: `answered` by Syncro, `found` by looking, or on a `person`'s word. `refused`: Syncro did not
 * do it, and the work goes on without.
 */
export type How = 'answered' | 'found' | 'person' | 'refused';

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
      readonly how: How;
      /** Why Syncro refused it, in its own words; absent: it does not know such a thing. */
      readonly said?: string;
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

/** A step that has not begun. */
export const plannedStep = (action: Action): Step => ({
  action,
  state: { phase: 'planned', delay: null, previous: null },
  tries: 0,
  firstIntent: null,
  lastIntent: null,
});

export const isWrite = (action: Action): action is Write => {
  switch (action.kind) {
    case 'verify_invoice':
    case 'verify_charge':
    case 'verify_change':
    case 'verify_not_billable':
    case 'check_doubles':
      return false;
    case 'timer_charge':
      return action.timerId !== null;
    case 'ticket':
      return action.customerId !== null;
    case 'invoice_draft':
      return action.invoiceId !== null;
    default:
      return true;
  }
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
