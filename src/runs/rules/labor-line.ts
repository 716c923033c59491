import type { Product } from '../../shared/labor.ts';
import { sameHours } from '../../shared/minutes.ts';
import { lineAmountCents } from '../../shared/money.ts';
import type { LineItem, Ticket } from '../../syncro/ticket.ts';
import type { BillWarning, PlannedLine } from './bill-plan.ts';

const UNUSUAL_MINUTES = 8 * 60;
const RECENT_MS = 24 * 3_600_000;

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

/** Added shortly before, by anybody: the same product and hours. */
export const equalLineWarnings = (ticket: Ticket, line: PlannedLine, now: number): readonly BillWarning[] => {
  const equal = ticket.lineItems.find(
    ({ createdAt, productId, quantityHundredths }) =>
      createdAt !== null &&
      now - createdAt < RECENT_MS &&
      productId === line.productId &&
      sameHours(quantityHundredths, line.quantityHundredths),
  );
  return equal ? [{ kind: 'equal_line', line: planned(equal) }] : [];
};

/** What is odd about charging so many minutes of this product. */
export const productWarnings = (product: Product, workedMinutes: number): readonly BillWarning[] => [
  ...(product.rateCents === 0 ? [{ kind: 'zero_rate', product: product.name } as const] : []),
  ...(product.rateCents < 0
    ? [{ kind: 'negative_rate', product: product.name, rateCents: product.rateCents } as const]
    : []),
  ...(product.disabled ? [{ kind: 'disabled_product', product: product.name } as const] : []),
  ...(workedMinutes > UNUSUAL_MINUTES ? [{ kind: 'unusual_minutes', minutes: workedMinutes } as const] : []),
];
