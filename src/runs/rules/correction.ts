import { formatHours, sameHours } from '../../shared/minutes.ts';
import { formatMoney } from '../../shared/money.ts';
import { sameText, shorten } from '../../shared/text.ts';
import type { Ticket, TicketId, TimerEntry } from '../../syncro/ticket.ts';
import { workedSeconds } from '../../syncro/time-entry.ts';
import type { LineItemFields, TimerFields, Write } from '../../syncro/write.ts';
import { type PlannedLine, planned } from './bill-plan.ts';

/** Logged time that is not charged yet. Times are epoch milliseconds. */
export type LoggedTime = {
  readonly id: number;
  /** `null`: Syncro does not show it. */
  readonly productId: number | null;
  readonly startedAt: number;
  readonly endedAt: number;
  /** Without pauses. */
  readonly seconds: number;
  readonly notes: string;
  readonly billable: boolean;
};

/** What is on a ticket and may be corrected until it is invoiced, or charged. */
export type Target =
  | ({ readonly of: 'line'; readonly id: number } & PlannedLine)
  | ({ readonly of: 'time_entry' } & LoggedTime);

/** As it was, and as it is to be; `null`: it is to go. */
export type Correction = {
  readonly before: Target;
  readonly after: Target | null;
  /** Of a line that was priced anew, for whoever corrects it next. */
  readonly priced?: Priced;
};

/** What a line was priced from. */
export type Priced = { readonly laborWord: string; readonly workedMinutes: number; readonly billedMinutes: number };

/** Why something can't be corrected any more. */
export type Past = 'gone' | 'invoiced' | 'charged';

/** `null`: it still runs, or Syncro does not say when it was. */
export const loggedTime = (entry: TimerEntry): (Target & { readonly of: 'time_entry' }) | null => {
  const { id, startedAt, endedAt, notes, productId = null } = entry;
  const seconds = workedSeconds(entry);
  if (startedAt === null || endedAt === null || seconds === null) return null;
  return {
    ...{ of: 'time_entry', id, productId, startedAt, endedAt, seconds, notes },
    billable: entry.billable !== false,
  };
};

/** What has become of it by now. `null`: it is there, and its times can't be read. */
export const targetNow = (ticket: Ticket, { of, id }: Target): Target | Past | null => {
  if (of === 'line') {
    const row = ticket.lineItems.find((line) => line.id === id);
    if (!row) return 'gone';
    return row.invoiced ? 'invoiced' : { of, id, ...planned(row) };
  }
  const entry = ticket.timers.find((one) => one.id === id);
  if (!entry) return 'gone';
  return entry.recorded ? 'charged' : loggedTime(entry);
};

/** Syncro keeps whole seconds of both ends. */
const isSameLength = (one: number, other: number): boolean => Math.abs(one - other) <= 2;
const isSameMoment = (one: number, other: number): boolean => Math.abs(one - other) < 1_000;

/** @param words how texts are compared: one that was sent may come back changed */
const isSame = (one: Target, other: Target, words: (one: string, other: string) => boolean): boolean => {
  if (one.of === 'line')
    return (
      other.of === 'line' &&
      one.productId === other.productId &&
      sameHours(one.quantityHundredths, other.quantityHundredths) &&
      one.rateCents === other.rateCents &&
      one.taxable === other.taxable &&
      words(one.description, other.description)
    );
  return (
    other.of === 'time_entry' &&
    (one.productId === null || other.productId === null || one.productId === other.productId) &&
    isSameMoment(one.startedAt, other.startedAt) &&
    isSameLength(one.seconds, other.seconds) &&
    words(one.notes, other.notes)
  );
};

export const textOf = (target: Target): string => (target.of === 'line' ? target.description : target.notes);

const exactly = (one: string, other: string): boolean => one === other;

/** Something else than was seen when it was decided; `null`: nothing is. */
export const changedTarget = ({ before }: Correction, ticket: Ticket): TargetChange | null => {
  const now = targetNow(ticket, before);
  return now !== null && typeof now === 'object' && isSame(before, now, exactly) ? null : { from: before, to: now };
};

export type TargetChange = { readonly from: Target; readonly to: Target | Past | null };

/** Not as it was to become; `null`: it is so. */
export const uncorrected = ({ before, after }: Correction, ticket: Ticket): Uncorrected | null => {
  const now = targetNow(ticket, before);
  if (after === null) return now === 'gone' ? null : { wanted: after, actual: now };
  const reads = (sent: string, seen: string) => sameText(sent, seen) && (seen !== textOf(before) || seen === sent);
  if (now !== null && typeof now === 'object' && isSame(after, now, reads)) return null;
  return { wanted: after, actual: now };
};

export type Uncorrected = { readonly wanted: Target | null; readonly actual: Target | Past | null };

/** As Syncro has it counts, and nobody knows how that was priced; what is gone is gone. */
export const withActual = ({ priced: _asPlanned, ...correction }: Correction, { actual }: Uncorrected): Correction => ({
  ...correction,
  after: actual !== null && typeof actual === 'object' ? actual : actual === 'gone' ? null : correction.after,
});

/** What of a line is sent. The money of it is said each time: a client that left the price out got $0.00. */
const lineFields = (
  before: PlannedLine,
  { productId, name, description, quantityHundredths, rateCents, taxable }: PlannedLine,
): Partial<LineItemFields> => ({
  quantityHundredths,
  rateCents,
  taxable,
  ...(productId === before.productId || productId === null ? {} : { productId, name }),
  ...(description === before.description ? {} : { description }),
});

/** The end of an entry can't be changed, so another length is another beginning. */
const timeFields = (before: LoggedTime, { startedAt, notes, productId }: LoggedTime): Partial<TimerFields> => ({
  ...(startedAt === before.startedAt ? {} : { startedAt }),
  ...(notes === before.notes ? {} : { notes }),
  ...(productId === before.productId || productId === null ? {} : { productId }),
});

/** The one write that a correction is. */
export const correctingWrite = (ticketId: TicketId, { before, after }: Correction): Write => {
  const { id } = before;
  if (before.of === 'line')
    return after?.of === 'line'
      ? { kind: 'line_item_update', ticketId, lineItemId: id, item: lineFields(before, after), was: before.description }
      : { kind: 'line_item_remove', ticketId, lineItemId: id };
  return after?.of === 'time_entry'
    ? { kind: 'timer_update', ticketId, timerId: id, timer: timeFields(before, after), was: before.notes }
    : { kind: 'timer_delete', ticketId, timerId: id };
};

const quoted = (text: string, most: number): string => `"${shorten(text.replace(/\s+/g, ' ').trim(), most)}"`;

/** `0.75 h × $150.00 = $112.50, Labor - Remote Business, "Reset the cloud thing."` */
export const targetText = (target: Target, most = 100): string =>
  target.of === 'line'
    ? `${formatHours(target.quantityHundredths)} h × ${formatMoney(target.rateCents)} = ${formatMoney(target.amountCents)}, ${shorten(target.name, 100)}, ${quoted(target.description, most)}`
    : `${Math.round(target.seconds / 60)} min logged${target.billable ? '' : ', not billable'}, ${quoted(target.notes, most)}`;

const PAST: Readonly<Record<Past, string>> = {
  gone: 'is no longer on the ticket',
  invoiced: 'is on an invoice',
  charged: 'was charged',
};

const isNow = (now: Target | Past | null): string => {
  if (now === null) return "can't be read any more";
  return typeof now === 'string' ? PAST[now] : `is ${targetText(now)}`;
};

export const targetChangeText = ({ from, to }: TargetChange): string =>
  `${from.of === 'line' ? 'The line' : 'The time entry'} ${isNow(to)}. It was ${targetText(from)}.`;

export const uncorrectedText = ({ wanted, actual }: Uncorrected): string =>
  `It ${isNow(actual)} in Syncro; it was to ${wanted === null ? 'be gone' : `be ${targetText(wanted)}`}.`;

/** What the audit says beside the write: what it was, and what it became. */
export const correctionNote = ({ before, after }: Correction): string =>
  `was ${targetText(before, 300)}${after === null ? '' : `; now ${targetText(after, 300)}`}`;
