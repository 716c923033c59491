import type { Invoice, InvoiceSummary } from '../domain/invoice.ts';
import type { TicketId } from '../domain/ticket.ts';
import type { Caller, SyncroReads } from './ports.ts';

/** An account may answer with other tickets' invoices too: some versions of Syncro ignore the filter. */
const isOf = (ticketId: TicketId) => (invoice: InvoiceSummary) =>
  invoice.ticketId === null || invoice.ticketId === ticketId;

/** The ticket's invoices, without their lines. @throws AppError */
export const readInvoices = async (
  reads: Pick<SyncroReads, 'invoices'>,
  caller: Caller,
  ticketId: TicketId,
): Promise<readonly InvoiceSummary[]> => (await reads.invoices(caller, { ticketId })).rows.filter(isOf(ticketId));

/** The ticket's invoices with their lines; mostly there are none, which costs one request. @throws AppError */
export const readFullInvoices = async (
  reads: Pick<SyncroReads, 'invoices' | 'invoice'>,
  caller: Caller,
  ticketId: TicketId,
): Promise<readonly Invoice[]> => {
  const own = await readInvoices(reads, caller, ticketId);
  const full = await Promise.all(own.map(({ id }) => reads.invoice(caller, id)));
  return full.filter(isOf(ticketId));
};
