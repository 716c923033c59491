import type { SeenIds } from './billing.ts';
import type { InvoiceSummary } from './invoice.ts';
import { sameText } from './text.ts';
import type { Comment, LineItem, Ticket } from './ticket.ts';
import type { Write } from './write.ts';

/** What was meant to happen: recorded before the request left. Times are epoch milliseconds. */
export type Intent = {
  readonly at: number;
  /** From here on the request can no longer land: absence counts. */
  readonly settledAt: number;
  /** The Syncro user whose key it went out under. */
  readonly author: { readonly id: number; readonly name: string };
};

/** What is on the ticket now; only what the kind of write needs is read. */
export type Reading = {
  readonly comments?: readonly Comment[];
  readonly ticket?: Ticket;
  readonly invoices?: readonly InvoiceSummary[];
};

export type Reconciled =
  | { readonly result: 'landed'; readonly id: number | null; readonly number: string | null }
  | { readonly result: 'absent' }
  | { readonly result: 'unclear'; readonly candidates: readonly number[] };

/** Clocks differ: what Syncro dates a little before our intent may still be its effect. */
const CLOCK_SKEW_MS = 2 * 60_000;

const isNew = (row: { id: number; createdAt: number | null }, known: readonly number[], intent: Intent): boolean =>
  !known.includes(row.id) && (row.createdAt === null || row.createdAt >= intent.at - CLOCK_SKEW_MS);

const oneOf = (rows: ReadonlyArray<{ id: number; number?: string }>): Reconciled => {
  const [first, second] = rows;
  if (!first) return { result: 'absent' };
  if (second) return { result: 'unclear', candidates: rows.map(({ id }) => id) };
  return { result: 'landed', id: first.id, number: first.number ?? null };
};

/** A record without an author may be ours; one with another author is not. */
const by = (technicianId: number | null, intent: Intent): boolean =>
  technicianId === null || technicianId === intent.author.id;

const reconcileComment = (
  write: Write & { kind: 'comment' },
  intent: Intent,
  known: SeenIds,
  rows: readonly Comment[],
) =>
  oneOf(
    rows.filter(
      (row) =>
        isNew(row, known.commentIds, intent) &&
        // Syncro leaves the author of customers' comments empty: then the name shown must be ours.
        (row.authorId === intent.author.id || (row.authorId === null && row.authorName === intent.author.name)) &&
        sameText(write.body, row.body),
    ),
  );

const reconcileLine = (
  write: Write & { kind: 'line_item' },
  intent: Intent,
  known: SeenIds,
  rows: readonly LineItem[],
) =>
  oneOf(
    rows.filter(
      (row) =>
        isNew(row, known.lineItemIds, intent) &&
        by(row.technicianId, intent) &&
        row.productId === write.item.productId &&
        row.quantityHundredths === write.item.quantityHundredths &&
        sameText(write.item.description, row.description),
    ),
  );

const reconcileInvoice = (
  write: Write & { kind: 'invoice' },
  intent: Intent,
  known: SeenIds,
  rows: readonly InvoiceSummary[],
) =>
  oneOf(
    rows.filter(
      (row) =>
        isNew(row, known.invoiceIds, intent) &&
        by(row.technicianId, intent) &&
        (row.ticketId === null || row.ticketId === write.ticketId),
    ),
  );

const reconcileUpdate = (write: Write & { kind: 'ticket_update' }, ticket: Ticket): Reconciled => {
  const { status, priority, subject, problemType, technicianId } = write.fields;
  const landed =
    (status === undefined || ticket.status === status) &&
    (priority === undefined || ticket.priority === priority) &&
    (subject === undefined || ticket.subject === subject) &&
    (problemType === undefined || ticket.problemType === problemType) &&
    (technicianId === undefined || ticket.technicianId === technicianId);
  return landed ? { result: 'landed', id: ticket.id, number: null } : { result: 'absent' };
};

/** Did this write land? Pure: from what was intended, what was known before, and what is read now. */
export const reconcile = (write: Write, intent: Intent, known: SeenIds, reading: Reading): Reconciled => {
  const unread: Reconciled = { result: 'unclear', candidates: [] };
  switch (write.kind) {
    case 'comment':
      return reading.comments ? reconcileComment(write, intent, known, reading.comments) : unread;
    case 'line_item':
      return reading.ticket ? reconcileLine(write, intent, known, reading.ticket.lineItems) : unread;
    case 'invoice':
      return reading.invoices ? reconcileInvoice(write, intent, known, reading.invoices) : unread;
    case 'ticket_update':
      return reading.ticket ? reconcileUpdate(write, reading.ticket) : unread;
    // The other kinds come with their commands; until then a person is asked.
    case 'line_item_update':
    case 'line_item_remove':
    case 'timer':
    case 'timer_update':
    case 'timer_charge':
    case 'timer_delete':
    case 'invoice_delete':
    case 'ticket':
    case 'ticket_delete':
    case 'customer':
      return unread;
  }
};
