import { z } from 'zod';
import { AppError } from '../shared/errors.ts';
import type { Invoice, InvoiceLine, InvoiceSummary } from './invoice.ts';
import type { SyncroReads } from './ports.ts';
import { isoTime, type Resource } from './rows.ts';
import { ticketId } from './ticket.ts';
import {
  cents,
  discount,
  flag,
  hundredths,
  id,
  optionalCents,
  optionalId,
  optionalText,
  requiredList,
  text,
  time,
} from './wire.ts';

/** Money is strings, `number` is a string; the list may lack `ticket_id` (two sources disagree). */
const invoiceRowWire = z.object({
  id,
  number: text,
  ticket_id: optionalId,
  customer_id: optionalId,
  total: cents,
  tax: optionalCents,
  is_paid: z.boolean().nullish().catch(null),
  verified_paid: flag,
  tech_marked_paid: flag,
  created_at: time,
  user_id: optionalId,
});

/** A text between the lines has none, or an empty one; anything else that can't be read is not guessed at. */
const ofText = z.preprocess((value) => (value === '' ? null : value), hundredths.nullish());

/** Other names than a ticket's line: `item` is the product's name, `name` our description, `price` the rate. */
export const invoiceLineWire = z.object({
  id,
  product_id: optionalId,
  item: text,
  name: text,
  quantity: ofText,
  price: ofText,
  taxable: flag,
  product_category: optionalText,
  discount_percent: discount,
  discount_dollars: discount,
});

const invoiceWire = invoiceRowWire.extend({ line_items: requiredList(invoiceLineWire) });

/** Wrapped in live code, unwrapped in the specification's schema: both are read. */
export const invoiceDetailWire = z.union([
  z.object({ invoice: invoiceWire }).transform((body) => body.invoice),
  invoiceWire,
]);

const summaryOf = (row: z.output<typeof invoiceRowWire>): InvoiceSummary => ({
  id: row.id,
  number: row.number,
  ticketId: row.ticket_id === null ? null : ticketId(row.ticket_id),
  customerId: row.customer_id,
  totalCents: row.total,
  taxCents: row.tax,
  paid: row.is_paid ?? (row.verified_paid || row.tech_marked_paid),
  createdAt: row.created_at,
  technicianId: row.user_id,
});

const invoiceRow = invoiceRowWire.transform(summaryOf);

const lineOf = (line: z.output<typeof invoiceLineWire>): InvoiceLine => ({
  id: line.id,
  productId: line.product_id,
  name: line.item,
  description: line.name,
  quantityHundredths: line.quantity ?? null,
  rateCents: line.price ?? null,
  taxable: line.taxable,
  labor: line.product_category?.trim().toLowerCase() === 'labor',
  discounted: line.discount_percent || line.discount_dollars,
});

const invoiceDetail = invoiceDetailWire.transform(
  (wire): Invoice => ({
    ...summaryOf(wire),
    lines: wire.line_items.rows.map(lineOf),
    unread: wire.line_items.odd.map(({ name, description }) => name || description),
  }),
);

export const invoiceReads = ({ readPage, readRecord }: Resource): Pick<SyncroReads, 'invoices' | 'invoice'> => ({
  invoices: (caller, { ticketId: ticket_id, updatedSince, page }) =>
    readPage(caller, 'invoices', { ticket_id, since_updated_at: isoTime(updatedSince), page }, invoiceRow),

  invoice: async (caller, id) => {
    const subject = `invoice with id ${id}`;
    const invoice = await readRecord(caller, `invoices/${id}`, invoiceDetail, subject);
    // The path takes an id or a number: a number equal to the id would bring another invoice.
    if (invoice.id !== id) throw new AppError('not_found', `Syncro has no ${subject}.`, { subject });
    return invoice;
  },
});
