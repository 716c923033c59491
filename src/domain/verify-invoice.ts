import type { BillPlan, PlannedLine } from './billing.ts';
import type { Invoice, InvoiceLine } from './invoice.ts';

/** One way in which the invoice, or a charged line, is not what was previewed. Amounts in cents, hours in hundredths. */
export type Difference =
  | { readonly kind: 'line_missing'; readonly line: PlannedLine }
  | { readonly kind: 'line_price'; readonly line: PlannedLine; readonly rateCents: number }
  | { readonly kind: 'line_hours'; readonly line: PlannedLine; readonly quantityHundredths: number }
  | { readonly kind: 'line_taxed'; readonly line: PlannedLine }
  | {
      readonly kind: 'line_extra';
      readonly name: string;
      readonly quantityHundredths: number;
      readonly rateCents: number;
    }
  | { readonly kind: 'total'; readonly expectedCents: number; readonly totalCents: number }
  | { readonly kind: 'wrong_ticket' }
  | { readonly kind: 'block'; readonly expectedHundredths: number; readonly actualHundredths: number };

/** Takes the line that fits best out of what is left on the invoice: same price first, then same product and hours. */
const take = (left: InvoiceLine[], wanted: PlannedLine): InvoiceLine | null => {
  const fits = (line: InvoiceLine) =>
    line.productId === wanted.productId && line.quantityHundredths === wanted.quantityHundredths;
  const exact = left.findIndex((line) => fits(line) && line.rateCents === wanted.rateCents);
  const index = exact >= 0 ? exact : left.findIndex(fits);
  return index >= 0 ? (left.splice(index, 1)[0] ?? null) : null;
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
  const differences: Difference[] = [];
  const left = [...invoice.lines];
  if (invoice.ticketId !== null && invoice.ticketId !== plan.ticketId) differences.push({ kind: 'wrong_ticket' });
  for (const line of [plan.line, ...plan.olderLines]) {
    const found = take(left, line);
    if (!found) differences.push({ kind: 'line_missing', line });
    else {
      // A prepaid block may bring a line's price to zero, or down as far as it reaches; then the block is the proof.
      const paidByBlock =
        plan.prepaid !== null && (found.rateCents === 0 || (!plan.prepaid.covers && found.rateCents < line.rateCents));
      if (found.rateCents !== line.rateCents && !paidByBlock)
        differences.push({ kind: 'line_price', line, rateCents: found.rateCents });
      if (found.taxable && !line.taxable) differences.push({ kind: 'line_taxed', line });
    }
  }
  for (const { name, quantityHundredths, rateCents } of left)
    differences.push({ kind: 'line_extra', name, quantityHundredths, rateCents });

  const taxedLines = plan.olderLines.some(({ taxable }) => taxable);
  const beforeTax = invoice.totalCents - (taxedLines ? invoice.taxCents : 0);
  if (plan.expectedTotalCents !== null && beforeTax !== plan.expectedTotalCents)
    differences.push({ kind: 'total', expectedCents: plan.expectedTotalCents, totalCents: invoice.totalCents });

  // By at least our hours: an older line or a colleague's bill may have taken more since the preview.
  if (plan.prepaid?.covers && blockAfterHundredths !== null && blockAfterHundredths > plan.prepaid.afterHundredths)
    differences.push({
      kind: 'block',
      expectedHundredths: plan.prepaid.afterHundredths,
      actualHundredths: blockAfterHundredths,
    });
  return differences;
};
