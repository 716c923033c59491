import { formatMoney } from '../domain/money.ts';
import { currentStep, type Run } from '../domain/run.ts';
import { unverifiable } from '../domain/run-moves.ts';
import type { Caller } from './ports.ts';
import { type InvoiceReads, readInvoices } from './ticket-invoices.ts';

type Deps = { readonly reads: InvoiceReads };

/**
 * Right before a bill's first write: did somebody invoice the ticket since the preview? Then nothing is sent, and the
 * person is asked once; going on all the same makes an invoice beside it.
 * @returns the run that asks, or `null`: nothing is new
 * @throws AppError when Syncro can't be read
 */
export const askAboutNewInvoices = async ({ reads }: Deps, caller: Caller, run: Run): Promise<Run | null> => {
  const step = currentStep(run);
  if (!run.plan || run.ticket.id === null || step !== run.steps[0] || step?.firstIntent) return null;
  const invoices = await readInvoices(reads, caller, run.ticket.id);
  const fresh = invoices.filter(({ id }) => !run.known.invoiceIds.includes(id));
  if (fresh.length === 0) return null;
  const names = fresh.map(({ number, totalCents }) => `#${number} (${formatMoney(totalCents)})`).join(', ');
  // Known from now on: trying again is going on.
  const known = { ...run.known, invoiceIds: [...run.known.invoiceIds, ...fresh.map(({ id }) => id)] };
  return unverifiable(
    { ...run, known },
    `#${run.ticket.number} was invoiced since the preview: invoice ${names}. Nothing was sent. Try again makes a further invoice all the same.`,
  );
};
