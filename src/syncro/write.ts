import type { Audience } from './audience.ts';
import type { TicketId } from './ticket.ts';

/** The fields of a ticket that a technician changes. Absent: left as it is. Dates are `YYYY-MM-DD`. */
export type TicketFields = {
  readonly subject?: string;
  readonly status?: string;
  readonly priority?: string;
  readonly problemType?: string;
  readonly technicianId?: number;
  readonly contactId?: number;
  readonly dueDate?: string;
  /** By whose calendar `dueDate` is read back; it is not sent. Absent or `null`: not known. */
  readonly timeZone?: string | null;
};

export type LineItemFields = {
  readonly productId: number;
  readonly name: string;
  readonly description: string;
  readonly quantityHundredths: number;
  readonly rateCents: number;
  readonly taxable: boolean;
};

/** Times are epoch milliseconds. */
export type TimerFields = {
  readonly startedAt: number;
  readonly endedAt: number;
  readonly notes: string;
  readonly productId?: number;
  /** False: nobody is asked to pay for it. Many accounts ignore it in a new entry: what became of it is read back. */
  readonly billable?: boolean;
};

type OnTicket<Kind extends string, Sent = unknown> = {
  readonly kind: Kind;
  readonly ticketId: TicketId;
} & Readonly<Sent>;

/** A comment as it is sent. */
export type Words = { readonly subject: string; readonly body: string; readonly audience: Audience };

/** What stood there before another text: by it a change is known not to have landed. It is not sent. */
type TextBefore = string;

/** Every change that the app can make in Syncro. Only runs/advance-run.ts hands one to the client. */
export type Write =
  | OnTicket<'comment', Words>
  | OnTicket<'line_item', { item: LineItemFields }>
  | OnTicket<'line_item_update', { lineItemId: number; item: Partial<LineItemFields>; was?: TextBefore }>
  | OnTicket<'line_item_remove', { lineItemId: number }>
  | OnTicket<'timer', { timer: TimerFields }>
  | OnTicket<'timer_update', { timerId: number; timer: Partial<TimerFields>; was?: TextBefore }>
  | OnTicket<'timer_charge', { timerId: number }>
  | OnTicket<'timer_delete', { timerId: number }>
  | OnTicket<'timer_billable', { timerId: number; billable: boolean }>
  | OnTicket<
      'invoice',
      {
        customerId: number;
        date: string;
        /** By whose calendar `date` is read back; it is not sent. Absent or `null`: not known. */
        timeZone?: string | null;
      }
    >
  | { readonly kind: 'invoice_delete'; readonly invoiceId: number }
  /** Back to a draft, which no customer sees. 404 where the account has no drafts, 422 once it is paid or exported. */
  | { readonly kind: 'invoice_draft'; readonly invoiceId: number }
  | {
      readonly kind: 'ticket';
      readonly customerId: number;
      readonly fields: TicketFields;
      readonly firstComment: Words | null;
    }
  | OnTicket<'ticket_update', { fields: TicketFields }>
  | OnTicket<'ticket_delete'>
  | {
      readonly kind: 'customer';
      readonly businessName?: string;
      readonly firstName?: string;
      readonly lastName?: string;
      readonly email?: string;
      readonly phone?: string;
    };

export type WriteKind = Write['kind'];

/**
 * What is known after one send.
 * - `landed`: Syncro said yes, readably. `id` is the new record's, where there is one; for `timer_charge` it is the
 *   timer's, because Syncro does not name the line that it made.
 * - `refused`: Syncro said no (4xx): nothing happened.
 * - `limited`: 429: nothing happened, come back later.
 * - `not_sent`: the request provably never left.
 * - `unclear`: anything else; it may have landed, now or later.
 */
export type WriteOutcome =
  | { readonly outcome: 'landed'; readonly id: number | null; readonly number: string | null }
  | { readonly outcome: 'refused'; readonly status: number; readonly message: string }
  | { readonly outcome: 'limited'; readonly retryAfterMs: number }
  | { readonly outcome: 'not_sent'; readonly why: string }
  | { readonly outcome: 'unclear'; readonly why: string };
