import type { BillPlan, PlannedLine } from './billing.ts';
import type { Invoice, InvoiceLine } from './invoice.ts';
import { sumCents } from './money.ts';

/** One way in which the invoice, or a charged line, is not what was previewed. Amounts in cents, hours in hundredths. */
export type Difference =
  | { readonly kind: 'line_missing'; readonly line: PlannedLine }
  | { readonly kind: 'line_price'; readonly line: PlannedLine; readonly rateCents: number | null }
  | { readonly kind: 'line_hours'; readonly line: PlannedLine; readonly quantityHundredths: number }
  | { readonly kind: 'line_taxed'; readonly line: PlannedLine }
  | { readonly kind: 'line_discounted'; readonly line: PlannedLine }
  | {
      readonly kind: 'line_extra';
      readonly name: string;
      /** `null`: Syncro shows none. */
      readonly quantityHundredths: number | null;
      readonly rateCents: number | null;
    }
  | { readonly kind: 'total'; readonly expectedCents: number; readonly totalCents: number }
  | { readonly kind: 'wrong_ticket' }
  | { readonly kind: 'wrong_customer' }
  | { readonly kind: 'block'; readonly expectedHundredths: number; readonly actualHundredths: number };

/** Takes the line that fits best out of what is left on the invoice: same price first, then same product and hours. */
const take = (left: InvoiceLine[], wanted: PlannedLine): InvoiceLine | null => {
  const fits = (line: InvoiceLine) =>
    line.productId === wanted.productId && line.quantityHundredths === wanted.quantityHundredths;
  const exact = left.findIndex((line) => fits(line) && line.rateCents === wanted.rateCents);
  const index = exact >= 0 ? exact : left.findIndex(fits);
  return index >= 0 ? (left.splice(index, 1)[0] ?? null) : null;
};

/** Words between the lines: no product, no price. */
const isText = ({ productId, rateCents }: InvoiceLine): boolean => productId === null && !rateCents;

const lineDifferences = (plan: BillPlan, line: PlannedLine, found: InvoiceLine | null): readonly Difference[] => {
  if (!found) return [{ kind: 'line_missing', line }];
  const { rateCents } = found;
  // A prepaid block may bring a line's price to zero, or down as far as it reaches; then the block is the proof.
  const paidByBlock =
    plan.prepaid !== null &&
    rateCents !== null &&
    (rateCents === 0 || (!plan.prepaid.covers && rateCents < line.rateCents));
  return [
    ...(rateCents === line.rateCents || paidByBlock ? [] : [{ kind: 'line_price', line, rateCents } as const]),
    ...(found.taxable && !line.taxable ? [{ kind: 'line_taxed', line } as const] : []),
    ...(found.discounted && !line.discounted ? [{ kind: 'line_discounted', line } as const] : []),
  ];
};

/**
 * Each line is rounded to a cent, or their sum is, up or down: half a cent a line is nobody's mistake. What Syncro adds
 * up is not computed again beyond that.
 */
const totalDifferences = (plan: BillPlan, lines: readonly PlannedLine[], invoice: Invoice): readonly Difference[] => {
  const { expectedTotalCents } = plan;
  if (expectedTotalCents === null) return [];
  const { totalCents, taxCents } = invoice;
  const taxed = lines.some(({ taxable }) => taxable);
  // A tax that Syncro does not tell can't be taken off; each line was compared.
  if (taxed && taxCents === 0) return [];
  const beforeTax = totalCents - (taxed ? taxCents : 0);
  const paidByBlock = plan.prepaid?.covers ?? false;
  const off = Math.abs(beforeTax - (paidByBlock ? 0 : sumCents(lines)));
  return off <= (paidByBlock ? 0 : lines.length / 2)
    ? []
    : [{ kind: 'total', expectedCents: expectedTotalCents, totalCents }];
};

/**
 * Holds Syncro's invoice against the plan.
 * @param blockAfterHundredths the customer's prepaid hours after invoicing; read only when the plan has a block
 * @returns every difference; none: the bill is right
 */
export const verifyInvoice = (
  plan: BillPlan,
  invoice: Invoice,
  blockAfterHundredths: number | null,
): readonly Difference[] => {
  const left = [...invoice.lines];
  const lines = [plan.line, ...plan.olderLines];
  const differences: Difference[] = [];
  if (invoice.ticketId !== null && invoice.ticketId !== plan.ticketId) differences.push({ kind: 'wrong_ticket' });
  if (invoice.customerId !== null && invoice.customerId !== plan.customerId)
    differences.push({ kind: 'wrong_customer' });
  for (const line of lines) differences.push(...lineDifferences(plan, line, take(left, line)));
  for (const line of left) {
    const { name, description, quantityHundredths, rateCents } = line;
    if (!isText(line))
      differences.push({ kind: 'line_extra', name: name || description, quantityHundredths, rateCents });
  }
  differences.push(...totalDifferences(plan, lines, invoice));

  // By at least our hours: an older line or a colleague's bill may have taken more since the preview.
  if (plan.prepaid?.covers && blockAfterHundredths !== null && blockAfterHundredths > plan.prepaid.afterHundredths)
    differences.push({
      kind: 'block',
      expectedHundredths: plan.prepaid.afterHundredths,
      actualHundredths: blockAfterHundredths,
    });
  return differences;
};
