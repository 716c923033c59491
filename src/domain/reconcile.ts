import type { SeenIds } from './billing.ts';
import type { InvoiceSummary } from './invoice.ts';
import { sameHours } from './minutes.ts';
import { sameText } from './text.ts';
import type { Comment, LineItem, Ticket, TicketSummary, TimerEntry } from './ticket.ts';
import type { Write } from './write.ts';

/** What was meant to happen: recorded before the request left. Times are epoch milliseconds. */
export type Intent = {
  readonly at: number;
  /** From here on the request can no longer land: absence counts. */
  readonly settledAt: number;
  /** The Syncro user whose key it went out under. */
  readonly author: { readonly id: number; readonly name: string };
};

/** What is in Syncro now; only what the kind of write needs is read. */
export type Reading = {
  readonly comments?: readonly Comment[];
  /** `null`: there is no such ticket (any more). */
  readonly ticket?: Ticket | null;
  readonly invoices?: readonly InvoiceSummary[];
  /** The customer's newest tickets, for one that was to be created. */
  readonly tickets?: readonly TicketSummary[];
};

export type Found = { readonly id: number | null; readonly number: string | null };

export type Reconciled =
  | ({ readonly result: 'landed' } & Found)
  | { readonly result: 'absent' }
  | { readonly result: 'unclear'; readonly candidates: readonly number[] };

/** Clocks differ: what Syncro dates a little before our intent may still be its effect. */
const CLOCK_SKEW_MS = 2 * 60_000;

type Row = { readonly id: number; readonly createdAt: number | null };

const isNew = (row: Row, known: readonly number[] | undefined, intent: Intent): boolean =>
  !known?.includes(row.id) && (row.createdAt === null || row.createdAt >= intent.at - CLOCK_SKEW_MS);

/** A record without an author may be ours; one with another author is not. */
const by = (technicianId: number | null, { author }: Intent): boolean =>
  technicianId === null || technicianId === author.id;

/** Syncro leaves the author of customers' comments empty: then the name shown must be ours. */
const commentBy = ({ authorId, authorName }: Comment, { author }: Intent): boolean =>
  authorId === author.id || (authorId === null && authorName === author.name);

const sameLine = ({ item }: Write & { kind: 'line_item' }, row: LineItem): boolean =>
  row.productId === item.productId &&
  sameHours(row.quantityHundredths, item.quantityHundredths) &&
  sameText(item.description, row.description);

/** Syncro keeps whole seconds of a timer. */
const sameSecond = (sent: number, seen: number | null): boolean => seen !== null && Math.abs(seen - sent) < 1_000;

const sameTimer = ({ timer }: Write & { kind: 'timer' }, row: TimerEntry): boolean =>
  sameSecond(timer.startedAt, row.startedAt) && sameText(timer.notes, row.notes);

const found = (id: number, number: string | null = null) => ({ id, number });

/**
 * Everything in Syncro that may be the effect of this write: new since the intent, by its author, equal in content.
 * `null`: what was read does not tell.
 */
export const effectsOf = (
  write: Write,
  intent: Intent,
  known: SeenIds,
  reading: Reading,
): ReadonlyArray<{ readonly id: number; readonly number: string | null }> | null => {
  const { comments, invoices, ticket, tickets } = reading;
  switch (write.kind) {
    case 'comment':
      return (
        comments
          ?.filter(
            (row) => isNew(row, known.commentIds, intent) && commentBy(row, intent) && sameText(write.body, row.body),
          )
          .map(({ id }) => found(id)) ?? null
      );
    case 'line_item':
      return (
        ticket?.lineItems
          .filter(
            (row) => isNew(row, known.lineItemIds, intent) && by(row.technicianId, intent) && sameLine(write, row),
          )
          .map(({ id }) => found(id)) ?? null
      );
    case 'invoice':
      return (
        invoices
          ?.filter((row) => isNew(row, known.invoiceIds, intent) && by(row.technicianId, intent))
          .filter((row) => row.ticketId === null || row.ticketId === write.ticketId)
          .map(({ id, number }) => found(id, number)) ?? null
      );
    case 'timer':
      return (
        ticket?.timers
          .filter((row) => !known.timerIds?.includes(row.id) && by(row.technicianId, intent) && sameTimer(write, row))
          .map(({ id }) => found(id)) ?? null
      );
    case 'ticket':
      return (
        tickets
          ?.filter((row) => isNew(row, known.ticketIds, intent) && row.customerId === write.customerId)
          .filter((row) => sameText(write.fields.subject ?? '', row.subject))
          .map(({ id, number }) => found(id, String(number))) ?? null
      );
    default:
      return null;
  }
};

/** Syncro keeps the day's beginning in the account's zone, at most 14 hours from ours; the day before is another day. */
const sameDay = (date: string, at: number | null): boolean =>
  at !== null && Math.abs(Date.parse(date) - at) <= 14 * 3_600_000;

const isUpdated = ({ fields }: Write & { kind: 'ticket_update' }, ticket: Ticket): boolean =>
  (fields.status === undefined || ticket.status === fields.status) &&
  (fields.priority === undefined || ticket.priority === fields.priority) &&
  (fields.subject === undefined || ticket.subject === fields.subject) &&
  (fields.problemType === undefined || ticket.problemType === fields.problemType) &&
  (fields.technicianId === undefined || ticket.technicianId === fields.technicianId) &&
  (fields.contactId === undefined || ticket.contact?.id === fields.contactId) &&
  (fields.dueDate === undefined || sameDay(fields.dueDate, ticket.dueAt));

const isLineUpdated = ({ lineItemId, item }: Write & { kind: 'line_item_update' }, ticket: Ticket): boolean => {
  const row = ticket.lineItems.find(({ id }) => id === lineItemId);
  if (!row) return false;
  return (
    (item.quantityHundredths === undefined || row.quantityHundredths === item.quantityHundredths) &&
    (item.rateCents === undefined || row.rateCents === item.rateCents) &&
    (item.description === undefined || sameText(item.description, row.description)) &&
    (item.taxable === undefined || row.taxable === item.taxable) &&
    (item.productId === undefined || row.productId === item.productId) &&
    (item.name === undefined || sameText(item.name, row.name))
  );
};

/** A timer does not show its product: with one, only Syncro's answer counts, and the change may be repeated. */
const isTimerUpdated = ({ timerId, timer }: Write & { kind: 'timer_update' }, ticket: Ticket): boolean => {
  const row = ticket.timers.find(({ id }) => id === timerId);
  if (!row || timer.productId !== undefined) return false;
  return (
    (timer.startedAt === undefined || sameSecond(timer.startedAt, row.startedAt)) &&
    (timer.endedAt === undefined || sameSecond(timer.endedAt, row.endedAt)) &&
    (timer.notes === undefined || sameText(timer.notes, row.notes))
  );
};

/** For writes that change or remove what is there: is it as it was to become? `null`: what was read does not tell. */
const isAsIntended = (write: Write, { ticket, invoices }: Reading): boolean | null => {
  if (write.kind === 'invoice_delete') return invoices ? !invoices.some(({ id }) => id === write.invoiceId) : null;
  if (write.kind === 'ticket_delete') return ticket === undefined ? null : ticket === null;
  if (!ticket) return null;
  switch (write.kind) {
    case 'ticket_update':
      return isUpdated(write, ticket);
    case 'line_item_update':
      return isLineUpdated(write, ticket);
    case 'line_item_remove':
      return !ticket.lineItems.some(({ id }) => id === write.lineItemId);
    case 'timer_charge':
      return ticket.timers.some(({ id, recorded }) => id === write.timerId && recorded);
    case 'timer_delete':
      return !ticket.timers.some(({ id }) => id === write.timerId);
    case 'timer_update':
      return isTimerUpdated(write, ticket);
    default:
      return null;
  }
};

/** Did this write land? Pure: from what was intended, what was known before, and what is read now. */
export const reconcile = (write: Write, intent: Intent, known: SeenIds, reading: Reading): Reconciled => {
  const asIntended = isAsIntended(write, reading);
  if (asIntended !== null) return asIntended ? { result: 'landed', id: null, number: null } : { result: 'absent' };
  const effects = effectsOf(write, intent, known, reading);
  if (effects === null) return { result: 'unclear', candidates: [] };
  const [first, second] = effects;
  if (!first) return { result: 'absent' };
  return second ? { result: 'unclear', candidates: effects.map(({ id }) => id) } : { result: 'landed', ...first };
};
