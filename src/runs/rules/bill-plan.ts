import type { Product } from '../../shared/labor.ts';
import { exact, lineAmountCents, roundCents, sumCents } from '../../shared/money.ts';
import type { LineItem } from '../../syncro/ticket.ts';
import type { Words } from '../../syncro/write.ts';

export type HoursAtRate = { readonly quantityHundredths: number; readonly rateCents: number };

export type PlannedLine = {
  /** Of a line that is on the ticket already. */
  readonly id?: number;
  readonly productId: number | null;
  readonly name: string;
  readonly description: string;
  readonly quantityHundredths: number;
  readonly rateCents: number;
  readonly amountCents: number;
  readonly taxable: boolean;
  /** It costs less than the amount here; Syncro knows by how much. */
  readonly discounted?: boolean;
  /** The day, `YYYY-MM-DD`, of the recurring invoice that was to take it. */
  readonly promisedFor?: string;
  /** Of logged time: what contracts price it at, by which Syncro may charge it instead. */
  readonly contractRates?: readonly number[];
  readonly createdAt: number | null;
};

/** Labor as it will stand on the ticket, with the product's own name and live rate. */
export const laborLine = (
  product: Product,
  quantityHundredths: number,
  description: string,
  taxable: boolean,
): PlannedLine => ({
  productId: product.id,
  name: product.name,
  description,
  quantityHundredths,
  rateCents: product.rateCents,
  amountCents: lineAmountCents(quantityHundredths, product.rateCents),
  taxable,
  createdAt: null,
});

/** A line that is on a ticket already. */
export const planned = (line: LineItem): PlannedLine => ({
  productId: line.productId,
  name: line.name,
  description: line.description,
  quantityHundredths: line.quantityHundredths,
  rateCents: line.rateCents,
  amountCents: lineAmountCents(line.quantityHundredths, line.rateCents),
  taxable: line.taxable,
  ...(line.discounted ? { discounted: true } : {}),
  createdAt: line.createdAt,
});

/** The block before and after, in hundredths of an hour. */
export type PrepaidPlan = {
  readonly beforeHundredths: number;
  readonly afterHundredths: number;
  /** What other lines of the same invoice take from it; absent: nothing. */
  readonly spokenForHundredths?: number;
  /** False: the block is too small, Syncro decides what the rest costs. */
  readonly covers: boolean;
};

export const isAmong = (products: readonly number[], { productId }: Pick<PlannedLine, 'productId'>): boolean =>
  productId !== null && products.includes(productId);

/** What these lines take from a block that pays such products. */
export const fromBlockHundredths = (lines: readonly PlannedLine[], fromBlock: readonly number[]): number =>
  lines
    .filter((line) => isAmong(fromBlock, line))
    .reduce((sum, { quantityHundredths }) => exact(sum + quantityHundredths), 0);

/** What is left of a block of so many hours; `null`: there is none, or nothing is taken from it. */
export const prepaidPlan = (
  prepaidHundredths: number | null,
  hundredths: number,
  spokenForHundredths = 0,
): PrepaidPlan | null => {
  const before = prepaidHundredths ?? 0;
  if (before <= 0 || hundredths === 0) return null;
  const after = exact(before - spokenForHundredths - hundredths);
  return {
    beforeHundredths: before,
    afterHundredths: Math.max(0, after),
    ...(spokenForHundredths === 0 ? {} : { spokenForHundredths }),
    covers: after >= 0,
  };
};

/** An invoice as it was previewed and confirmed: which lines it takes, and what it must say afterwards. */
export type InvoicePlan = {
  /** Labor that is added first; absent: it takes what is on the ticket and nothing else. */
  readonly line?: PlannedLine;
  readonly olderLines: readonly PlannedLine[];
  readonly prepaid: PrepaidPlan | null;
  /** What the customer has left, also where our own labor does not debit it: older lines may. */
  readonly blockHundredths?: number;
  /** As the policy had them; absent: plans of an older version. */
  readonly fromBlock?: readonly number[];
  readonly neverFromBlock?: readonly number[];
  /** Before tax. `null`: not known beforehand (a discount, or a prepaid block takes a part). */
  readonly expectedTotalCents: number | null;
  /** `null`: the account has no such status. */
  readonly status: string | null;
  readonly warnings: readonly BillWarning[];
  /** Once it is checked, the invoice is made a draft, which no customer sees. */
  readonly asDraft?: true;
  /** By whose calendar the invoice is dated; `null` or absent: not known. */
  readonly timeZone?: string | null;
  /** What was on the ticket when the preview was read: what is not among these is new. */
  readonly seen: SeenIds;
};

/**
 * Which recurring invoice is to take a line that is charged now, and on which day (`YYYY-MM-DD`); or why none will. As
 * it was when that was previewed.
 */
export type Later =
  | { readonly by: 'schedule'; readonly scheduleId: number; readonly name: string; readonly day: string }
  | { readonly by: 'none'; readonly why: WhyNone; readonly name: string | null };

/** There is none; the one of that name is paused, takes no charges, or has no next day; or it could not be read. */
export type WhyNone = 'no_schedule' | 'paused' | 'no_charges' | 'no_day' | 'unread';

/** A bill: a comment and labor, and the invoice that takes it. */
export type BillPlan = InvoicePlan & {
  /** No invoice is made: a recurring one takes the line. Absent: one is made at once. */
  readonly later?: Later;
  readonly workedMinutes: number;
  readonly billedMinutes: number;
  readonly laborWord: string;
  readonly laborNote: string | null;
  readonly line: PlannedLine;
  readonly comment: Omit<Words, 'subject'> & { readonly emailTo: string | null };
};

/** Everything that the invoice is to hold. */
export const linesOf = ({ line, olderLines }: InvoicePlan): readonly PlannedLine[] =>
  line ? [line, ...olderLines] : olderLines;

/** Do the settings say of each of them whether a block pays it? */
export const isBlockKnown = (
  { fromBlock = [], neverFromBlock = [] }: Pick<InvoicePlan, 'fromBlock' | 'neverFromBlock'>,
  lines: readonly PlannedLine[],
): boolean => lines.every((line) => isAmong(fromBlock, line) || isAmong(neverFromBlock, line));

export type SeenIds = {
  readonly commentIds: readonly number[];
  readonly lineItemIds: readonly number[];
  readonly invoiceIds: readonly number[];
  readonly timerIds?: readonly number[];
  /** The customer's tickets, when a new one is made. */
  readonly ticketIds?: readonly number[];
  /** Those like a customer that is made. */
  readonly customerIds?: readonly number[];
};

/** When work was done, and how many of its minutes lie outside business hours. */
export type WorkTime = {
  readonly startedAt: number;
  readonly endedAt: number;
  readonly outside: number;
  readonly all: number;
};

/** Why a block is not debited the hours of a premium. */
export type BlockOnce = 'too_small' | 'spoken_for' | 'later';

export type BillWarning =
  | {
      readonly kind: 'has_invoice';
      readonly id: number;
      readonly number: string;
      readonly totalCents: number;
      readonly createdAt: number | null;
    }
  | { readonly kind: 'equal_line'; readonly line: PlannedLine }
  | { readonly kind: 'equal_comment'; readonly author: string | null; readonly createdAt: number | null }
  | { readonly kind: 'billed_now'; readonly by: string }
  /** Worked time that Syncro puts on no invoice before it is charged. */
  | { readonly kind: 'uncharged_timers'; readonly count: number; readonly minutes: number }
  | { readonly kind: 'zero_rate'; readonly product: string }
  /** It would take money off the invoice. */
  | { readonly kind: 'negative_rate'; readonly product: string; readonly rateCents: number }
  /** Odd, and on the ticket already: the invoice takes it along. */
  | { readonly kind: 'negative_line' | 'free_line' | 'discounted_line'; readonly line: PlannedLine }
  | { readonly kind: 'unusual_minutes'; readonly minutes: number }
  | { readonly kind: 'disabled_product'; readonly product: string }
  /** A charge takes the product's own word on tax; only a line that we send says that it is not taxed. */
  | { readonly kind: 'taxed_product'; readonly product: string }
  /** A bill says that the line is not taxed, and Syncro's own books may see it otherwise. */
  | { readonly kind: 'untaxed_product'; readonly product: string }
  /** Time is logged as it was worked, where a bill would round it up. */
  | { readonly kind: 'not_rounded'; readonly minutes: number; readonly billedMinutes: number }
  /** A charge debits a block the hours once, and takes no other word for it. */
  | { readonly kind: 'block_times_unsent'; readonly word: string; readonly times: number }
  /** Nobody knows whether the hours of a line that is corrected have the premium in them. */
  | { readonly kind: 'premium_unclear'; readonly word: string; readonly times: number }
  /** It owes hours already, so it pays nothing. */
  | { readonly kind: 'block_overdrawn'; readonly hundredths: number }
  | { readonly kind: 'no_email_address' }
  /** There is an address, but Syncro is told not to use it. */
  | { readonly kind: 'told_not_to_email' }
  | {
      readonly kind: 'block_too_small';
      readonly beforeHundredths: number;
      /** That is what older lines of the ticket leave. */
      readonly why?: 'spoken_for';
    }
  /** The hours that a word takes from a block more than once are not taken: it may have too few, and the rate is a premium's. */
  | {
      readonly kind: 'block_once';
      readonly beforeHundredths: number;
      readonly timesHundredths: number;
      readonly hundredths: number;
      /** Absent: the block is too small. */
      readonly why?: BlockOnce;
    }
  | { readonly kind: 'after_hours' | 'business_hours'; readonly work: WorkTime; readonly word: string }
  | { readonly kind: 'contract_not_billable'; readonly contract: string; readonly product: string }
  | {
      readonly kind: 'contract_price';
      readonly contract: string;
      readonly product: string;
      readonly rateCents: number;
    }
  /** It prices the product otherwise, or leaves it out, and Syncro does not say how. */
  | {
      readonly kind: 'contract_unclear';
      readonly contract: string;
      readonly product: string;
      readonly leftOut: boolean;
      /** A part of it can't be read, so it may say anything. */
      readonly unread?: true;
    }
  /** None of them, or one that may be another customer's. */
  | { readonly kind: 'contracts_unread'; readonly unread: 'all' | 'one' }
  /** A recurring invoice holds it without Syncro's flag, and this one would take it again. */
  | { readonly kind: 'line_invoiced'; readonly line: PlannedLine }
  | { readonly kind: 'hours_unread' }
  /** It is invoiced now, and perhaps a recurring invoice was to take it. */
  | { readonly kind: 'schedules_unread' }
  | { readonly kind: 'no_status'; readonly status: string }
  /** Charged for later, and no recurring invoice will take it. */
  | { readonly kind: 'never_invoiced'; readonly why: WhyNone; readonly name: string | null }
  /** Without the account's time zone the invoice is dated by UTC's day, which may be another. */
  | { readonly kind: 'no_time_zone'; readonly day: string };

/** What the block leaves for our own line beside these; plans of an older version did not count them. */
const prepaidBeside = (
  { prepaid, fromBlock }: InvoicePlan,
  line: PlannedLine,
  olderLines: readonly PlannedLine[],
): PrepaidPlan | null =>
  prepaid && fromBlock
    ? prepaidPlan(prepaid.beforeHundredths, line.quantityHundredths, fromBlockHundredths(olderLines, fromBlock))
    : prepaid;

/** The plan with what its older lines have become: what the invoice then must say. */
export const withOlderLine = <Plan extends InvoicePlan>(
  plan: Plan,
  id: number,
  to: (HoursAtRate & Pick<PlannedLine, 'productId'>) | null,
): Plan =>
  withOlderLines(
    plan,
    plan.olderLines.flatMap((line) => {
      if (line.id !== id) return [line];
      return to === null ? [] : [{ ...line, ...to, amountCents: lineAmountCents(to.quantityHundredths, to.rateCents) }];
    }),
  );

/** The plan of an invoice that takes these along. */
export const withOlderLines = <Plan extends InvoicePlan>(plan: Plan, olderLines: readonly PlannedLine[]): Plan => {
  const { blockHundredths = null, line } = plan;
  // What the block was to pay of other lines says nothing any more.
  const prepaid = line ? prepaidBeside(plan, line, olderLines) : null;
  return {
    ...plan,
    prepaid,
    olderLines,
    expectedTotalCents: expectedTotal(blockHundredths, prepaid, olderLines, line),
  };
};

/**
 * With a block, what older lines cost depends on how Syncro draws them from it, and what a discount takes off is
 * Syncro's to say: then the total is not known.
 */
export const expectedTotal = (
  prepaidHundredths: number | null,
  prepaid: PrepaidPlan | null,
  older: readonly PlannedLine[],
  line?: PlannedLine,
): number | null => {
  if ((prepaidHundredths ?? 0) > 0 && older.length > 0) return null;
  if (prepaid) return prepaid.covers ? 0 : null;
  if (older.some(({ discounted }) => discounted)) return null;
  return roundCents(sumCents(line ? [...older, line] : older));
};
