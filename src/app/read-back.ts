import type { Reading } from '../domain/reconcile.ts';
import type { Run } from '../domain/run.ts';
import type { Write } from '../domain/write.ts';
import { AppError } from '../errors.ts';
import type { Caller, SyncroReads } from './ports.ts';
import { readSince, wellBefore } from './read-pages.ts';
import { readInvoices } from './ticket-invoices.ts';

export type ReadBackReads = Pick<SyncroReads, 'ticket' | 'tickets' | 'comments' | 'invoices' | 'invoice'>;

/** Mostly enough to hold everything that was written since a run began. */
const COMMENTS_PER_PAGE = 50;

/**
 * Reads what is needed to tell whether a write landed.
 * @throws AppError when Syncro can't be read; a ticket that is gone is an answer, not a failure
 */
export const readBack = async (reads: ReadBackReads, caller: Caller, run: Run, write: Write): Promise<Reading> => {
  // All that it wrote is newer than the run itself.
  const since = run.createdAt;
  if (write.kind === 'ticket') {
    const filter = { customerId: write.customerId, updatedSince: wellBefore(since) };
    return { tickets: await readSince(since, 'tickets', (page) => reads.tickets(caller, { ...filter, page })) };
  }
  const { id } = run.ticket;
  if (id === null) return {};
  if (write.kind === 'comment') {
    const options = { perPage: COMMENTS_PER_PAGE };
    return { comments: await readSince(since, 'comments', (page) => reads.comments(caller, id, { ...options, page })) };
  }
  if (write.kind === 'invoice' || write.kind === 'invoice_delete')
    return { invoices: await readInvoices(reads, caller, id) };
  try {
    return { ticket: await reads.ticket(caller, id) };
  } catch (error) {
    if (error instanceof AppError && error.code === 'not_found') return { ticket: null };
    throw error;
  }
};
