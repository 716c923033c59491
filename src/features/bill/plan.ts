import {
  type BillPlan,
  type BillWarning,
  expectedTotal,
  laborLine,
  type PlannedLine,
  type PrepaidPlan,
  planned,
} from '../../runs/rules/bill-plan.ts';
import { equalComment, equalLineWarnings, productWarnings } from '../../runs/rules/preview-warnings.ts';
import { dayInZone } from '../../shared/calendar.ts';
import type { LaborType, Product } from '../../shared/labor.ts';
import { billedMinutes, type RoundingPolicy, toHundredths } from '../../shared/minutes.ts';
import { exact } from '../../shared/money.ts';
import type { Audience } from '../../syncro/audience.ts';
import type { Customer } from '../../syncro/customer.ts';
import type { Invoice } from '../../syncro/invoice.ts';
import { commentIdsOf, mailAddress, type Ticket } from '../../syncro/ticket.ts';
import { isUncharged, workedSeconds } from '../../syncro/time-entry.ts';
import { uninvoicedLines } from '../tickets/unbilled.ts';

/** What the person chose in the form. */
export type BillChoice = {
  readonly workedMinutes: number;
  readonly labor: LaborType;
  readonly comment: string;
  readonly audience: Audience;
};

/** What was read live for the preview. */
export type BillFacts = {
  readonly ticket: Ticket;
  readonly customer: Customer;
  readonly product: Product;
  /** The ticket's invoices with their lines. */
  readonly invoices: readonly Invoice[];
  readonly statuses: readonly string[];
  /** The person who is billing this very ticket at this moment, if any. */
  readonly billingNow: string | null;
  /** The account's; `null`: not known. */
  readonly timeZone: string | null;
  readonly now: number;
};

export type BillPolicy = RoundingPolicy & {
  readonly invoiceStatus: string;
  /** Products that a prepaid block does not pay although they are labor. */
  readonly neverFromBlock: readonly number[];
};

/** What still runs is not worked yet. */
const unchargedTimers = ({ timers }: Ticket): readonly BillWarning[] => {
  const lengths = timers
    .filter((entry) => isUncharged(entry) && entry.endedAt !== null)
    .flatMap((entry) => workedSeconds(entry) ?? []);
  const minutes = Math.floor(lengths.reduce((sum, seconds) => sum + seconds, 0) / 60);
  return lengths.length === 0 ? [] : [{ kind: 'uncharged_timers', count: lengths.length, minutes }];
};

const planPrepaid = (customer: Customer, labor: LaborType, hundredths: number): PrepaidPlan | null => {
  const before = customer.prepaidHundredths ?? 0;
  if (before <= 0 || !labor.debitsPrepaid) return null;
  return {
    beforeHundredths: before,
    afterHundredths: exact(Math.max(0, before - hundredths)),
    covers: before >= hundredths,
  };
};

const warningsOf = (
  facts: BillFacts,
  choice: BillChoice,
  policy: BillPolicy,
  line: PlannedLine,
  prepaid: PrepaidPlan | null,
  emailTo: string | null,
): BillWarning[] => {
  const { ticket, product, invoices, now } = facts;
  const warnings: BillWarning[] = [];
  if (facts.billingNow) warnings.push({ kind: 'billed_now', by: facts.billingNow });
  for (const { id, number, totalCents, createdAt } of invoices)
    warnings.push({ kind: 'has_invoice', id, number, totalCents, createdAt });
  warnings.push(...equalLineWarnings(ticket, line, now));
  const equal = equalComment(ticket.comments, choice.comment, now);
  if (equal) warnings.push({ kind: 'equal_comment', ...equal });
  warnings.push(...unchargedTimers(ticket));
  warnings.push(...productWarnings(product, choice.workedMinutes));
  if (product.taxable && !line.taxable) warnings.push({ kind: 'untaxed_product', product: product.name });
  if (choice.audience === 'email' && emailTo === null) warnings.push({ kind: 'no_email_address' });
  else if (choice.audience === 'email' && ticket.customerNoEmail) warnings.push({ kind: 'told_not_to_email' });
  if (prepaid && !prepaid.covers)
    warnings.push({ kind: 'block_too_small', beforeHundredths: prepaid.beforeHundredths });
  if (!facts.statuses.includes(policy.invoiceStatus))
    warnings.push({ kind: 'no_status', status: policy.invoiceStatus });
  if (facts.timeZone === null) warnings.push({ kind: 'no_time_zone', day: dayInZone(now, null) });
  return warnings;
};

/** Facts and wish to a plan; pure, so that what is previewed is what is sent. */
export const planBilling = (facts: BillFacts, choice: BillChoice, policy: BillPolicy): BillPlan => {
  const { ticket, customer, product } = facts;
  const billed = billedMinutes(choice.workedMinutes, policy);
  const isTaxed = choice.labor.followsTax === true && product.taxable;
  // The customer reads the invoice: words meant for ourselves don't go there.
  const description = choice.audience === 'internal' ? ticket.subject || product.name : choice.comment;
  const line = laborLine(product, toHundredths(billed), description, isTaxed);
  const olderLines = uninvoicedLines(ticket, facts.invoices).map((older) => ({ id: older.id, ...planned(older) }));
  const prepaid = planPrepaid(customer, choice.labor, line.quantityHundredths);
  // The ticket is read for the preview; the customer may have been read for the form, some minutes before.
  const emailTo = choice.audience === 'email' ? (mailAddress(ticket) ?? customer.email) : null;
  return {
    workedMinutes: choice.workedMinutes,
    billedMinutes: billed,
    laborWord: choice.labor.word,
    laborNote: choice.labor.note,
    line,
    olderLines,
    comment: { body: choice.comment, audience: choice.audience, emailTo },
    prepaid,
    blockHundredths: customer.prepaidHundredths ?? 0,
    neverFromBlock: policy.neverFromBlock,
    expectedTotalCents: expectedTotal(customer.prepaidHundredths, prepaid, olderLines, line),
    status: facts.statuses.includes(policy.invoiceStatus) ? policy.invoiceStatus : null,
    timeZone: facts.timeZone,
    warnings: warningsOf(facts, choice, policy, line, prepaid, emailTo),
    seen: {
      commentIds: commentIdsOf(ticket),
      lineItemIds: ticket.lineItems.map(({ id }) => id),
      invoiceIds: facts.invoices.map(({ id }) => id),
    },
  };
};
