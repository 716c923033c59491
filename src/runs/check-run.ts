import { AppError } from '../shared/errors.ts';
import { type Clock, readClock } from '../shared/system.ts';
import type { Identity } from '../syncro/identity.ts';
import type { Invoice } from '../syncro/invoice.ts';
import { readMailAddress } from '../syncro/mail-address.ts';
import type { Caller, SyncroReads } from '../syncro/ports.ts';
import { unreadOf } from '../syncro/ticket.ts';
import { readAllComments } from '../syncro/ticket-comments.ts';
import { readInvoices } from '../syncro/ticket-invoices.ts';
import type { Write } from '../syncro/write.ts';
import { readBack } from './read-back.ts';
import { checkedBasis, toRead } from './rules/check-basis.ts';
import { unverifiable } from './rules/delays.ts';
import {
  confirmWords,
  findDouble,
  keepRightInvoice,
  resentSettledAt,
  resentSteps,
  stepsOnWord,
} from './rules/doubles.ts';
import { checkedDoubles, ofInvoice, verified } from './rules/moves.ts';
import { hasPlan } from './rules/purpose.ts';
import type { Reading } from './rules/reconcile.ts';
import { type PlannedRun, type Run, type RunSettings, resultOf } from './rules/run.ts';
import { verifyInvoice } from './rules/verify-invoice.ts';

export type CheckDeps = {
  readonly reads: Pick<
    SyncroReads,
    'ticket' | 'tickets' | 'customers' | 'comments' | 'invoices' | 'invoice' | 'customer' | 'contacts'
  >;
  readonly identity: Identity;
  readonly clock: Clock;
  readonly settings: RunSettings;
};

/**
 * Is the ticket still what the person decided about? Read again where there was a pause since, and before a bill's first
 * write in any case whether somebody invoiced it.
 * @returns the run that may be sent, or that asks
 * @throws AppError when Syncro can't be read
 */
export const checkBasis = async ({ reads, clock }: CheckDeps, caller: Caller, run: Run): Promise<Run> => {
  const { id } = run.ticket;
  const wanted = toRead(run, readClock(clock));
  if (wanted.address) {
    const { customerId, contactId } = wanted.address;
    const { emailTo: address } = await readMailAddress(reads, caller, customerId, contactId);
    return checkedBasis(run, { ticket: null, invoices: null, address }, readClock(clock));
  }
  if (id === null || !(wanted.ticket || wanted.invoices)) return run;
  const [ticket, invoices, comments] = await Promise.all([
    wanted.ticket ? reads.ticket(caller, id) : null,
    wanted.invoices ? readInvoices(reads, caller, id) : null,
    wanted.comments ? readAllComments(reads, caller, id) : null,
  ]);
  // A bill begins only where every line can be read, so what can't is new, and would go onto its invoice unseen.
  if (ticket && hasPlan(run) && wanted.invoices && unreadOf(ticket, 'line').length > 0)
    throw new AppError('unreadable', `A line of ticket #${ticket.number} can't be read.`);
  return checkedBasis(run, { ticket, invoices, comments }, readClock(clock));
};

/** What Syncro needs to show a fresh invoice whole; then a difference is real. */
const INVOICE_READY_MS = 1_500;

/** The invoice that the run made; when only a person knows that it is there, the newest one not seen before. */
const findInvoiceId = async ({ reads }: CheckDeps, caller: Caller, run: PlannedRun): Promise<number | null> => {
  const known = resultOf(run, 'invoice')?.id;
  if (known) return known;
  const own = await readInvoices(reads, caller, run.ticket.id);
  const fresh = own.filter(({ id }) => !run.known.invoiceIds.includes(id)).sort((a, b) => b.id - a.id);
  return fresh[0]?.id ?? null;
};

const NO_INVOICE = 'There is no invoice for this ticket in Syncro.';

/** Which invoice is made a draft. @throws AppError */
export const findInvoice = async (deps: CheckDeps, run: Run): Promise<Run> => {
  const caller = await deps.identity.reader(run.technician, 'run');
  const id = hasPlan(run) ? await findInvoiceId(deps, caller, run) : null;
  return id === null ? unverifiable(run, NO_INVOICE) : ofInvoice(run, id);
};

/** Holds the invoice against the preview; the status follows only when nothing differs. @throws AppError */
export const verifyRun = async (deps: CheckDeps, run: Run): Promise<Run> => {
  if (!hasPlan(run)) return verified(run, [], deps.clock.now());
  const caller = await deps.identity.reader(run.technician, 'run');
  const invoiceId = await findInvoiceId(deps, caller, run);
  if (invoiceId === null) return unverifiable(run, NO_INVOICE);
  const readDifferences = async () => {
    const [invoice, customer] = await Promise.all([
      deps.reads.invoice(caller, invoiceId),
      run.plan.prepaid ? deps.reads.customer(caller, run.ticket.customerId) : null,
    ]);
    const differences = verifyInvoice(run, invoice, customer ? (customer.prepaidHundredths ?? 0) : null);
    return { differences, invoicedCents: invoice.totalCents };
  };
  let checked = await readDifferences();
  if (checked.differences.length > 0) {
    await deps.clock.sleep(INVOICE_READY_MS);
    checked = await readDifferences();
  }
  const { differences, invoicedCents } = checked;
  return verified({ ...run, invoicedCents }, differences, deps.clock.now());
};

/** `null`: it was deleted meanwhile. */
const readInvoice = ({ reads }: CheckDeps, caller: Caller, id: number): Promise<Invoice | null> =>
  reads.invoice(caller, id).catch((error: unknown) => {
    if (error instanceof AppError && error.code === 'not_found') return null;
    throw error;
  });

/** Looks whether what was sent twice is there once, and what a person said to be there at all. @throws AppError */
export const checkDoubles = async (deps: CheckDeps, run: Run): Promise<Run> => {
  const caller = await deps.identity.reader(run.technician, 'run');
  const readings = new Map<string, Reading>();
  for (const { write } of [...resentSteps(run), ...stepsOnWord(run)])
    if (!readings.has(write.kind)) readings.set(write.kind, await readBack(deps.reads, caller, run, write));
  const readingFor = ({ kind }: Write): Reading => readings.get(kind) ?? {};
  const confirmed = confirmWords(run, readingFor);
  const doubled = findDouble(confirmed, readingFor);
  const clock = readClock(deps.clock);
  const settledAt = resentSettledAt(run, deps.settings, clock);
  if (doubled?.kind !== 'doubled' || doubled.what !== 'invoice')
    return checkedDoubles(confirmed, doubled, settledAt, clock.now);
  const ids = [doubled.kept, ...doubled.extra];
  const invoices = await Promise.all(ids.map((id) => readInvoice(deps, caller, id)));
  const right = keepRightInvoice(
    confirmed,
    doubled,
    invoices.filter((invoice) => invoice !== null),
  );
  return checkedDoubles(right.run, right.doubled, settledAt, deps.clock.now());
};
