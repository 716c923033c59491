import { decimal, iso } from './fields.ts';
import type { CustomerRow, InvoiceRow, LineRow } from './rows.ts';
import { nextId, type SyncroState } from './state.ts';

/** "Labor - Prepaid Project Labor" does not debit the block. */
const notDebiting = 9269129;

/**
 * Hours that the customer's block pays of this line; the block falls by the quantity. What a block that is too small
 * does is not documented: here it pays what it has and the rest is charged.
 */
const payFromBlock = (customer: CustomerRow, line: LineRow): number => {
  const block = Number(customer.prepay_hours ?? 0);
  if (line.product_category !== 'Labor' || line.product_id === notDebiting || block <= 0) return 0;
  const hours = Math.min(block, line.quantity);
  customer.prepay_hours = decimal(block - hours);
  return hours;
};

/** What is charged on these tickets and on no invoice yet. */
export const openLines = ({ lines }: SyncroState, ticketIds: ReadonlySet<number>): LineRow[] =>
  lines.filter((line) => ticketIds.has(line.ticket_id) && !line.converted);

/** Puts lines of tickets onto an invoice, behind what it has. */
export const putOnInvoice = (
  state: SyncroState,
  invoice: InvoiceRow,
  customer: CustomerRow,
  lines: readonly LineRow[],
  now: number,
): void => {
  const before = state.invoiceLines.filter((line) => line.invoice_id === invoice.id).length;
  for (const [index, line] of lines.entries()) {
    const hours = payFromBlock(customer, line);
    const share = line.quantity === 0 ? 1 : (line.quantity - hours) / line.quantity;
    invoice.prepaid_hours += hours;
    line.converted = true;
    line.invoice_id = invoice.id;
    line.updated_at = iso(now);
    state.invoiceLines.push({
      id: nextId(state),
      invoice_id: invoice.id,
      item: line.name,
      name: line.description,
      cost: line.cost_cents / 100,
      price: (line.retail_cents / 100) * share,
      quantity: line.quantity,
      ...(line.line_discount_percent === undefined ? {} : { discount_percent: line.line_discount_percent }),
      ...(line.discount_dollars === undefined ? {} : { discount_dollars: line.discount_dollars }),
      product_id: line.product_id,
      product_category: line.product_category,
      taxable: line.taxable,
      position: before + index + 1,
      created_at: iso(now),
      updated_at: iso(now),
    });
  }
};

/** Gives the lines back to the ticket and the hours to the block, so that they can be invoiced again. Not documented. */
export const undoInvoice = (state: SyncroState, invoice: InvoiceRow): void => {
  for (const line of state.lines.filter((one) => one.invoice_id === invoice.id)) {
    line.converted = false;
    line.invoice_id = null;
  }
  const customer = state.customers.find((one) => one.id === invoice.customer_id);
  if (customer?.prepay_hours) customer.prepay_hours = decimal(Number(customer.prepay_hours) + invoice.prepaid_hours);
  state.invoiceLines = state.invoiceLines.filter((line) => line.invoice_id !== invoice.id);
  state.invoices = state.invoices.filter((one) => one.id !== invoice.id);
};
