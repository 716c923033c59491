import { AppError } from '../shared/errors.ts';
import { readCustomersLike } from '../syncro/customers-like.ts';
import type { Caller, SyncroReads } from '../syncro/ports.ts';
import { readSince, wellBefore } from '../syncro/read-pages.ts';
import type { Unread } from '../syncro/ticket.ts';
import { readInvoices } from '../syncro/ticket-invoices.ts';
import type { Write } from '../syncro/write.ts';
import type { Reading } from './rules/reconcile.ts';
import type { Run } from './rules/run.ts';

export type ReadBackReads = Pick<SyncroReads, 'ticket' | 'tickets' | 'customers' | 'comments' | 'invoices' | 'invoice'>;

/** Mostly enough to hold everything that was written since a run began. */
const COMMENTS_PER_PAGE = 50;

/** What can't be read may be what was written, or what was to go, unless it was there before. */
const couldBe = ({ kind, id }: Unread, write: Write, { known }: Run): boolean => {
  switch (write.kind) {
    case 'line_item':
    case 'timer_charge':
      return kind === 'line' && (id === null || !known.lineItemIds.includes(id));
    case 'line_item_update':
    case 'line_item_remove':
      return kind === 'line' && (id === null || id === write.lineItemId);
    case 'timer':
      return kind === 'time_entry' && (id === null || !known.timerIds?.includes(id));
    case 'timer_update':
    case 'timer_billable':
    case 'timer_delete':
      return kind === 'time_entry' && (id === null || id === write.timerId);
    default:
      return false;
  }
};

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
  if (write.kind === 'customer') {
    const { businessName: name = '', phone = null, email = null } = write;
    return { customers: await readCustomersLike(reads, caller, { name, phone, email }) };
  }
  const { id } = run.ticket;
  if (id === null || write.kind === 'invoice_draft') return {};
  if (write.kind === 'comment') {
    const options = { perPage: COMMENTS_PER_PAGE };
    return { comments: await readSince(since, 'comments', (page) => reads.comments(caller, id, { ...options, page })) };
  }
  if (write.kind === 'invoice' || write.kind === 'invoice_delete')
    return { invoices: await readInvoices(reads, caller, id) };
  try {
    const ticket = await reads.ticket(caller, id);
    const odd = ticket.unread.find((part) => couldBe(part, write, run));
    if (odd)
      throw new AppError('unreadable', `Part of ticket #${ticket.number} can't be read, and it may be what was sent.`);
    return { ticket };
  } catch (error) {
    if (error instanceof AppError && error.code === 'not_found') return { ticket: null };
    throw error;
  }
};
