import { mailAddress, type Ticket } from '../../syncro/ticket.ts';
import type { HoursAtRate, PlannedLine } from './bill-plan.ts';
import type { TargetChange } from './correction.ts';
import type { Touch } from './deletion.ts';

/** What a ticket was like when somebody decided what to send, beside the ids of what was on it. */
export type Basis = {
  readonly customerId: number;
  readonly customerName: string;
  readonly contactId: number | null;
  readonly contactName: string | null;
  /** Where Syncro mails a comment. */
  readonly address: string | null;
  /** Syncro is told not to mail this customer; absent: it may, or an older version decided. */
  readonly noEmail?: true;
  readonly status: string;
};

export const basisOf = (ticket: Ticket): Basis => ({
  customerId: ticket.customerId,
  customerName: ticket.customerName,
  contactId: ticket.contact?.id ?? null,
  contactName: ticket.contact?.name ?? null,
  address: mailAddress(ticket),
  ...(ticket.customerNoEmail ? { noEmail: true as const } : {}),
  status: ticket.status,
});

/** What a form without a preview showed of its ticket; an older version kept only the basis. */
export type Seen = Basis & {
  readonly commentIds?: readonly number[];
  /** The words of which it said that they had just been posted. */
  readonly postedBefore?: string;
};

type FromTo = { readonly from: string | null; readonly to: string | null };

/** Something that is no longer as it was when it was decided. */
export type Changed =
  | ({ readonly kind: 'customer' | 'address' | 'status' } & FromTo)
  | ({ readonly kind: 'contact'; readonly id: number | null } & FromTo)
  | {
      readonly kind: 'line';
      readonly id: number;
      readonly name: string;
      readonly quantityHundredths: number;
      readonly rateCents: number;
      /** All of it, where an invoice would take it along; absent: it is on one already, or an older version asked. */
      readonly line?: PlannedLine;
    }
  /** A line that was there before and would be invoiced along with ours; `to`: `null` when it no longer would. */
  | {
      readonly kind: 'older_line';
      readonly id: number;
      readonly name: string;
      readonly from: HoursAtRate;
      readonly to: (HoursAtRate & { readonly productId: number | null }) | null;
    }
  /** What was to be corrected. */
  | ({ readonly kind: 'target' } & TargetChange)
  /** Somebody wrote on a ticket that was to be deleted. */
  | { readonly kind: 'touched'; readonly touch: Touch }
  | { readonly kind: 'invoice'; readonly id: number; readonly number: string; readonly totalCents: number };

/** Who reads it is somebody else: words meant for the one must not go to the other. */
export const changedPeople = (before: Basis, now: Basis): readonly Changed[] => [
  ...(before.customerId === now.customerId
    ? []
    : [{ kind: 'customer', from: before.customerName, to: now.customerName } as const]),
  ...(before.contactId === now.contactId
    ? []
    : [{ kind: 'contact', id: now.contactId, from: before.contactName, to: now.contactName } as const]),
  ...(before.address === now.address ? [] : [{ kind: 'address', from: before.address, to: now.address } as const]),
];
