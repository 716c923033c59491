import { type Reading, type Reconciled, reconcile } from '../domain/reconcile.ts';
import {
  conclude,
  currentIndex,
  currentStep,
  intend,
  keyProblem,
  looked,
  lookedBeforeSending,
  type Run,
  type RunSettings,
  resultOf,
  resume,
  unreachable,
  unverifiable,
  verified,
} from '../domain/run.ts';
import { verifyInvoice } from '../domain/verify-invoice.ts';
import type { Write } from '../domain/write.ts';
import { AppError } from '../errors.ts';
import type { Identity } from './identity.ts';
import type { Caller, Clock, Lease, Log, PreparedWrite, Runs, SyncroReads, SyncroWrites } from './ports.ts';

export type AdvanceDeps = {
  readonly reads: Pick<SyncroReads, 'ticket' | 'comments' | 'invoices' | 'invoice' | 'customer'>;
  readonly writes: SyncroWrites;
  readonly identity: Identity;
  readonly runs: Pick<Runs, 'saveIntent' | 'holds'>;
  readonly clock: Clock;
  readonly log: Log;
  readonly settings: RunSettings;
};

/** `lost`: the lease ended or somebody decided something; nothing was sent, the caller must load the run again. */
export type Advanced = { readonly result: 'moved'; readonly run: Run } | { readonly result: 'lost' };

/** A process that slept longer than this between recording the intent and sending must not send any more. */
const SEND_AT_ONCE_MS = 5_000;
/** What Syncro needs to show a fresh invoice whole; then a difference is real. */
const INVOICE_READY_MS = 1_500;

const moved = (run: Run): Advanced => ({ result: 'moved', run });

/** Reads what is needed to tell whether this write landed. @throws AppError */
const readBack = async ({ reads }: AdvanceDeps, caller: Caller, run: Run, write: Write): Promise<Reading> => {
  if (write.kind === 'comment')
    return { comments: (await reads.comments(caller, run.ticket.id, { perPage: 50 })).rows };
  if (write.kind === 'invoice') return { invoices: (await reads.invoices(caller, { ticketId: run.ticket.id })).rows };
  return { ticket: await reads.ticket(caller, run.ticket.id) };
};

/** One look at Syncro after an unanswered write. Nothing is written. */
const look = async (deps: AdvanceDeps, run: Run, write: Write): Promise<Run> => {
  const state = currentStep(run)?.state;
  if (state?.phase !== 'unclear') return run;
  let result: Reconciled | null = null;
  try {
    const caller = await deps.identity.reader(run.technician, 'run');
    result = reconcile(write, state.intent, run.known, await readBack(deps, caller, run, write));
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    deps.log.warn({ ref: run.ref, code: error.code }, 'could not look whether a write landed');
  }
  return looked(run, result, deps.clock.now(), deps.settings);
};

/** Records the intent, then sends once. The only call of `send` in the product. */
const send = async (
  deps: AdvanceDeps,
  lease: Lease,
  run: Run,
  prepared: PreparedWrite,
  author: { id: number; name: string },
): Promise<Advanced> => {
  const { clock, runs, settings } = deps;
  const intended = intend(run, { id: author.id, name: author.name }, clock.now(), settings);
  if (!(await runs.saveIntent(lease, intended, clock.now()))) {
    prepared.abandon();
    return { result: 'lost' };
  }
  // A process that was stopped and woke up must find out before it writes, not after.
  const intentAt = stateOf(intended);
  if (!(await runs.holds(lease, clock.now())) || clock.now() - intentAt > SEND_AT_ONCE_MS) {
    prepared.abandon();
    return moved(conclude(intended, { outcome: 'not_sent', why: 'woke up too late' }, clock.now()));
  }
  const outcome = await prepared.send();
  deps.log.info({ ref: run.ref, step: currentStep(run)?.action.kind, outcome: outcome.outcome }, 'write sent');
  return moved(conclude(intended, outcome, clock.now()));
};

const stateOf = (run: Run): number => {
  const state = currentStep(run)?.state;
  return state?.phase === 'sending' ? state.intent.at : 0;
};

const perform = async (deps: AdvanceDeps, lease: Lease, run: Run, write: Write): Promise<Advanced> => {
  const { caller, author } = await deps.identity.writer(run.technician, 'run');
  if (author.id !== run.author.id)
    return moved(
      keyProblem(run, `This was confirmed to be written as ${run.author.name}; your key is now ${author.name}'s.`),
    );
  const state = currentStep(run)?.state;
  if (state?.phase === 'planned' && state.previous) {
    // Sent before without an answer, and now again on somebody's word: one more look costs a read, a double costs trust.
    const result = reconcile(write, state.previous, run.known, await readBack(deps, caller, run, write));
    const after = lookedBeforeSending(run, result, deps.clock.now());
    if (currentIndex(after) !== currentIndex(run)) return moved(after);
  }
  // The place at the limiter is taken and the socket is open before the intent is recorded: the gap between the
  // record and the send is the only source of needless questions.
  const prepared = await deps.writes.prepare(caller, write);
  return send(deps, lease, run, prepared, author);
};

/** The invoice that the run made; when only a person knows that it is there, the newest one not seen before. */
const findInvoiceId = async (deps: AdvanceDeps, caller: Caller, run: Run): Promise<number | null> => {
  const known = resultOf(run, 'invoice')?.id;
  if (known) return known;
  const { rows } = await deps.reads.invoices(caller, { ticketId: run.ticket.id });
  // Some versions of Syncro ignore the filter and answer with other tickets' invoices too.
  const own = rows.filter(({ ticketId }) => ticketId === null || ticketId === run.ticket.id);
  const fresh = own.filter(({ id }) => !run.known.invoiceIds.includes(id)).sort((a, b) => b.id - a.id);
  return fresh[0]?.id ?? null;
};

const readDifferences = async (deps: AdvanceDeps, caller: Caller, run: Run, invoiceId: number) => {
  const [invoice, customer] = await Promise.all([
    deps.reads.invoice(caller, invoiceId),
    run.plan.prepaid ? deps.reads.customer(caller, run.plan.customerId) : null,
  ]);
  return verifyInvoice(run.plan, invoice, customer ? (customer.prepaidHundredths ?? 0) : null);
};

const verify = async (deps: AdvanceDeps, run: Run): Promise<Run> => {
  const caller = await deps.identity.reader(run.technician, 'run');
  const invoiceId = await findInvoiceId(deps, caller, run);
  if (invoiceId === null) return unverifiable(run, 'There is no invoice for this ticket in Syncro.');
  let differences = await readDifferences(deps, caller, run, invoiceId);
  if (differences.length > 0) {
    await deps.clock.sleep(INVOICE_READY_MS);
    differences = await readDifferences(deps, caller, run, invoiceId);
  }
  return verified(run, differences, deps.clock.now());
};

const afterError = (deps: AdvanceDeps, run: Run, error: unknown): Run => {
  if (!(error instanceof AppError)) throw error;
  const now = deps.clock.now();
  deps.log.warn({ ref: run.ref, code: error.code }, 'a step could not start');
  switch (error.code) {
    case 'unreachable':
    case 'rate_limited':
    case 'unreadable':
      return unreachable(run, now);
    case 'no_key':
    case 'wrong_key':
    case 'key_refused':
    case 'not_allowed':
      return keyProblem(run, error.message);
    case 'not_found':
    case 'invalid':
    case 'busy':
    case 'stale':
      return unverifiable(run, error.message);
  }
};

/**
 * Performs exactly one step of one run, under a lease: a write, a look after an unanswered write, or the check of the
 * invoice. Everything before the recorded intent is provably unsent; everything after it without an outcome is unclear.
 */
export const advanceRun = async (deps: AdvanceDeps, lease: Lease, run: Run): Promise<Advanced> => {
  const step = currentStep(run);
  if (!step) return moved(run);
  try {
    if (step.action.kind === 'verify_invoice') return moved(await verify(deps, run));
    if (step.state.phase === 'unclear') return moved(await look(deps, run, step.action));
    if (step.state.phase === 'planned') return await perform(deps, lease, run, step.action);
    // Its holder gave the run back without recording the outcome (the database failed after the send).
    if (step.state.phase === 'sending')
      return moved(resume(run, deps.clock.now(), step.state.intent.at, deps.settings));
    return moved(run);
  } catch (error) {
    return moved(afterError(deps, run, error));
  }
};
