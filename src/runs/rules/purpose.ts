import type { KnownTicket } from '../../syncro/ticket.ts';
import type { BillPlan, InvoicePlan } from './bill-plan.ts';
import type { Correction } from './correction.ts';

/** A field of a ticket before and after, as people read it: names, not ids. */
export type TicketChange = {
  readonly field: 'status' | 'priority' | 'technician' | 'due';
  /** `null`: it was empty. */
  readonly from: string | null;
  /** `YYYY-MM-DD` for `due`. */
  readonly to: string;
};

type OnTicket = { readonly ticket: KnownTicket };

/** What somebody confirmed, and what only work of its kind keeps. */
export type Purpose =
  | (OnTicket & {
      readonly kind: 'bill';
      /** As it was previewed. */
      readonly plan: BillPlan;
      /** The timer that its minutes were measured by. */
      readonly timerId: string | null;
      /** What the checked invoice came to; absent before the check. */
      readonly invoicedCents?: number;
    })
  | (OnTicket & {
      /** What is charged on the ticket already, and nothing new. */
      readonly kind: 'invoice';
      readonly plan: InvoicePlan;
      readonly invoicedCents?: number;
    })
  | (OnTicket & { readonly kind: 'timer'; readonly timerId: string | null })
  | (OnTicket & {
      /** Work that nobody is asked to pay for. */
      readonly kind: 'not_billable';
      readonly timerId: string | null;
      readonly emailTo: string | null;
      readonly quantityHundredths: number;
      readonly laborWord: string;
      /** In words; `''` until the person has said it. */
      readonly reason: string;
    })
  /** `emailTo`: who its comment is mailed to; `null`: nobody. */
  | (OnTicket & { readonly kind: 'comment'; readonly emailTo: string | null })
  | (OnTicket & {
      readonly kind: 'close';
      readonly emailTo: string | null;
      /** What was charged and on no invoice then; absent: nothing, or nobody knows. */
      readonly uninvoicedCents?: number;
    })
  | (OnTicket & {
      readonly kind: 'update';
      /** In words. */
      readonly changes: readonly TicketChange[];
      /** Its outcome is told where it was asked for; absent: by its direct message alone. */
      readonly told?: 'here';
    })
  /** One line, or one time entry, is put right or taken away. */
  | (OnTicket & { readonly kind: 'correct'; readonly correction: Correction })
  /** The ticket goes, with all that is on it. */
  | (OnTicket & { readonly kind: 'delete' })
  | {
      readonly kind: 'create';
      /** Syncro is yet to give it an id and a number. */
      readonly ticket: Omit<KnownTicket, 'id' | 'number'> & { readonly id: null; readonly number: null };
      readonly emailTo: string | null;
      /** Syncro is told not to mail this customer; absent: it may, or an older version decided. */
      readonly noEmail?: true;
      /** Whose the ticket becomes. */
      readonly assignee: string;
    };

export type RunKind = Purpose['kind'];

type Words = { readonly now: string; readonly past: string; readonly passive: string };

/** What is being done, and what was done, to a ticket: "Billing #1", "Billed #1", "#1 is being billed". */
export const DOING: Readonly<Record<RunKind | 'charge', Words>> = {
  bill: { now: 'Billing', past: 'Billed', passive: 'billed' },
  charge: { now: 'Charging', past: 'Charged', passive: 'charged' },
  invoice: { now: 'Invoicing', past: 'Invoiced', passive: 'invoiced' },
  comment: { now: 'Commenting on', past: 'Commented on', passive: 'commented on' },
  create: { now: 'Creating', past: 'Created', passive: 'created' },
  update: { now: 'Updating', past: 'Updated', passive: 'updated' },
  close: { now: 'Closing', past: 'Closed', passive: 'closed' },
  timer: { now: 'Logging time on', past: 'Logged time on', passive: 'given time' },
  correct: { now: 'Correcting', past: 'Corrected', passive: 'corrected' },
  delete: { now: 'Deleting', past: 'Deleted', passive: 'deleted' },
  not_billable: {
    now: 'Logging non-billable time on',
    past: 'Logged non-billable time on',
    passive: 'logged as not billable',
  },
};

export const hasPlan = <Work extends Purpose>(work: Work): work is Extract<Work, { readonly plan: InvoicePlan }> =>
  work.kind === 'bill' || work.kind === 'invoice';

/** A bill that makes no invoice: the customer's recurring one is to take its line. */
export const isCharge = (work: Purpose): boolean => work.kind === 'bill' && work.plan.later !== undefined;

/** What people call it. */
export const calledOf = (work: Purpose): keyof typeof DOING => (isCharge(work) ? 'charge' : work.kind);

export const doing = (work: Purpose): Words => DOING[calledOf(work)];

/** Who a comment in it is mailed to; `null`: nobody. */
export const mailedTo = (work: Purpose): string | null => {
  switch (work.kind) {
    case 'bill':
      return work.plan.comment.emailTo;
    case 'comment':
    case 'close':
    case 'create':
    case 'not_billable':
      return work.emailTo;
    case 'invoice':
    case 'update':
    case 'timer':
    case 'correct':
    case 'delete':
      return null;
  }
};

/** What its checked invoice came to. */
export const invoicedCentsOf = (work: Purpose): number | undefined => (hasPlan(work) ? work.invoicedCents : undefined);

/** The timer whose minutes it brings into Syncro. */
export const timerIdOf = (work: Purpose): string | null =>
  work.kind === 'bill' || work.kind === 'timer' || work.kind === 'not_billable' ? work.timerId : null;

export const isToldHere = (work: Purpose): boolean => work.kind === 'update' && work.told === 'here';
