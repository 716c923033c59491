import {
  type BillPlan,
  type BillWarning,
  expectedTotal,
  fromBlockHundredths,
  type InvoicePlan,
  isAmong,
  isBlockKnown,
  laborLine,
  type PlannedLine,
  type PrepaidPlan,
  planned,
  prepaidPlan,
} from '../../runs/rules/bill-plan.ts';
import { equalComment, equalLineWarnings, lineWarnings, productWarnings } from '../../runs/rules/preview-warnings.ts';
import { type PriceFacts, type PriceWish, priceOf } from '../../runs/rules/price.ts';
import type { BusinessHoursSetting } from '../../shared/business-hours.ts';
import { dayInZone } from '../../shared/calendar.ts';
import type { LaborType } from '../../shared/labor.ts';
import type { RoundingPolicy } from '../../shared/minutes.ts';
import { exact } from '../../shared/money.ts';
import type { Audience } from '../../syncro/audience.ts';
import type { Customer } from '../../syncro/customer.ts';
import type { Invoice } from '../../syncro/invoice.ts';
import { commentIdsOf, mailAddress, type Ticket } from '../../syncro/ticket.ts';
import { isUncharged, workedSeconds } from '../../syncro/time-entry.ts';
import { NOTHING_PROMISED, uninvoicedLines } from '../tickets/unbilled.ts';
import type { InvoiceWhen } from './later.ts';

/** What the person chose in the form. */
export type BillChoice = {
  readonly workedMinutes: number;
  readonly labor: LaborType;
  readonly comment: string;
  readonly audience: Audience;
  /** When the work ended, where that was said; epoch milliseconds. */
  readonly endedAt?: number | null;
  /** `null` or absent: as the customer's recurring invoice and the settings say. */
  readonly invoice?: InvoiceWhen | null;
  /** What was chosen in a preview of it. */
  readonly wish?: PriceWish;
  /** The word that was chosen first, where hours made it another. */
  readonly insteadOf?: string | null;
};

/** What was read live for the preview of an invoice. */
export type InvoiceFacts = {
  readonly ticket: Ticket;
  readonly customer: Customer;
  /** The ticket's invoices with their lines. */
  readonly invoices: readonly Invoice[];
  readonly statuses: readonly string[];
  /** The person who is billing this very ticket at this moment, if any. */
  readonly billingNow: string | null;
  /** The account's; `null`: not known. */
  readonly timeZone: string | null;
  /** The ids of lines that a recurring invoice is known to hold. */
  readonly taken?: ReadonlySet<number>;
  /** By such an id, the day on which one is to take it. */
  readonly days?: ReadonlyMap<number, string>;
  readonly now: number;
};

export type BillFacts = InvoiceFacts & Omit<PriceFacts, 'prepaidHundredths' | 'spokenForHundredths'>;

export type InvoicePolicy = {
  readonly invoiceStatus: string;
  /** The checked invoice is made a draft. */
  readonly asDraft?: boolean;
  /** Products that a prepaid block pays, and such as it does not pay although they are labor. */
  readonly fromBlock: readonly number[];
  readonly neverFromBlock: readonly number[];
};

export type BillPolicy = RoundingPolicy &
  InvoicePolicy & {
    readonly businessHours: BusinessHoursSetting;
    /** False: nobody wants to hear of them. */
    readonly readsContracts: boolean;
  };

/** What still runs is not worked yet. */
const unchargedTimers = ({ timers }: Ticket): readonly BillWarning[] => {
  const lengths = timers
    .filter((entry) => isUncharged(entry) && entry.endedAt !== null)
    .flatMap((entry) => workedSeconds(entry) ?? []);
  const minutes = Math.floor(lengths.reduce((sum, seconds) => sum + seconds, 0) / 60);
  return lengths.length === 0 ? [] : [{ kind: 'uncharged_timers', count: lengths.length, minutes }];
};

/** The lines that an invoice of the ticket takes along, also those of which Syncro does not know that one holds them. */
const waitingLines = ({ ticket, invoices, days }: InvoiceFacts): readonly PlannedLine[] =>
  uninvoicedLines(ticket, invoices, NOTHING_PROMISED.taken).map((line) => {
    const promisedFor = days?.get(line.id);
    return { id: line.id, ...planned(line), ...(promisedFor === undefined ? {} : { promisedFor }) };
  });

const blockTooSmall = ({ beforeHundredths, spokenForHundredths }: PrepaidPlan): BillWarning =>
  spokenForHundredths === undefined
    ? { kind: 'block_too_small', beforeHundredths }
    : {
        kind: 'block_too_small',
        beforeHundredths: exact(Math.max(0, beforeHundredths - spokenForHundredths)),
        why: 'spoken_for',
      };

/** What speaks against an invoice of this ticket, whatever it holds. */
const invoiceWarnings = (
  facts: InvoiceFacts,
  { invoiceStatus }: InvoicePolicy,
  prepaid: PrepaidPlan | null,
): readonly BillWarning[] => {
  const { ticket, customer, invoices, billingNow, statuses, timeZone, taken, now } = facts;
  const owedHundredths = -(customer.prepaidHundredths ?? 0);
  const waiting = waitingLines(facts);
  const again = waiting.filter(({ id }) => id !== undefined && taken?.has(id));
  return [
    ...waiting.flatMap(lineWarnings),
    ...again.map((line) => ({ kind: 'line_invoiced', line }) as const),
    ...(billingNow ? [{ kind: 'billed_now', by: billingNow } as const] : []),
    ...invoices.map(
      ({ id, number, totalCents, createdAt }) => ({ kind: 'has_invoice', id, number, totalCents, createdAt }) as const,
    ),
    ...unchargedTimers(ticket),
    ...(prepaid && !prepaid.covers ? [blockTooSmall(prepaid)] : []),
    ...(owedHundredths > 0 ? [{ kind: 'block_overdrawn', hundredths: owedHundredths } as const] : []),
    ...(statuses.includes(invoiceStatus) ? [] : [{ kind: 'no_status', status: invoiceStatus } as const]),
    ...(timeZone === null ? [{ kind: 'no_time_zone', day: dayInZone(now, null) } as const] : []),
  ];
};

/** What speaks against this comment. @param emailTo who gets it by mail; `null`: nobody */
export const commentWarnings = (
  ticket: Ticket,
  { comment, audience }: Pick<BillChoice, 'comment' | 'audience'>,
  emailTo: string | null,
  now: number,
): readonly BillWarning[] => {
  const equal = equalComment(ticket.comments, comment, now);
  const warnings: BillWarning[] = equal ? [{ kind: 'equal_comment', ...equal }] : [];
  if (audience === 'email' && emailTo === null) warnings.push({ kind: 'no_email_address' });
  else if (audience === 'email' && ticket.customerNoEmail) warnings.push({ kind: 'told_not_to_email' });
  return warnings;
};

/** What speaks against this comment and this labor. */
const workWarnings = (
  { ticket, product, now }: BillFacts,
  choice: BillChoice,
  line: PlannedLine,
  emailTo: string | null,
): readonly BillWarning[] => [
  ...equalLineWarnings(ticket, line, now),
  ...productWarnings(product, choice.workedMinutes),
  ...(product.taxable && !line.taxable ? [{ kind: 'untaxed_product', product: product.name } as const] : []),
  ...commentWarnings(ticket, choice, emailTo, now),
];

export const priceFacts = (facts: BillFacts, policy: InvoicePolicy): PriceFacts => ({
  product: facts.product,
  base: facts.base,
  contracts: facts.contracts,
  prepaidHundredths: facts.customer.prepaidHundredths,
  spokenForHundredths: fromBlockHundredths(waitingLines(facts), policy.fromBlock),
});

/** What an invoice's plan holds of what was read, whatever goes onto it. */
const invoiceBasis = (facts: InvoiceFacts, policy: InvoicePolicy) => {
  const { ticket, customer, invoices, statuses, timeZone } = facts;
  return {
    blockHundredths: customer.prepaidHundredths ?? 0,
    fromBlock: policy.fromBlock,
    neverFromBlock: policy.neverFromBlock,
    status: statuses.includes(policy.invoiceStatus) ? policy.invoiceStatus : null,
    timeZone,
    ...(policy.asDraft ? { asDraft: true as const } : {}),
    seen: {
      commentIds: commentIdsOf(ticket),
      lineItemIds: ticket.lineItems.map(({ id }) => id),
      invoiceIds: invoices.map(({ id }) => id),
    },
  };
};

/** The block is known beforehand where the settings know each of the lines. */
const prepaidOfLines = (
  customer: Customer,
  lines: readonly PlannedLine[],
  policy: InvoicePolicy,
): PrepaidPlan | null =>
  isBlockKnown(policy, lines)
    ? prepaidPlan(customer.prepaidHundredths, fromBlockHundredths(lines, policy.fromBlock))
    : null;

/**
 * What is charged on the ticket to a plan for its invoice; pure, so that what is previewed is what is checked.
 * @returns `null`: nothing waits for an invoice
 */
export const planInvoice = (facts: InvoiceFacts, policy: InvoicePolicy): InvoicePlan | null => {
  const lines = waitingLines(facts);
  if (lines.length === 0) return null;
  const prepaid = prepaidOfLines(facts.customer, lines, policy);
  const isPaid = prepaid?.covers && lines.every((line) => isAmong(policy.fromBlock, line));
  return {
    ...invoiceBasis(facts, policy),
    olderLines: lines,
    prepaid,
    expectedTotalCents: isPaid ? 0 : expectedTotal(facts.customer.prepaidHundredths, prepaid, lines),
    warnings: invoiceWarnings(facts, policy, prepaid),
  };
};

/** Facts and wish to a plan; pure, so that what is previewed is what is sent. */
export const planBilling = (facts: BillFacts, choice: BillChoice, policy: BillPolicy): BillPlan => {
  const { ticket, customer, product } = facts;
  const price = priceOf(priceFacts(facts, policy), { ...choice, policy });
  const { prepaid } = price;
  const isTaxed = choice.labor.followsTax === true && product.taxable;
  // The customer reads the invoice: words meant for ourselves don't go there.
  const description = choice.audience === 'internal' ? ticket.subject || product.name : choice.comment;
  const charged = { ...product, rateCents: price.rateCents };
  const line = laborLine(charged, price.quantityHundredths, description, isTaxed);
  const olderLines = waitingLines(facts);
  // The ticket is read for the preview; the customer may have been read for the form, some minutes before.
  const emailTo = choice.audience === 'email' ? (mailAddress(ticket) ?? customer.email) : null;
  return {
    ...invoiceBasis(facts, policy),
    workedMinutes: choice.workedMinutes,
    billedMinutes: price.billedMinutes,
    laborWord: choice.labor.word,
    laborNote: choice.labor.note,
    line,
    olderLines,
    comment: { body: choice.comment, audience: choice.audience, emailTo },
    prepaid,
    expectedTotalCents: expectedTotal(customer.prepaidHundredths, prepaid, olderLines, line),
    warnings: [
      ...invoiceWarnings(facts, policy, prepaid),
      ...workWarnings({ ...facts, product: charged }, choice, line, emailTo),
    ],
  };
};
