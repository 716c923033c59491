import { isNotBillableComment } from '../../runs/rules/not-billable.ts';
import { sameHours } from '../../shared/minutes.ts';
import { sameText } from '../../shared/text.ts';
import type { Invoice, InvoiceLine } from '../../syncro/invoice.ts';
import { type LineItem, type Ticket, type TimerEntry, type Unread, unreadOf } from '../../syncro/ticket.ts';
import { isUncharged } from '../../syncro/time-entry.ts';
import type { Promised } from './ports.ts';

/**
 * The ticket's lines that no invoice holds yet. Syncro flags a line that was carried over; an account where it does
 * not is covered by pairing each line with one line of the ticket's invoices: by its text, and what is left by its rate,
 * for a text may come back changed. No invoice took a line that was added after it: what somebody put there by hand is no
 * proof.
 * @param taken those that a recurring invoice is known to hold: it names no ticket
 */
export const uninvoicedLines = (
  ticket: Ticket,
  invoices: readonly Invoice[],
  taken: Promised['taken'],
): readonly LineItem[] => {
  const open = ticket.lineItems.filter(({ id }) => !taken.has(id));
  const onInvoices = invoices.flatMap(({ lines, createdAt }) =>
    lines.map((row) => ({ ...row, invoicedAt: createdAt })),
  );
  // Flagged lines take their pairs first, or an equal line that is not flagged would take one of theirs.
  let left = open.toSorted((a, b) => Number(b.invoiced) - Number(a.invoiced));
  const pair = (isSame: (line: LineItem, other: InvoiceLine) => boolean) => {
    left = left.filter((line) => {
      const index = onInvoices.findIndex(
        (other) =>
          other.productId === line.productId &&
          (other.invoicedAt === null || line.createdAt === null || line.createdAt <= other.invoicedAt) &&
          other.quantityHundredths !== null &&
          sameHours(other.quantityHundredths, line.quantityHundredths) &&
          isSame(line, other),
      );
      if (index >= 0) onInvoices.splice(index, 1);
      return index < 0;
    });
  };
  pair((line, other) => sameText(line.description, other.description));
  pair((line, other) => line.productId !== null && line.rateCents === other.rateCents);
  return open.filter((line) => !line.invoiced && left.includes(line));
};

export const NOTHING_PROMISED: Promised = { days: new Map(), taken: new Set() };

/** A timer of the app on the ticket whose minutes nobody has billed or logged. */
export type OwnTimer = { readonly startedAt: number; readonly stoppedAt: number | null };

/** Work on a ticket that nobody has been asked to pay for. */
export type Unbilled =
  /** `promisedFor`: the day of the recurring invoice that is to take it; absent: none is. */
  | { readonly kind: 'line'; readonly line: LineItem; readonly promisedFor?: string }
  | { readonly kind: 'timer_entry'; readonly entry: TimerEntry }
  | { readonly kind: 'timer'; readonly timer: OwnTimer }
  /** It may be work that was never billed: nobody can read it. */
  | { readonly kind: 'unread'; readonly part: Unread }
  /** No line and no invoice at all, and nobody said that there is nothing to pay for. */
  | { readonly kind: 'nothing' };

/** What would be forgotten if the ticket were closed now; the surest money first. */
export const unbilledOf = (
  ticket: Ticket,
  invoices: readonly Invoice[],
  timers: readonly OwnTimer[],
  { days, taken }: Promised,
): readonly Unbilled[] => {
  const found: Unbilled[] = [
    ...timers.map((timer): Unbilled => ({ kind: 'timer', timer })),
    ...uninvoicedLines(ticket, invoices, taken).map((line): Unbilled => {
      const promisedFor = days.get(line.id);
      return { kind: 'line', line, ...(promisedFor === undefined ? {} : { promisedFor }) };
    }),
    ...ticket.timers.filter(isUncharged).map((entry): Unbilled => ({ kind: 'timer_entry', entry })),
    ...[...unreadOf(ticket, 'line'), ...unreadOf(ticket, 'time_entry')].map(
      (part): Unbilled => ({ kind: 'unread', part }),
    ),
  ];
  const billed = ticket.lineItems.length > 0 || invoices.length > 0 || unreadOf(ticket, 'line').length > 0;
  const isSettled =
    billed || ticket.timers.some((entry) => entry.billable === false) || ticket.comments.some(isNotBillableComment);
  return isSettled ? found : [...found, { kind: 'nothing' }];
};
