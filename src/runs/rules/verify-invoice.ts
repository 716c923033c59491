import { sameHours } from '../../shared/minutes.ts';
import { roundCents, sumCents } from '../../shared/money.ts';
import { sameText } from '../../shared/text.ts';
import type { Invoice, InvoiceLine } from '../../syncro/invoice.ts';
import type { KnownTicket } from '../../syncro/ticket.ts';
import { type InvoicePlan, linesOf, type PlannedLine } from './bill-plan.ts';
import type { Uncorrected } from './correction.ts';

/** One way in which the invoice, or a charged line, is not what was previewed. Amounts in cents, hours in hundredths. */
export type Difference =
  | { readonly kind: 'line_missing'; readonly line: PlannedLine }
  | { readonly kind: 'line_price'; readonly line: PlannedLine; readonly rateCents: number | null }
  | { readonly kind: 'line_hours'; readonly line: PlannedLine; readonly quantityHundredths: number }
  /** What a logged entry will be charged as, before it is. */
  | { readonly kind: 'entry_hours'; readonly line: PlannedLine; readonly quantityHundredths: number }
  /** Syncro says what a logged entry will be charged as, in a way that can be read as more than one length, or as none. */
  | { readonly kind: 'entry_unclear'; readonly line: PlannedLine }
  | { readonly kind: 'entry_not_billable'; readonly line: PlannedLine }
  | { readonly kind: 'line_taxed'; readonly line: PlannedLine }
  | { readonly kind: 'line_untaxed'; readonly line: PlannedLine }
  | { readonly kind: 'line_discounted'; readonly line: PlannedLine }
  | { readonly kind: 'line_undiscounted'; readonly line: PlannedLine }
  /** An invoice holds a charged line already, which was to wait for one. */
  | { readonly kind: 'line_invoiced'; readonly line: PlannedLine }
  | {
      readonly kind: 'line_extra';
      readonly name: string;
      /** `null`: Syncro shows none. */
      readonly quantityHundredths: number | null;
      readonly rateCents: number | null;
    }
  /** Nothing was left for it to hold, and an invoice of nothing is nobody's wish. */
  | { readonly kind: 'no_lines' }
  /** `name`: what could be read of it; may be empty. */
  | { readonly kind: 'line_unread'; readonly name: string }
  | { readonly kind: 'total'; readonly expectedCents: number; readonly totalCents: number }
  | {
      readonly kind: 'total_beyond';
      readonly leastCents: number;
      readonly mostCents: number;
      readonly totalCents: number;
    }
  /** A correction that did not come out as previewed. */
  | ({ readonly kind: 'uncorrected' } & Uncorrected)
  | { readonly kind: 'wrong_ticket' }
  | { readonly kind: 'wrong_customer' }
  | { readonly kind: 'block'; readonly expectedHundredths: number; readonly actualHundredths: number };

/** Takes the line that fits best out of what is left on the invoice: what comes first here counts more than all behind it. */
const take = (left: InvoiceLine[], wanted: PlannedLine): InvoiceLine | null => {
  const likeness = (line: InvoiceLine): number => {
    if (line.productId !== wanted.productId || line.quantityHundredths === null) return 0;
    if (!sameHours(line.quantityHundredths, wanted.quantityHundredths)) return 0;
    const alike = [
      line.rateCents === wanted.rateCents,
      line.taxable === wanted.taxable,
      (line.discounted ?? false) === (wanted.discounted ?? false),
      line.quantityHundredths === wanted.quantityHundredths,
      sameText(wanted.description, line.description),
    ];
    return alike.reduce((sum, is) => 2 * sum + Number(is), 1);
  };
  const best = Math.max(0, ...left.map(likeness));
  const index = best === 0 ? -1 : left.findIndex((line) => likeness(line) === best);
  return index >= 0 ? (left.splice(index, 1)[0] ?? null) : null;
};

/** Words between the lines: no product, no price. */
const isText = ({ productId, rateCents }: InvoiceLine): boolean => productId === null && !rateCents;

/** Can a prepaid block pay it? Only labor, and only what debits the block, by the settings. */
const isPayable = (plan: InvoicePlan, line: PlannedLine, found: InvoiceLine): boolean => {
  if (plan.line && line.productId === plan.line.productId) return plan.prepaid !== null;
  // Without a line of our own there is a plan for the block only where the settings know every line.
  const isLabor = found.labor === true || (!plan.line && plan.prepaid !== null);
  return isLabor && !plan.neverFromBlock?.some((id) => id === line.productId);
};

/** The hours that a lower price says the block has paid. */
const hoursPaid = (line: PlannedLine, found: InvoiceLine): number => {
  const { rateCents } = found;
  if (rateCents === null || rateCents < 0 || rateCents >= line.rateCents) return 0;
  return line.quantityHundredths * (1 - rateCents / line.rateCents);
};

/** @param paid the block brought the price down, as far as it reaches; then the block is the proof */
const lineDifferences = (line: PlannedLine, found: InvoiceLine | null, paid: boolean): readonly Difference[] => {
  if (!found) return [{ kind: 'line_missing', line }];
  const { rateCents } = found;
  return [
    ...(rateCents === line.rateCents || paid ? [] : [{ kind: 'line_price', line, rateCents } as const]),
    ...(found.taxable && !line.taxable ? [{ kind: 'line_taxed', line } as const] : []),
    ...(!found.taxable && line.taxable ? [{ kind: 'line_untaxed', line } as const] : []),
    ...(found.discounted && !line.discounted ? [{ kind: 'line_discounted', line } as const] : []),
    ...(!found.discounted && line.discounted && !paid ? [{ kind: 'line_undiscounted', line } as const] : []),
  ];
};

/** What the block takes off at most: its hours at the dearest of the rates that it can pay. */
const worthOfBlock = (payable: readonly PlannedLine[], hundredths: number): number =>
  Math.min(sumCents(payable), (hundredths * Math.max(0, ...payable.map(({ rateCents }) => rateCents))) / 100);

type Limits = { readonly least: number; readonly most: number };

const isDiscounted = ({ discounted }: PlannedLine): boolean => discounted === true;

/** A block that is too small and older lines leave it open what it pays; a discount may be anything up to the price. */
const limitsBeforeTax = (
  plan: InvoicePlan,
  lines: readonly PlannedLine[],
  payable: readonly PlannedLine[],
  kept: readonly PlannedLine[],
): Limits => {
  const { expectedTotalCents, prepaid } = plan;
  if (expectedTotalCents === 0 && prepaid?.covers) return { least: 0, most: 0 };
  // An account that keeps two decimals makes 0.17 h of 10 minutes, and that is what its invoice adds up.
  const sums = [sumCents(lines), sumCents(kept)];
  const most = Math.max(...sums);
  if (expectedTotalCents !== null) return { least: Math.min(...sums), most };
  const undiscounted = payable.filter((line) => !isDiscounted(line));
  const off = sumCents(lines.filter(isDiscounted)) + worthOfBlock(undiscounted, blockBefore(plan));
  return { least: most - off, most };
};

/** No tax is more than what it is put on; which is all that is known of one that Syncro does not tell. */
const taxLimits = (lines: readonly PlannedLine[], taxCents: number | null): Limits => {
  const taxable = Math.max(0, sumCents(lines.filter((line) => line.taxable)));
  return { least: Math.min(taxCents ?? 0, taxable), most: Math.min(taxCents ?? taxable, taxable) };
};

/**
 * Each line is rounded to a cent, or their sum is, up or down: half a cent a line is nobody's mistake. What Syncro adds
 * up is not computed again beyond that: where it takes something off, the total is known within limits.
 */
const totalDifferences = (
  plan: InvoicePlan,
  lines: readonly PlannedLine[],
  payable: readonly PlannedLine[],
  kept: readonly PlannedLine[],
  { totalCents, taxCents }: Invoice,
): readonly Difference[] => {
  const [price, tax] = [limitsBeforeTax(plan, lines, payable, kept), taxLimits(lines, taxCents)];
  const [least, most] = [price.least + tax.least, price.most + tax.most];
  if (totalCents >= least - lines.length / 2 && totalCents <= most + lines.length / 2) return [];
  return least === most
    ? [{ kind: 'total', expectedCents: roundCents(most), totalCents }]
    : [{ kind: 'total_beyond', leastCents: roundCents(least), mostCents: roundCents(most), totalCents }];
};

/** Plans of an older version know it only where our own line debits it. */
const blockBefore = ({ blockHundredths, prepaid }: InvoicePlan): number =>
  blockHundredths ?? prepaid?.beforeHundredths ?? 0;

/**
 * Holds Syncro's invoice against the plan and its ticket.
 * @param blockAfterHundredths the customer's prepaid hours after invoicing; read only when the plan has a block
 * @returns every difference; none: the bill is right
 */
export const verifyInvoice = (
  { plan, ticket }: { readonly plan: InvoicePlan; readonly ticket: KnownTicket },
  invoice: Invoice,
  blockAfterHundredths: number | null,
): readonly Difference[] => {
  const left = [...invoice.lines];
  const lines = linesOf(plan);
  const differences: Difference[] = [];
  if (invoice.ticketId !== null && invoice.ticketId !== ticket.id) differences.push({ kind: 'wrong_ticket' });
  if (invoice.customerId !== null && invoice.customerId !== ticket.customerId)
    differences.push({ kind: 'wrong_customer' });
  if (lines.length === 0) differences.push({ kind: 'no_lines' });
  let block = blockBefore(plan);
  const payable: PlannedLine[] = [];
  /** The lines as Syncro keeps them: of its own it has all decimals. */
  const kept: PlannedLine[] = [];
  for (const line of lines) {
    const found = take(left, line);
    const ours = line === plan.line ? found?.quantityHundredths : null;
    kept.push({ ...line, quantityHundredths: ours ?? line.quantityHundredths });
    const canBePaid = found !== null && isPayable(plan, line, found);
    if (canBePaid) payable.push(line);
    const hours = canBePaid ? hoursPaid(line, found) : 0;
    const paid = hours > 0 && (hours <= block || sameHours(hours, block));
    if (paid) block -= hours;
    differences.push(...lineDifferences(line, found, paid));
  }
  for (const line of left) {
    const { name, description, quantityHundredths, rateCents } = line;
    if (!isText(line))
      differences.push({ kind: 'line_extra', name: name || description, quantityHundredths, rateCents });
  }
  for (const name of invoice.unread ?? []) differences.push({ kind: 'line_unread', name });
  differences.push(...totalDifferences(plan, lines, payable, kept, invoice));

  if (plan.prepaid?.covers && blockAfterHundredths !== null) {
    const { afterHundredths } = plan.prepaid;
    const mayTakeMore = plan.line !== undefined && payable.some((line) => line !== plan.line);
    const isRight = sameHours(blockAfterHundredths, afterHundredths);
    // By at least our hours: older lines may take some as well. Where there are none, somebody else did.
    if (!isRight && (blockAfterHundredths > afterHundredths || !mayTakeMore))
      differences.push({ kind: 'block', expectedHundredths: afterHundredths, actualHundredths: blockAfterHundredths });
  }
  return differences;
};
