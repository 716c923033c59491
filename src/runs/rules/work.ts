import { dayInZone } from '../../shared/calendar.ts';
import type { KnownTicket } from '../../syncro/ticket.ts';
import type { BillPlan, InvoicePlan, SeenIds } from './bill-plan.ts';
import type { Purpose } from './purpose.ts';
import type { Progress, Run } from './run.ts';
import { type Action, plannedStep } from './step.ts';

/** A piece of work as the person saw it: confirmed, it becomes a run. */
export type Work = Purpose &
  Pick<Progress, 'author' | 'known' | 'basis' | 'note'> & { readonly actions: readonly Action[] };

/** What work on a ticket begins with. */
export const workOn = (
  { id, number, subject, customerId, customerName }: KnownTicket,
  author: Work['author'],
): { readonly author: Work['author']; readonly ticket: KnownTicket } => ({
  author: { id: author.id, name: author.name },
  ticket: { id, number, subject, customerId, customerName },
});

/** No ids: each kind of work adds those among which it makes something. */
export const NOTHING_SEEN: SeenIds = { commentIds: [], lineItemIds: [], invoiceIds: [] };

/** Not one of the subjects by which Syncro moves a ticket's status (Diagnosis, Parts Arrival, Parts Order). */
export const RESOLUTION = 'Resolution';

/** The status that follows, where the account has it. */
const statusActions = ({ id: ticketId }: KnownTicket, { status }: InvoicePlan): readonly Action[] =>
  status === null ? [] : [{ kind: 'ticket_update', ticketId, fields: { status } }];

/** The invoice, its check, and the status that follows. */
const invoiceActions = (ticket: KnownTicket, plan: InvoicePlan, now: number): readonly Action[] => {
  const { id: ticketId, customerId } = ticket;
  const { timeZone = null } = plan;
  return [
    { kind: 'invoice', ticketId, customerId, date: invoiceDay(timeZone, now), timeZone },
    { kind: 'verify_invoice' },
    ...(plan.asDraft ? [{ kind: 'invoice_draft', invoiceId: null } as const] : []),
    ...statusActions(ticket, plan),
  ];
};

/** What a confirmed bill sends, in its order. */
const billActions = (ticket: KnownTicket, plan: BillPlan, now: number): readonly Action[] => {
  const { id: ticketId } = ticket;
  const { comment, line } = plan;
  return [
    { kind: 'comment', ticketId, subject: RESOLUTION, body: comment.body, audience: comment.audience },
    {
      kind: 'line_item',
      ticketId,
      item: {
        productId: line.productId ?? 0,
        name: line.name,
        description: line.description,
        quantityHundredths: line.quantityHundredths,
        rateCents: line.rateCents,
        taxable: line.taxable,
      },
    },
    ...(plan.later
      ? [{ kind: 'verify_charge', line } as const, ...statusActions(ticket, plan)]
      : invoiceActions(ticket, plan, now)),
  ];
};

/** The day at the account's place, `YYYY-MM-DD`: an evening in Phoenix is the next day, and the next month, in UTC. */
const invoiceDay = (timeZone: string | null | undefined, now: number): string => dayInZone(now, timeZone ?? null);

export const billWork = (
  ticket: KnownTicket,
  plan: BillPlan,
  author: Work['author'],
  now: number,
  timerId: string | null = null,
): Work => ({
  kind: 'bill',
  ...workOn(ticket, author),
  plan,
  known: plan.seen,
  timerId,
  actions: billActions(ticket, plan, now),
});

/** What is on the ticket, on an invoice. */
export const invoiceWork = (ticket: KnownTicket, plan: InvoicePlan, author: Work['author'], now: number): Work => ({
  kind: 'invoice',
  ...workOn(ticket, author),
  plan,
  known: plan.seen,
  actions: invoiceActions(ticket, plan, now),
});

const RESTS_ON_WHAT_IS_THERE: ReadonlyArray<Purpose['kind']> = ['invoice', 'correct', 'delete'];

/** Whoever reads what they confirm takes longer, and meanwhile a ticket may go to another customer. */
const GOOD_UNTIL_CONFIRMED_MS = 1_000;

/**
 * The journal's row for a piece of work that was confirmed.
 * @param readAt when what it rests on was read, by the clock that had been set at `setAt`
 */
export const runOf = (
  { actions, ...work }: Work,
  {
    readAt,
    setAt = 0,
    now,
    ...named
  }: Pick<Progress, 'id' | 'formId' | 'ref' | 'technician'> & {
    readonly readAt?: number;
    readonly setAt?: number;
    readonly now: number;
  },
): Run => ({
  ...work,
  ...named,
  // That what is there is as it was seen is all that these rest on: it is looked at once more right before they are sent.
  checkedAt:
    readAt === undefined || now - readAt > GOOD_UNTIL_CONFIRMED_MS || RESTS_ON_WHAT_IS_THERE.includes(work.kind)
      ? null
      : readAt,
  checkedBy: setAt,
  // An invoice bears the day on which it was confirmed.
  steps: actions.map((action) =>
    plannedStep(action.kind === 'invoice' ? { ...action, date: invoiceDay(action.timeZone, now) } : action),
  ),
  state: 'open',
  wakeAt: now,
  createdAt: now,
  finishedAt: null,
  resumedAt: null,
});
