import { AppError } from '../shared/errors.ts';
import type { Clock } from '../shared/system.ts';
import type { Caller } from '../syncro/ports.ts';
import { unreadOf } from '../syncro/ticket.ts';
import { type InvoiceReads, readInvoices } from '../syncro/ticket-invoices.ts';
import { readClock } from './read-clock.ts';
import { checkedBasis, toRead } from './rules/check-basis.ts';
import type { Run } from './rules/run.ts';

type Deps = { readonly reads: InvoiceReads; readonly clock: Clock };

/**
 * Is the ticket still what the person decided about? Read again where there was a pause since, and before a bill's first
 * write in any case whether somebody invoiced it.
 * @returns the run that may be sent, or that asks
 * @throws AppError when Syncro can't be read
 */
export const checkBasis = async ({ reads, clock }: Deps, caller: Caller, run: Run): Promise<Run> => {
  const { id } = run.ticket;
  const wanted = toRead(run, readClock(clock));
  if (id === null || !(wanted.ticket || wanted.invoices)) return run;
  const [ticket, invoices] = await Promise.all([
    wanted.ticket ? reads.ticket(caller, id) : null,
    wanted.invoices ? readInvoices(reads, caller, id) : null,
  ]);
  // A bill begins only where every line can be read, so what can't is new, and would go onto its invoice unseen.
  if (ticket && wanted.invoices && unreadOf(ticket, 'line').length > 0)
    throw new AppError('unreadable', `A line of ticket #${ticket.number} can't be read.`);
  return checkedBasis(run, { ticket, invoices }, readClock(clock));
};
