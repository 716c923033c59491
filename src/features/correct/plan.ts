import { type BillWarning, planned } from '../../runs/rules/bill-plan.ts';
import {
  type Correction,
  correctingWrite,
  correctionNote,
  loggedTime,
  type Target,
  textOf,
} from '../../runs/rules/correction.ts';
import { productWarnings, unusualMinutes } from '../../runs/rules/preview-warnings.ts';
import { NOTHING_SEEN, type Work, workOn } from '../../runs/rules/work.ts';
import { AppError } from '../../shared/errors.ts';
import type { LaborType, Product } from '../../shared/labor.ts';
import { toHundredths } from '../../shared/minutes.ts';
import { lineAmountCents, multipliedCents } from '../../shared/money.ts';
import { typedText } from '../../shared/typed-text.ts';
import type { Invoice } from '../../syncro/invoice.ts';
import type { Ticket } from '../../syncro/ticket.ts';
import { uninvoicedLines } from '../tickets/unbilled.ts';

/** What of a ticket nobody was asked to pay for yet. */
export type Correctable = {
  readonly target: Target;
  /** Whose it is in Syncro; `null`: Syncro does not say. */
  readonly technicianId: number | null;
};

/** What is not invoiced, and what is logged and not charged; what still runs is not worked yet. */
export const correctablesOf = (ticket: Ticket, invoices: readonly Invoice[]): readonly Correctable[] => [
  ...uninvoicedLines(ticket, invoices).map((line): Correctable => {
    const { id, technicianId } = line;
    return { target: { of: 'line', id, ...planned(line) }, technicianId };
  }),
  ...ticket.timers.flatMap((entry): Correctable[] => {
    const target = entry.recorded ? null : loggedTime(entry);
    return target ? [{ target, technicianId: entry.technicianId }] : [];
  }),
];

/** Whose time entry the line was charged from, and which: it stays charged when the line goes. */
export const entryOf = (ticket: Ticket, { of, id }: Target): boolean =>
  of === 'line' && ticket.timers.some(({ lineItemId }) => lineItemId === id);

/** The words of the settings for its product; none: its hours are no labor's. */
export const laborsOf = ({ productId }: Target, labor: readonly LaborType[]): readonly LaborType[] =>
  labor.filter((type) => type.productId === productId);

/**
 * Of several words for one product the one that costs what the line does, or whose base does: with a block the premium is
 * in the hours. Else the first.
 */
export const laborAt = (target: Target, words: readonly NewLabor[]): LaborType | null => {
  const at = (of: (word: NewLabor) => number | null) =>
    target.of === 'line' ? words.find((word) => of(word) === target.rateCents) : undefined;
  return (at(rateOf) ?? at(({ base }) => base?.rateCents ?? null) ?? words[0])?.labor ?? null;
};

/** Whole minutes, as people type them. */
export const minutesOf = (target: Target): number =>
  Math.round(target.of === 'line' ? (target.quantityHundredths * 60) / 100 : target.seconds / 60);

/** What was filled in. `null`: not asked, because it is no labor of the settings. */
export type CorrectChoice =
  | { readonly remove: true }
  | {
      readonly remove: false;
      readonly minutes: number | null;
      readonly labor: LaborType | null;
      /** `null`: it stays, for it is longer than a form takes. */
      readonly text: string | null;
    };

/** Another labor word than it has; `null`: the same, and then it keeps a price that somebody set. */
export const newLabor = (has: LaborType | null, choice: CorrectChoice): LaborType | null =>
  choice.remove || choice.labor === null || choice.labor.word === has?.word ? null : choice.labor;

/** Another labor, with what was read live of it. */
export type NewLabor = {
  readonly labor: LaborType;
  readonly product: Product;
  /** The product whose rate the word costs a multiple of; `null`: it costs its own. */
  readonly base: Product | null;
};

const rateOf = ({ labor, product, base }: NewLabor): number =>
  labor.rate && base ? multipliedCents(base.rateCents, labor.rate.times) : product.rateCents;

/**
 * The one place where a correction is priced: by the word's live rate. The minutes are what is billed, so neither a minimum
 * nor a block's premium is put on them, and a contract's price is for the person to see to.
 */
const priced = (to: NewLabor) => ({
  productId: to.product.id,
  name: to.product.name,
  rateCents: rateOf(to),
  taxable: to.labor.followsTax === true && to.product.taxable,
});

/** A form gives back a text without what nobody sees: that alone is no change. */
const newText = (before: string, typed: string | null): string =>
  typed === null || typed === typedText(before).trim() ? before : typed;

/** As it is to be; `null`: it is to go. @throws AppError for logged time with a rate that it can't carry */
export const corrected = (before: Target, choice: CorrectChoice, to: NewLabor | null): Target | null => {
  if (choice.remove) return null;
  const { minutes } = choice;
  const text = newText(textOf(before), choice.text);
  const isAnotherLength = minutes !== null && minutes !== minutesOf(before);
  if (before.of === 'line') {
    const line = {
      ...before,
      ...(to ? priced(to) : {}),
      description: text,
      quantityHundredths: isAnotherLength ? toHundredths(minutes) : before.quantityHundredths,
    };
    return { ...line, amountCents: lineAmountCents(line.quantityHundredths, line.rateCents) };
  }
  if (to?.labor.rate) {
    const { word, rate } = to.labor;
    const why = `${word} is billed at ${rate.of} × ${rate.times}, and logged time can't carry that rate.`;
    throw new AppError('stale', `${why} Remove this time and bill it instead.`);
  }
  return {
    ...before,
    notes: text,
    ...(to ? { productId: to.product.id } : {}),
    // Syncro changes the beginning of an entry, never its end.
    ...(isAnotherLength ? { startedAt: before.endedAt - minutes * 60_000, seconds: minutes * 60 } : {}),
  };
};

/** What it costs. @param rateCents of logged time, by its product; `null`: nobody knows, or nobody is asked to pay */
export const costOf = (target: Target, rateCents: number | null): number | null => {
  if (target.of === 'line') return target.amountCents;
  return rateCents === null || !target.billable ? null : lineAmountCents(toHundredths(target.seconds / 60), rateCents);
};

export const warningsOf = (after: Target | null, to: NewLabor | null): readonly BillWarning[] => {
  if (after === null) return [];
  const minutes = minutesOf(after);
  return to ? productWarnings(to.product, minutes) : unusualMinutes(minutes);
};

/** @param invoices those that were there; only a later one may have taken the line */
export const correctWork = (
  ticket: Ticket,
  invoices: readonly Invoice[],
  correction: Correction,
  author: Work['author'],
): Work => ({
  kind: 'correct',
  ...workOn(ticket, author),
  correction,
  known: { ...NOTHING_SEEN, invoiceIds: invoices.map(({ id }) => id) },
  note: correctionNote(correction),
  actions: [correctingWrite(ticket.id, correction), { kind: 'verify_change' }],
});
