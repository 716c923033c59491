import type { Invoice } from '../../syncro/invoice.ts';
import { type LineItem, type Ticket, type TimerEntry, type Unread, unreadOf } from '../../syncro/ticket.ts';
import { isUncharged } from '../../syncro/time-entry.ts';
import { uninvoicedLines } from './uninvoiced-lines.ts';

/** A timer of the app on the ticket whose minutes nobody has billed or logged. */
export type OwnTimer = { readonly startedAt: number; readonly stoppedAt: number | null };

/** Work on a ticket that nobody has been asked to pay for. */
export type Unbilled =
  | { readonly kind: 'line'; readonly line: LineItem }
  | { readonly kind: 'timer_entry'; readonly entry: TimerEntry }
  | { readonly kind: 'timer'; readonly timer: OwnTimer }
  /** It may be work that was never billed: nobody can read it. */
  | { readonly kind: 'unread'; readonly part: Unread }
  /** No line and no invoice at all. */
  | { readonly kind: 'nothing' };

/** What would be forgotten if the ticket were closed now; the surest money first. */
export const unbilledOf = (
  ticket: Ticket,
  invoices: readonly Invoice[],
  timers: readonly OwnTimer[],
): readonly Unbilled[] => {
  const found: Unbilled[] = [
    ...timers.map((timer): Unbilled => ({ kind: 'timer', timer })),
    ...uninvoicedLines(ticket, invoices).map((line): Unbilled => ({ kind: 'line', line })),
    ...ticket.timers.filter(isUncharged).map((entry): Unbilled => ({ kind: 'timer_entry', entry })),
    ...[...unreadOf(ticket, 'line'), ...unreadOf(ticket, 'time_entry')].map(
      (part): Unbilled => ({ kind: 'unread', part }),
    ),
  ];
  const billed = ticket.lineItems.length > 0 || invoices.length > 0 || unreadOf(ticket, 'line').length > 0;
  return billed ? found : [...found, { kind: 'nothing' }];
};
