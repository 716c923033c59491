import type { z } from 'zod';
import { AppError } from '../shared/errors.ts';
import type { Invoice, InvoiceLine, InvoiceSummary } from './invoice.ts';
import type { SyncroReads } from './ports.ts';
import type { Resource } from './resource.ts';
import { pageOf, recordOf } from './rows.ts';
import { ticketId } from './ticket.ts';
import { invoiceDetailWire, type invoiceLineWire, invoiceRowWire } from './wire-invoice.ts';

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

export const invoiceReads = ({ read, log }: Resource): Pick<SyncroReads, 'invoices' | 'invoice'> => ({
  invoices: async (caller, options) => {
    const { ticketId: ticket_id, updatedSince, page } = options;
    const since = updatedSince === undefined ? undefined : new Date(updatedSince).toISOString();
    const query = { ticket_id, since_updated_at: since, page };
    return pageOf(await read(caller, 'invoices', query, 'invoices'), 'invoices', invoiceRow, log);
  },

  invoice: async (caller, id) => {
    const subject = `invoice with id ${id}`;
    const invoice = recordOf(await read(caller, `invoices/${id}`, {}, subject), invoiceDetail, subject, log);
    // The path takes an id or a number: a number equal to the id would bring another invoice.
    if (invoice.id !== id) throw new AppError('not_found', `Syncro has no ${subject}.`, { subject });
    return invoice;
  },
});
