import { AppError } from '../shared/errors.ts';
import { mayBeOf } from './asked-for.ts';
import type { Invoice, InvoiceSummary } from './invoice.ts';
import type { Caller, SyncroReads } from './ports.ts';
import { readSince, wellBefore } from './read-pages.ts';
import type { TicketId } from './ticket.ts';

export type InvoiceReads = Pick<SyncroReads, 'invoices' | 'invoice' | 'ticket'>;

/** So many invoices are opened to learn whose they are. */
const MOST_OPENED = 25;

type Candidates = {
  readonly rows: readonly InvoiceSummary[];
  /** Whether one that names no ticket can be this one's: it can where Syncro took our filter. */
  readonly isOf: (invoice: InvoiceSummary) => boolean;
};

/**
 * What may be the ticket's. An account that ignores the filter answers with everybody's: then all since the ticket was
 * made are looked through.
 * @throws AppError also when that are too many, or one can't be read: nobody knows then whether there is one
 */
const candidates = async (reads: InvoiceReads, caller: Caller, ticketId: TicketId): Promise<Candidates> => {
  const isOf = (invoice: InvoiceSummary) => mayBeOf(invoice.ticketId, ticketId);
  const first = await reads.invoices(caller, { ticketId });
  const isWhole = first.isCounted === false ? first.rows.length === 0 : first.totalPages <= 1;
  if (isWhole && first.rows.every(isOf))
    return { rows: await readSince(0, 'invoices', () => Promise.resolve(first)), isOf };
  const since = (await reads.ticket(caller, ticketId)).createdAt ?? 0;
  const rows = await readSince(since, 'invoices', (page) =>
    reads.invoices(caller, { ticketId, updatedSince: wellBefore(since), page }),
  );
  const own = rows.filter((row) => isOf(row) && (row.createdAt ?? since) >= wellBefore(since));
  if (own.filter((row) => row.ticketId === null).length > MOST_OPENED)
    throw new AppError('unreadable', 'Syncro does not say which invoices are of this ticket.', { subject: 'invoices' });
  return { rows: own, isOf: (invoice) => invoice.ticketId === ticketId };
};

/** The ticket's invoices, without their lines. @throws AppError */
export const readInvoices = async (
  reads: InvoiceReads,
  caller: Caller,
  ticketId: TicketId,
): Promise<readonly InvoiceSummary[]> => {
  const { rows, isOf } = await candidates(reads, caller, ticketId);
  // A row that doesn't say whose it is may be anybody's; the invoice itself does.
  const all = await Promise.all(rows.map(async (row) => (row.ticketId === null ? reads.invoice(caller, row.id) : row)));
  return all.filter(isOf);
};

/** For who concludes from what an invoice does not hold. @throws AppError also when one of its lines can't be read */
export const readWholeInvoice = async (
  reads: Pick<SyncroReads, 'invoice'>,
  caller: Caller,
  id: number,
): Promise<Invoice> => {
  const invoice = await reads.invoice(caller, id);
  if (!invoice.unread?.length) return invoice;
  const subject = `invoice with id ${id}`;
  throw new AppError('unreadable', `Syncro's answer for ${subject} can't be read.`, { retryable: true, subject });
};

/** The ticket's invoices with their lines; mostly there are none, which costs one request. @throws AppError */
export const readFullInvoices = async (
  reads: InvoiceReads,
  caller: Caller,
  ticketId: TicketId,
): Promise<readonly Invoice[]> => {
  const { rows, isOf } = await candidates(reads, caller, ticketId);
  const full = await Promise.all(rows.map(({ id }) => readWholeInvoice(reads, caller, id)));
  return full.filter(isOf);
};
