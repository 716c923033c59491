import { type BillWarning, planned } from '../../runs/rules/bill-plan.ts';
import {
  type Correction,
  correctingWrite,
  correctionNote,
  loggedTime,
  type Target,
} from '../../runs/rules/correction.ts';
import { productWarnings } from '../../runs/rules/preview-warnings.ts';
import { type Price, type PriceAsked, type PriceFacts, type PriceWish, priceOf } from '../../runs/rules/price.ts';
import {
  contractsSay,
  decidedOf,
  type PriceChoice,
  priceChoices,
  priceWarnings,
} from '../../runs/rules/price-choices.ts';
import { NOTHING_SEEN, type Work, workOn } from '../../runs/rules/work.ts';
import { AppError } from '../../shared/errors.ts';
import type { LaborType } from '../../shared/labor.ts';
import { toHundredths } from '../../shared/minutes.ts';
import { lineAmountCents } from '../../shared/money.ts';
import { typedText } from '../../shared/typed-text.ts';
import type { Invoice } from '../../syncro/invoice.ts';
import type { Ticket } from '../../syncro/ticket.ts';
import type { Promised } from '../tickets/ports.ts';
import { uninvoicedLines } from '../tickets/unbilled.ts';
import { type Line, type Making, minutesOf, wishBehind } from './making.ts';

export type Logged = Extract<Target, { of: 'time_entry' }>;

/** What of a ticket nobody was asked to pay for yet. */
export type Correctable = {
  readonly target: Target;
  /** Whose it is in Syncro; `null`: Syncro does not say. */
  readonly technicianId: number | null;
};

/** What is not invoiced, and what is logged and not charged; what still runs is not worked yet. */
export const correctablesOf = (
  ticket: Ticket,
  invoices: readonly Invoice[],
  taken: Promised['taken'],
): readonly Correctable[] => [
  ...uninvoicedLines(ticket, invoices, taken).map((line): Correctable => {
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

/** What was filled in. `null`: not asked, because it is no labor of the settings. */
export type CorrectChoice = { readonly remove: true } | ({ readonly remove: false } & Filled);

export type Filled = {
  readonly minutes: number | null;
  readonly labor: LaborType | null;
  /** `null`: it stays, for it is longer than a form takes. */
  readonly text: string | null;
  /** What was chosen of its price in the preview; `null`: nothing, so it is priced as it was. */
  readonly wish: PriceWish | null;
};

/** A form gives back a text without what nobody sees: that alone is no change. */
const newText = (before: string, { text }: Filled): string =>
  text === null || text === typedText(before).trim() ? before : text;

/** The line with another text, and nothing else. */
export const withText = (line: Line, choice: Filled): Line => ({
  ...line,
  description: newText(line.description, choice),
});

/** The work that the line is for, if that is to be another. @returns `null`: its price stays as it is */
export const otherWork = (making: Making | null, choice: Filled) => {
  if (!making) return null;
  const { labor, workedMinutes } = making;
  const work = { labor: choice.labor ?? labor, workedMinutes: choice.minutes ?? workedMinutes };
  const isOther = work.labor.word !== labor.word || work.workedMinutes !== workedMinutes || choice.wish !== null;
  return isOther ? work : null;
};

/** What a line comes to by the rules of a bill. */
export type Pricing = {
  readonly price: Price;
  readonly labor: LaborType;
  readonly workedMinutes: number;
  readonly wish: PriceWish;
  readonly choices: readonly PriceChoice[];
  readonly warnings: readonly BillWarning[];
  /** For the audit. */
  readonly decided: readonly string[];
};

/**
 * The line priced as a bill prices the same work. What made its price before is taken for chosen, unless its labor
 * changes; a rate that no rule comes to stays.
 * @throws AppError where a premium may be in its hours: another labor's would come on top
 */
export const priceAnew = (
  line: Line,
  making: Making,
  { labor, workedMinutes }: NonNullable<ReturnType<typeof otherWork>>,
  { wish: chosen }: Filled,
  facts: PriceFacts,
  { policy, invoice }: Pick<PriceAsked, 'policy' | 'invoice'>,
): Pricing => {
  const isOtherLabor = labor.word !== making.labor.word;
  if (isOtherLabor && making.times === null)
    throw new AppError(
      'stale',
      `I can't tell if this line's hours already include ${making.labor.word}'s × ${making.labor.prepaid?.times}. Remove the line and bill the work again.`,
    );
  const behind = isOtherLabor ? {} : wishBehind(line, making, facts, { policy, invoice });
  const wish = chosen ?? behind ?? {};
  const kept = behind ? {} : { kept: { rateCents: line.rateCents, times: making.times === true } };
  const asked: PriceAsked = { labor, workedMinutes, policy, invoice, wish, ...kept };
  const price = priceOf(facts, asked);
  const says = contractsSay(facts, asked);
  const { word, prepaid } = labor;
  return {
    ...{
      price,
      labor,
      workedMinutes,
      wish,
      choices: priceChoices(facts, asked),
      decided: decidedOf(price, says, wish),
    },
    warnings: [
      ...priceWarnings(price, says),
      ...productWarnings({ ...facts.product, rateCents: price.rateCents }, workedMinutes),
      ...(isOtherLabor && facts.product.taxable && labor.followsTax !== true
        ? [{ kind: 'untaxed_product', product: facts.product.name } as const]
        : []),
      ...(making.times === null ? [{ kind: 'premium_unclear', word, times: prepaid?.times ?? 1 } as const] : []),
    ],
  };
};

/** The line at that price. */
export const withPrice = (line: Line, { price, labor }: Pricing, { product }: PriceFacts): Line => {
  const { quantityHundredths, rateCents } = price;
  const ofProduct = {
    productId: product.id,
    name: product.name,
    taxable: labor.followsTax === true && product.taxable,
  };
  return {
    ...line,
    ...(product.id === line.productId ? {} : ofProduct),
    ...{ quantityHundredths, rateCents, amountCents: lineAmountCents(quantityHundredths, rateCents) },
  };
};

/** Logged time as it is to be. @param to its other labor @throws AppError for a rate that it can't carry */
export const correctedTime = (before: Logged, choice: Filled, to: LaborType | null): Logged => {
  if (to?.rate) {
    const why = `${to.word} is billed at ${to.rate.of} × ${to.rate.times}, and logged time can't carry that rate.`;
    throw new AppError('stale', `${why} Remove this time and bill it instead.`);
  }
  const { minutes } = choice;
  return {
    ...before,
    notes: newText(before.notes, choice),
    ...(to ? { productId: to.productId } : {}),
    // Syncro changes the beginning of an entry, never its end.
    ...(minutes === null || minutes === minutesOf(before)
      ? {}
      : { startedAt: before.endedAt - minutes * 60_000, seconds: minutes * 60 }),
  };
};

/** What it costs. @param rateCents of logged time, by its product; `null`: nobody knows, or nobody is asked to pay */
export const costOf = (target: Target, rateCents: number | null): number | null => {
  if (target.of === 'line') return target.amountCents;
  return rateCents === null || !target.billable ? null : lineAmountCents(toHundredths(target.seconds / 60), rateCents);
};

/** @param invoices those that were there; only a later one may have taken the line */
export const correctWork = (
  ticket: Ticket,
  invoices: readonly Invoice[],
  correction: Correction,
  author: Work['author'],
  decided: readonly string[] = [],
): Work => ({
  kind: 'correct',
  ...workOn(ticket, author),
  correction,
  known: { ...NOTHING_SEEN, invoiceIds: invoices.map(({ id }) => id) },
  note: [correctionNote(correction), ...decided].join('; '),
  actions: [correctingWrite(ticket.id, correction), { kind: 'verify_change' }],
});
