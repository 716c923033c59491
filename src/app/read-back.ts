import type { Reading } from '../domain/reconcile.ts';
import type { Run } from '../domain/run.ts';
import type { Write } from '../domain/write.ts';
import { AppError } from '../errors.ts';
import type { Caller, SyncroReads } from './ports.ts';

export type ReadBackReads = Pick<SyncroReads, 'ticket' | 'tickets' | 'comments' | 'invoices'>;

/** Enough to hold everything that was written since a run began. */
const COMMENTS_READ = 50;

/**
 * Reads what is needed to tell whether a write landed.
 * @throws AppError when Syncro can't be read; a ticket that is gone is an answer, not a failure
 */
export const readBack = async (reads: ReadBackReads, caller: Caller, run: Run, write: Write): Promise<Reading> => {
  if (write.kind === 'ticket') {
    const { rows } = await reads.tickets(caller, { customerId: write.customerId });
    return { tickets: rows };
  }
  const { id } = run.ticket;
  if (id === null) return {};
  if (write.kind === 'comment')
    return { comments: (await reads.comments(caller, id, { perPage: COMMENTS_READ })).rows };
  if (write.kind === 'invoice' || write.kind === 'invoice_delete')
    return { invoices: (await reads.invoices(caller, { ticketId: id })).rows };
  try {
    return { ticket: await reads.ticket(caller, id) };
  } catch (error) {
    if (error instanceof AppError && error.code === 'not_found') return { ticket: null };
    throw error;
  }
};
