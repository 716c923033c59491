import { AppError } from '../shared/errors.ts';
import { type Log, readClock } from '../shared/system.ts';
import type { Author } from '../syncro/identity.ts';
import type { Caller, PreparedWrite, SyncroReads, SyncroWrites } from '../syncro/ports.ts';
import type { Write, WriteOutcome } from '../syncro/write.ts';
import { verifyChange } from './check-change.ts';
import { findTimeEntry, verifyCharged, verifyNotBillable } from './check-charge.ts';
import { findCustomer } from './check-customer.ts';
import { type CheckDeps, checkBasis, checkDoubles, findInvoice, verifyRun } from './check-run.ts';
import type { Lease, Runs } from './ports.ts';
import { readBack } from './read-back.ts';
import { withAudit } from './rules/audit.ts';
import { toRead } from './rules/check-basis.ts';
import { keyProblem, limited, tryLater, unverifiable } from './rules/delays.ts';
import { askInstead, barred, conclude, intend, looked, lookedBeforeSending, resume, settling } from './rules/moves.ts';
import { type Intent, type Reading, type Reconciled, reconcile } from './rules/reconcile.ts';
import { isRepeatable } from './rules/resend.ts';
import { mustLookFirst, unsure } from './rules/restored.ts';
import { currentIndex, currentStep, madeBeside, type Run, type RunSettings } from './rules/run.ts';
import { isWrite } from './rules/step.ts';
import type { Standing } from './standing.ts';

export type AdvanceDeps = CheckDeps & {
  readonly reads: Pick<SyncroReads, 'me'>;
  readonly writes: SyncroWrites;
  readonly runs: Pick<Runs, 'saveIntent' | 'holds'>;
  readonly log: Log;
  readonly settings: RunSettings;
  readonly standing: Standing;
};

/**
 * `lost`: the lease ended, somebody decided something or it took too long; nothing was sent, the caller must load the run
 * again.
 */
export type Advanced =
  | { readonly result: 'moved'; readonly run: Run; readonly sent?: WriteOutcome['outcome'] }
  | { readonly result: 'lost' };

/** A process that slept longer than this between recording the intent and sending must not send any more. */
const SEND_AT_ONCE_MS = 5_000;

const moved = (run: Run): Advanced => ({ result: 'moved', run });

/** Effects count from the first send on: it may land while its repetition is looked for. */
const sinceFirst = (run: Run, intent: Intent): Intent => ({
  ...intent,
  at: Math.min(intent.at, currentStep(run)?.firstIntent?.at ?? intent.at),
});

const reconciled = (run: Run, write: Write, intent: Intent, reading: Reading): Reconciled => {
  const step = currentStep(run);
  return reconcile(write, sinceFirst(run, intent), run.known, reading, step ? madeBeside(run, step) : []);
};

const KEY_PROBLEMS: readonly string[] = ['no_key', 'wrong_key', 'key_refused', 'not_allowed'];

/** One look at Syncro after an unanswered write. Nothing is written. */
const look = async (deps: AdvanceDeps, before: Run, write: Write): Promise<Run> => {
  const { clock, settings } = deps;
  const run = settling(before, readClock(clock), settings);
  const state = currentStep(run)?.state;
  if (state?.phase !== 'unclear') return run;
  const { intent } = state;
  let result: Reconciled | null = null;
  let unread: string | undefined;
  try {
    const caller = await deps.identity.reader(run.technician, 'run');
    const reading = await readBack(deps.reads, caller, run, write);
    result = reconciled(run, write, intent, reading);
  } catch (error) {
    // Whatever went wrong, it is a look that failed: the write stays unclear and is never planned again for it.
    if (error instanceof AppError) {
      deps.log.warn({ ref: run.ref, code: error.code }, 'could not look whether a write landed');
      if (error.code === 'unreadable') unread = error.message;
      if (KEY_PROBLEMS.includes(error.code)) return keyProblem(run, error.message, deps.clock.now());
    } else deps.log.error({ ref: run.ref, err: error }, 'unexpected failure while looking whether a write landed');
  }
  return looked(run, result, deps.clock.now(), deps.settings, unread);
};

/** Records the intent, then sends once. The only call of `send` in the product. */
const send = async (
  deps: AdvanceDeps,
  lease: Lease,
  run: Run,
  prepared: PreparedWrite,
  caller: Caller,
  author: Author,
): Promise<Advanced> => {
  const { clock, runs, settings } = deps;
  const before = readClock(clock);
  const at = before.now;
  const intended = intend(run, { id: author.id, name: author.name }, at, settings);
  if (!(await runs.saveIntent(lease, intended, at))) {
    prepared.abandon();
    return { result: 'lost' };
  }
  // A process that was stopped and woke up must find out before it writes, not after.
  const isHeld = await runs.holds(lease, clock.now());
  const { now, setAt } = readClock(clock);
  // Where the clock was set meanwhile, nobody knows how long it slept.
  if (!isHeld || setAt !== before.setAt || now - at > SEND_AT_ONCE_MS) {
    prepared.abandon();
    return moved(conclude(intended, { outcome: 'not_sent', why: 'woke up too late' }, clock.now()));
  }
  const outcome = await prepared
    .send()
    .catch((): WriteOutcome => ({ outcome: 'unclear', why: 'the send failed unexpectedly' }));
  // From here on nothing may fail before the outcome is returned: a step whose request left must not look unsent.
  const concluded = conclude(intended, outcome, clock.now());
  const refusedKey = outcome.outcome === 'refused' && outcome.status === UNAUTHORIZED;
  const after = refusedKey ? await explainRefusal(deps, concluded, run, caller, outcome.message) : concluded;
  return { result: 'moved', run: after, sent: outcome.outcome };
};

const UNAUTHORIZED = 401;

const refusedKeyOf = (run: Run): string => `Syncro refused your key (as ${run.author.name}).`;

/** Syncro answers 401 to a bad key and to a missing permission alike; GET /me tells them apart. Nothing was done. */
const explainRefusal = async (
  deps: AdvanceDeps,
  concluded: Run,
  run: Run,
  caller: Caller,
  words: string,
): Promise<Run> => {
  // Noted before the question says what to do instead: by a key's trouble nobody could tell that something was sent.
  const noted = withAudit(run, concluded, deps.clock.now());
  try {
    await deps.reads.me(caller);
    return askInstead(noted, {
      kind: 'key',
      message: `Your Syncro account may not do this. Syncro says: "${words}"`,
    });
  } catch (error) {
    const refused = error instanceof AppError && error.code === 'key_refused';
    return refused ? askInstead(noted, { kind: 'key', message: refusedKeyOf(run) }) : concluded;
  }
};

const UNKNOWN_STANDING = "Slack can't say right now whether you are still a member of this workspace.";

/** The run as it is when it may not be written now; `null`: it may. */
const heldBack = async ({ standing, clock }: AdvanceDeps, run: Run): Promise<Run | null> => {
  const standingNow = await standing.of(run.technician);
  const now = clock.now();
  if (standingNow.may === 'no') return barred(run, standingNow.why, now);
  // However short a time ago they confirmed it: whoever is deactivated is so at once.
  return standingNow.may === 'unknown' ? tryLater(run, 'fault', now, UNKNOWN_STANDING) : null;
};

const perform = async (
  deps: AdvanceDeps,
  lease: Lease,
  run: Run,
  write: Write,
  previous: Intent | null,
): Promise<Advanced> => {
  const { caller, author } = await deps.identity.writer(run.technician, 'run');
  if (author.id !== run.author.id)
    return moved(
      keyProblem(
        run,
        `You confirmed this as ${run.author.name}, but your key is now ${author.name}'s.`,
        deps.clock.now(),
      ),
    );
  // Sent before without an answer, whoever wants it again, and however long ago: one more look costs a read, a double trust.
  const sent = previous ?? (isRepeatable(write) ? null : (currentStep(run)?.lastIntent ?? null));
  if (sent) {
    const reading = await readBack(deps.reads, caller, run, write);
    const result = reconciled(run, write, sent, reading);
    const after = lookedBeforeSending(run, result, deps.clock.now());
    if (after.state !== 'open' || currentIndex(after) !== currentIndex(run)) return moved(after);
  }
  const checked = await checkBasis(deps, caller, run);
  if (checked.state !== 'open') return moved(checked);
  // The place at the limiter is taken and the socket is open before the intent is recorded: the gap between the
  // record and the send is the only source of needless questions.
  const prepared = await deps.writes.prepare(caller, write);
  try {
    // Only now: to wait for a place may take minutes, in which people leave and keys are changed.
    const held = await heldBack(deps, checked);
    const isStill = held === null && (await deps.identity.writer(run.technician, 'run')).caller.key;
    if (held || (isStill && isStill.reveal() !== caller.key.reveal())) {
      prepared.abandon();
      return moved(held ?? checked);
    }
    const old = toRead(checked, readClock(deps.clock));
    if (old.ticket || old.address) {
      // It had to wait for its place so long that what was read is old.
      prepared.abandon();
      return { result: 'lost' };
    }
    return await send(deps, lease, checked, prepared, caller, author);
  } catch (error) {
    prepared.abandon();
    throw error;
  }
};

/** Syncro's limit is by the minute. */
const LIMITED_MS = 60_000;

const afterError = (deps: AdvanceDeps, run: Run, error: unknown): Run => {
  const now = deps.clock.now();
  if (!(error instanceof AppError)) {
    deps.log.error({ ref: run.ref, err: error }, 'unexpected failure while advancing a run');
    return tryLater(run, 'fault', now);
  }
  deps.log.warn({ ref: run.ref, code: error.code }, 'a step could not start');
  switch (error.code) {
    case 'unreachable':
      return tryLater(run, 'unreachable', now);
    case 'rate_limited':
      return limited(run, now + (error.retryAfterMs ?? LIMITED_MS), now);
    case 'unreadable':
      return tryLater(run, 'unreadable', now, error.message);
    case 'no_database':
    case 'unsure':
      return tryLater(run, 'fault', now);
    case 'no_key':
    case 'wrong_key':
    case 'not_allowed':
      return keyProblem(run, error.message, now);
    case 'key_refused':
      return keyProblem(run, refusedKeyOf(run), now);
    case 'not_found':
    case 'invalid':
    case 'busy':
    case 'stale':
      return unverifiable(run, error.message);
  }
};

/**
 * Performs exactly one step of one run, under a lease: a write, a look after an unanswered write, or a check of what the
 * writes did. Everything before the recorded intent is provably unsent; everything after it without an outcome is
 * unclear.
 * @throws Error only when the journal itself fails
 */
export const advanceRun = async (deps: AdvanceDeps, lease: Lease, run: Run): Promise<Advanced> => {
  const step = currentStep(run);
  if (!step) return moved(run);
  const { action, state } = step;
  try {
    if (action.kind === 'verify_invoice') return moved(await verifyRun(deps, run));
    if (action.kind === 'verify_charge') return moved(await verifyCharged(deps, run));
    if (action.kind === 'verify_change') return moved(await verifyChange(deps, run));
    if (action.kind === 'verify_not_billable') return moved(await verifyNotBillable(deps, run));
    if (action.kind === 'timer_charge' && action.timerId === null) return moved(await findTimeEntry(deps, run));
    if (action.kind === 'ticket' && action.customerId === null) return moved(await findCustomer(deps, run));
    if (action.kind === 'invoice_draft' && action.invoiceId === null) return moved(await findInvoice(deps, run));
    if (action.kind === 'check_doubles') return moved(await checkDoubles(deps, run));
    if (!isWrite(action)) return moved(run);
    switch (state.phase) {
      case 'planned':
        if (mustLookFirst(run)) return moved(unsure(run, deps.settings));
        return await perform(deps, lease, run, action, state.previous);
      case 'unclear':
        return moved(await look(deps, run, action));
      // Its holder gave the run back without recording the outcome (the database failed after the send).
      case 'sending':
        return moved(resume(run, deps.clock.now(), state.intent.at, deps.settings));
      case 'asking':
      case 'done':
        return moved(run);
    }
  } catch (error) {
    return moved(afterError(deps, run, error));
  }
};
