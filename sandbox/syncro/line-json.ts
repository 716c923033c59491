import { decimal } from './fields.ts';
import type { LineRow } from './rows.ts';

/** A ticket line: quantity a string, prices numbers, cents integers. */
export const lineJson = (row: LineRow): object => {
  const { invoice_id: _, ...shown } = row;
  return {
    ...shown,
    quantity: decimal(row.quantity),
    item_id: null,
    estimate_line_item_id: null,
    old_price: null,
    retail_cents: Math.round(row.retail_cents),
    line_discount_percent: row.line_discount_percent ?? null,
    discount_dollars: row.discount_dollars ?? null,
    original_ticket_line_item_id: null,
    price_cost: row.cost_cents / 100,
    price_retail: row.retail_cents / 100,
  };
};
