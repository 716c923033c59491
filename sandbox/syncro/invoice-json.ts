import { businessThenName, customerJson } from './customer-json.ts';
import { cents, decimal } from './fields.ts';
import type { InvoiceLineRow, InvoiceRow } from './rows.ts';
import type { SyncroState } from './state.ts';

/** Sums as strings of dollars, e.g. "112.5". */
export type Totals = { subtotal: string; tax: string; total: string };

const amount = ({ price, quantity, discount_percent: percent, discount_dollars: dollars }: InvoiceLineRow): number =>
  (price ?? 0) * (quantity ?? 0) * (1 - (percent ?? 0) / 100) - (dollars ?? 0);

export const invoiceTotals = (state: SyncroState, invoiceId: number): Totals => {
  const lines = state.invoiceLines.filter((line) => line.invoice_id === invoiceId);
  // Added up first and rounded then: twice 0.75 × $262.50 is $393.75, though each line reads $196.88.
  const sum = (some: InvoiceLineRow[]): number => cents(some.reduce((total, line) => total + amount(line), 0));
  const subtotal = sum(lines);
  const tax = Math.round(sum(lines.filter((line) => line.taxable)) * state.settings.tax_rate);
  return { subtotal: decimal(subtotal / 100), tax: decimal(tax / 100), total: decimal((subtotal + tax) / 100) };
};

/** As lists and POST show it: without line items. */
export const invoiceJson = (state: SyncroState, row: InvoiceRow): Record<string, unknown> => {
  const { prepaid_hours: _, is_draft: __, is_exported: ___, ...shown } = row;
  const customer = state.customers.find((one) => one.id === row.customer_id);
  return {
    ...shown,
    customer_business_then_name: customer ? businessThenName(customer) : null,
    ...invoiceTotals(state, row.id),
    verified_paid: false,
    tech_marked_paid: false,
    pdf_url: null,
    location_id: null,
    hardwarecost: null,
  };
};

/** All money and quantities are strings here, unlike on ticket lines. */
export const invoiceLineJson = (row: InvoiceLineRow): object => ({
  ...row,
  cost: row.cost === null ? null : decimal(row.cost),
  price: row.price === null ? null : decimal(row.price),
  quantity: row.quantity === null ? null : decimal(row.quantity),
  discount_percent: row.discount_percent === undefined ? null : decimal(row.discount_percent),
  invoice_bundle_id: null,
  discount_dollars: row.discount_dollars === undefined ? null : decimal(row.discount_dollars),
});

export const invoiceDetailJson = (state: SyncroState, row: InvoiceRow): object => {
  const customer = state.customers.find((one) => one.id === row.customer_id);
  return {
    ...invoiceJson(state, row),
    date_received: row.created_at,
    balance_due: row.is_paid ? '0.0' : invoiceTotals(state, row.id).total,
    customer: customer ? customerJson(state, customer) : null,
    line_items: state.invoiceLines.filter((line) => line.invoice_id === row.id).map(invoiceLineJson),
    payments: row.is_paid ? [{ id: row.id + 1 }] : [],
  };
};
