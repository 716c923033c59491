import { isDay } from '../../shared/calendar.ts';
import { sameHours } from '../../shared/minutes.ts';
import { plainWords } from '../../shared/name-words.ts';
import { sameText, shorten } from '../../shared/text.ts';
import type { CustomerSummary } from '../../syncro/customer.ts';
import { sameEmail, samePhone } from '../../syncro/customers-like.ts';
import type { InvoiceSummary } from '../../syncro/invoice.ts';
import type { Comment, LineItem, Ticket, TicketSummary, TimerEntry } from '../../syncro/ticket.ts';
import type { Write } from '../../syncro/write.ts';
import type { SeenIds } from './bill-plan.ts';

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
  /** Those like the one that was to be created. */
  readonly customers?: readonly CustomerSummary[];
};

export type Found = { readonly id: number | null; readonly number: string | null };

/** A record that may be what was sent, with the text that it carries in Syncro. */
export type Alike = { readonly id: number; readonly text: string };

/** `alike`: of what may be it, nothing reads as it was sent. */
export type Unclear = { readonly candidates: readonly number[]; readonly alike?: readonly Alike[] };

export type Reconciled =
  | ({ readonly result: 'landed' } & Found)
  | { readonly result: 'absent' }
  | ({ readonly result: 'unclear' } & Unclear);

/** Of a text that is put before a person: the journal keeps it. */
const LONGEST_TEXT = 300;

/** Clocks differ: what Syncro dates before our intent may still be its effect. */
const CLOCK_SKEW_MS = 2 * 60_000;
/** Where nothing was seen before, a clock may be set wrong by hours. */
const CLOCK_OFF_MS = 36 * 3_600_000;

type Row = { readonly id: number; readonly createdAt: number | null };

const isNew = (row: Row, known: readonly number[] | undefined, intent: Intent): boolean => {
  if (known?.includes(row.id)) return false;
  if (row.createdAt === null || row.createdAt >= intent.at - CLOCK_SKEW_MS) return true;
  if (known === undefined) return false;
  // Syncro counts its ids up: one above all that were seen before is new, whatever any clock said.
  return known.length > 0 ? known.every((id) => id < row.id) : row.createdAt >= intent.at - CLOCK_OFF_MS;
};

/** A record without an author may be ours; one with another author is not. */
const by = (technicianId: number | null, { author }: Intent): boolean =>
  technicianId === null || technicianId === author.id;

/** A record that may be the effect of a write. `equal`: it also reads as it was sent. */
export type Effect = Alike & { readonly number: string | null; readonly equal: boolean };

/**
 * Text alone never proves absence: Syncro may keep it changed, so a record that is the same in everything else may be
 * it. So may one that reads the same and differs in something else.
 */
const effect = (id: number, text: string, sameWords: boolean, sameElse: boolean): Effect[] =>
  sameWords || sameElse ? [{ id, number: null, text, equal: sameWords && sameElse }] : [];

/** What reads otherwise than it was sent, for a person to compare. */
export const alikeOf = (effects: readonly Effect[]): readonly Alike[] =>
  effects.filter(({ equal }) => !equal).map(({ id, text }) => ({ id, text: shorten(text, LONGEST_TEXT) }));

type WriteOf<K extends Write['kind']> = Write & { readonly kind: K };

/**
 * Syncro leaves the author's id of customers' comments empty, and may of ours. The name shown is text too: one that
 * reads otherwise proves nothing, so the same words may still be ours, and so may any comment that names nobody.
 */
const commentEffect = ({ body, audience }: WriteOf<'comment'>, { author }: Intent, row: Comment): Effect[] => {
  const { id, body: text, authorId, authorName, hidden } = row;
  if (authorId !== null && authorId !== author.id) return [];
  const sameWords = sameText(body, text);
  const sameFlags = hidden === (audience === 'internal');
  if (authorId !== null || (authorName !== null && plainWords(authorName) === plainWords(author.name)))
    return effect(id, text, sameWords, sameFlags);
  return sameWords || (authorName === null && sameFlags) ? [{ id, number: null, text, equal: false }] : [];
};

const lineEffect = ({ item }: WriteOf<'line_item'>, row: LineItem): Effect[] =>
  effect(
    row.id,
    row.description,
    sameText(item.description, row.description),
    row.productId === item.productId && sameHours(row.quantityHundredths, item.quantityHundredths),
  );

/** Syncro keeps whole seconds of a timer. */
const sameSecond = (sent: number, seen: number | null): boolean => seen !== null && Math.abs(seen - sent) < 1_000;

const timerEffect = ({ timer }: WriteOf<'timer'>, { id, startedAt, endedAt, notes }: TimerEntry): Effect[] => {
  const began = sameSecond(timer.startedAt, startedAt);
  const lasted =
    startedAt === null || (endedAt !== null && sameSecond(timer.endedAt - timer.startedAt, endedAt - startedAt));
  const sameWords = sameText(timer.notes, notes);
  const [found] = effect(id, notes, sameWords, began || lasted);
  return found ? [{ ...found, equal: sameWords && began }] : [];
};

const ticketEffect = ({ fields }: WriteOf<'ticket'>, row: TicketSummary): Effect[] => [
  { id: row.id, number: String(row.number), text: row.subject, equal: sameText(fields.subject ?? '', row.subject) },
];

/** Syncro keeps phone numbers its own way. Where neither phone nor email was given, it has neither. */
const customerEffect = (write: WriteOf<'customer'>, { id, name, phone, email }: CustomerSummary): Effect[] => {
  const samePhones = write.phone === undefined ? phone === null : samePhone(write.phone, phone);
  const sameMails = write.email === undefined ? email === null : sameEmail(write.email, email);
  return effect(id, name, sameText(write.businessName ?? '', name), samePhones && sameMails);
};

/**
 * Everything in Syncro that may be the effect of this write: new since the intent, by its author. What also reads as it
 * was sent comes first. `null`: what was read does not tell.
 * @param beside the effects of the run's other steps
 */
export const effectsOf = (
  write: Write,
  intent: Intent,
  known: SeenIds,
  { comments, invoices, ticket, tickets, customers }: Reading,
  beside: readonly number[] = [],
): readonly Effect[] | null => {
  const effects = ((): readonly Effect[] | null => {
    switch (write.kind) {
      case 'comment':
        return (
          comments
            ?.filter((row) => isNew(row, known.commentIds, intent))
            .flatMap((row) => commentEffect(write, intent, row)) ?? null
        );
      case 'line_item':
        return (
          ticket?.lineItems
            .filter((row) => isNew(row, known.lineItemIds, intent) && by(row.technicianId, intent))
            .flatMap((row) => lineEffect(write, row)) ?? null
        );
      case 'invoice':
        return (
          invoices
            ?.filter((row) => isNew(row, known.invoiceIds, intent) && by(row.technicianId, intent))
            .filter((row) => row.ticketId === null || row.ticketId === write.ticketId)
            .map(({ id, number }) => ({ id, number, text: '', equal: true })) ?? null
        );
      case 'timer':
        return (
          ticket?.timers
            .filter((row) => !known.timerIds?.includes(row.id) && by(row.technicianId, intent))
            .flatMap((row) => timerEffect(write, row)) ?? null
        );
      case 'ticket':
        return (
          tickets
            ?.filter((row) => isNew(row, known.ticketIds, intent) && row.customerId === write.customerId)
            .flatMap((row) => ticketEffect(write, row)) ?? null
        );
      case 'customer':
        return (
          customers
            ?.filter(({ id }) => !known.customerIds?.includes(id))
            .flatMap((row) => customerEffect(write, row)) ?? null
        );
      default:
        return null;
    }
  })();
  const own = effects?.filter(({ id }) => !beside.includes(id));
  return own?.sort((a, b) => Number(b.equal) - Number(a.equal)) ?? null;
};

const isDueOn = (day: string, at: number | null, timeZone: string | null): boolean | null =>
  at === null ? false : isDay(day, at, timeZone);

const isUpdated = ({ fields }: Write & { kind: 'ticket_update' }, ticket: Ticket): boolean | null =>
  (fields.status === undefined || ticket.status === fields.status) &&
  (fields.priority === undefined || ticket.priority === fields.priority) &&
  (fields.subject === undefined || sameText(fields.subject, ticket.subject)) &&
  (fields.problemType === undefined || ticket.problemType === fields.problemType) &&
  (fields.technicianId === undefined || ticket.technicianId === fields.technicianId) &&
  (fields.contactId === undefined || ticket.contact?.id === fields.contactId) &&
  (fields.dueDate === undefined || isDueOn(fields.dueDate, ticket.dueAt, fields.timeZone ?? null));

/** What still reads as it did was not changed, however like the new text it is: a beginning of it, another case. */
const isNowText = (sent: string, seen: string, was: string | undefined): boolean =>
  seen !== was && sameText(sent, seen);

const isLineUpdated = ({ lineItemId, item, was }: Write & { kind: 'line_item_update' }, ticket: Ticket): boolean => {
  const row = ticket.lineItems.find(({ id }) => id === lineItemId);
  if (!row) return false;
  return (
    (item.quantityHundredths === undefined || row.quantityHundredths === item.quantityHundredths) &&
    (item.rateCents === undefined || row.rateCents === item.rateCents) &&
    (item.description === undefined || isNowText(item.description, row.description, was)) &&
    (item.taxable === undefined || row.taxable === item.taxable) &&
    (item.productId === undefined || row.productId === item.productId) &&
    (item.name === undefined || sameText(item.name, row.name))
  );
};

/** Where Syncro does not show the product of a timer, only its answer counts, and the change may be repeated. */
const isTimerUpdated = ({ timerId, timer, was }: Write & { kind: 'timer_update' }, ticket: Ticket): boolean => {
  const row = ticket.timers.find(({ id }) => id === timerId);
  if (!row || (timer.productId !== undefined && row.productId !== timer.productId)) return false;
  return (
    (timer.startedAt === undefined || sameSecond(timer.startedAt, row.startedAt)) &&
    (timer.endedAt === undefined || sameSecond(timer.endedAt, row.endedAt)) &&
    (timer.notes === undefined || isNowText(timer.notes, row.notes, was))
  );
};

/** For writes that change or remove what is there: is it as it was to become? `null`: what was read does not tell. */
const isAsIntended = (write: Write, { ticket, invoices }: Reading): boolean | null => {
  if (write.kind === 'invoice_delete') return invoices ? !invoices.some(({ id }) => id === write.invoiceId) : null;
  // No invoice says that it is a draft: only Syncro's answer counts, and the change may be repeated.
  if (write.kind === 'invoice_draft') return false;
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
    case 'timer_billable':
      return ticket.timers.some(({ id, billable = true }) => id === write.timerId && billable === write.billable);
    case 'timer_update':
      return isTimerUpdated(write, ticket);
    default:
      return null;
  }
};

/** Did this write land? Pure: from what was intended, what was known before, and what is read now. */
export const reconcile = (
  write: Write,
  intent: Intent,
  known: SeenIds,
  reading: Reading,
  beside: readonly number[] = [],
): Reconciled => {
  const asIntended = isAsIntended(write, reading);
  if (asIntended !== null) return asIntended ? { result: 'landed', id: null, number: null } : { result: 'absent' };
  const effects = effectsOf(write, intent, known, reading, beside);
  if (effects === null) return { result: 'unclear', candidates: [] };
  const equal = effects.filter((one) => one.equal);
  const [first, ...others] = equal;
  if (first && others.length === 0) return { result: 'landed', id: first.id, number: first.number };
  if (first) return { result: 'unclear', candidates: equal.map(({ id }) => id) };
  if (effects.length === 0) return { result: 'absent' };
  return { result: 'unclear', candidates: effects.map(({ id }) => id), alike: alikeOf(effects) };
};
