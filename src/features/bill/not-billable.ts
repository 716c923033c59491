import { basisOf } from '../../runs/rules/basis.ts';
import type { BillWarning } from '../../runs/rules/bill-plan.ts';
import { unusualMinutes } from '../../runs/rules/preview-warnings.ts';
import { NOTHING_SEEN, RESOLUTION, type Work, workOn } from '../../runs/rules/work.ts';
import { toHundredths } from '../../shared/minutes.ts';
import { commentIdsOf, mailAddress, type Ticket, unreadOf } from '../../syncro/ticket.ts';
import { type BillChoice, commentWarnings } from './plan.ts';

/** Why nobody is asked to pay, as the journal and Syncro have it. */
export const REASONS = {
  warranty: 'warranty',
  contract: 'covered by contract',
  internal: 'internal',
  goodwill: 'goodwill',
  other: 'other',
} as const;

export type Reason = keyof typeof REASONS;

/** The reason in words. @param details what the person added; `''`: nothing */
export const reasonText = (reason: Reason, details: string): string => {
  if (details === '') return REASONS[reason];
  return reason === 'other' ? details : `${REASONS[reason]}, ${details}`;
};

/** What was read live for the preview. */
type NotBillableFacts = {
  readonly ticket: Ticket;
  /** The person whose run holds this ticket at this moment, if any. */
  readonly busyWith: string | null;
  /** When the work ended. */
  readonly endedAt: number;
  readonly now: number;
};

/** Work that is logged and not billed, as it was previewed; why is said with the last button. */
export type NotBillablePlan = Pick<BillChoice, 'comment' | 'audience'> & {
  readonly minutes: number;
  readonly quantityHundredths: number;
  readonly laborWord: string;
  readonly productId: number;
  readonly startedAt: number;
  readonly endedAt: number;
  readonly emailTo: string | null;
  readonly warnings: readonly BillWarning[];
};

/** Nothing is charged, so nothing is rounded: the minutes are logged as they were worked, to whole seconds as Syncro keeps them. */
export const planNotBillable = (
  { ticket, busyWith, endedAt, now }: NotBillableFacts,
  { workedMinutes: minutes, labor, comment, audience }: BillChoice,
): NotBillablePlan => {
  const emailTo = audience === 'email' ? mailAddress(ticket) : null;
  const end = Math.floor(endedAt / 1000) * 1000;
  return {
    ...{ comment, audience, emailTo, minutes, laborWord: labor.word, productId: labor.productId },
    quantityHundredths: toHundredths(minutes),
    startedAt: end - minutes * 60_000,
    endedAt: end,
    warnings: [
      ...(busyWith === null ? [] : [{ kind: 'billed_now', by: busyWith } as const]),
      ...commentWarnings(ticket, { comment, audience }, emailTo, now),
      ...unusualMinutes(minutes),
    ],
  };
};

const notesOf = (reason: string, comment: string): string => `Not billable: ${reason}\n${comment}`;

/** The comment, the entry, and the check that Syncro keeps it as not billable. */
export const notBillableWork = (
  ticket: Ticket,
  plan: NotBillablePlan,
  author: Work['author'],
  timerId: string | null = null,
): Work => {
  const { id: ticketId } = ticket;
  const { comment: body, audience, startedAt, endedAt, productId } = plan;
  const timer = { startedAt, endedAt, notes: notesOf('', body), productId, billable: false };
  return {
    kind: 'not_billable',
    ...workOn(ticket, author),
    ...{ timerId, emailTo: plan.emailTo, quantityHundredths: plan.quantityHundredths, laborWord: plan.laborWord },
    reason: '',
    known: {
      ...NOTHING_SEEN,
      commentIds: commentIdsOf(ticket),
      timerIds: [...ticket.timers, ...unreadOf(ticket, 'time_entry')].flatMap(({ id }) => id ?? []),
    },
    basis: basisOf(ticket),
    actions: [
      { kind: 'comment', ticketId, subject: RESOLUTION, body, audience },
      { kind: 'timer', ticketId, timer },
      { kind: 'verify_not_billable' },
    ],
  };
};

/** With why, which was said last; it stands with the entry, and in the audit beside each write. */
export const withReason =
  (reason: string) =>
  (work: Work): Work => {
    if (work.kind !== 'not_billable') return work;
    const comment = work.actions.find((action) => action.kind === 'comment')?.body ?? '';
    const actions = work.actions.map((action) =>
      action.kind === 'timer' ? { ...action, timer: { ...action.timer, notes: notesOf(reason, comment) } } : action,
    );
    return { ...work, reason, note: `not billable: ${reason}`, actions };
  };
