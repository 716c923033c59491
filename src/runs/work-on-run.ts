import { LONGEST_SLEEP_MS } from '../shared/limits.ts';
import { untilKnown } from '../shared/within.ts';
import type { WriteOutcome } from '../syncro/write.ts';
import { type AdvanceDeps, advanceRun } from './advance-run.ts';
import type { Claimed, Lease, RunMeter, Runs } from './ports.ts';
import { withAudit } from './rules/audit.ts';
import { decide } from './rules/decide.ts';
import { resume } from './rules/moves.ts';
import { calledOf } from './rules/purpose.ts';
import { currentIndex, currentStep, type Decision, type Run } from './rules/run.ts';

export type WorkDeps = AdvanceDeps & {
  readonly runs: Pick<Runs, 'load' | 'save' | 'saveIntent' | 'holds' | 'release'>;
  /**
   * Called after each saved change, to bring the run's message up to date.
   * @param goesOn another step follows at once, and must not wait for that
   */
  readonly changed: (goesOn: boolean) => void;
  /** True: finish the step in flight, start no other. */
  readonly stopping: () => boolean;
  /** True when the holder of a lease is known to be dead, e.g. this machine has no such process any more. */
  readonly isGone: (owner: string) => boolean;
  readonly meter?: RunMeter;
  /** A run was stopped because its technician may not write any more; it is stored so. */
  readonly barred?: (run: Run) => void;
};

/** A run as stored, and the decision that waits for its holder. */
type Held = { readonly run: Run; readonly decision: Decision | null };

const tellIfBarred = ({ log, barred }: WorkDeps, before: Run, after: Run): void => {
  if (before.finishedAt !== null || !after.stoppedBecause) return;
  log.warn({ ref: before.ref, why: after.stoppedBecause }, 'a run was stopped: its technician may not write');
  barred?.(after);
};

/** One saved move of a claimed run. `null`: nothing more to do for this holder now, or the lease is lost. */
const move = async (deps: WorkDeps, lease: Lease, { run, decision }: Held): Promise<Held | null> => {
  const { runs, clock, log } = deps;
  const save = async (next: Run, options?: { readonly decided: Decision }): Promise<Held | null> => {
    const audited = withAudit(run, next, clock.now());
    // Also a database that is away for minutes: what a send came to is known here and nowhere else.
    const saved = await untilKnown(clock, () => runs.save(lease, audited, options));
    return saved ? { run: audited, decision: saved.decision } : null;
  };
  if (decision) {
    const decided = await save(decide(run, decision, clock.now()), { decided: decision });
    if (decided && deps.meter) countMove(deps.meter, run, decided.run);
    if (decided) tellIfBarred(deps, run, decided.run);
    return decided;
  }
  const sleepsMs = run.wakeAt - clock.now();
  if (run.state !== 'open' || (sleepsMs > 0 && sleepsMs <= LONGEST_SLEEP_MS)) return null;
  const advanced = await advanceRun(deps, lease, run);
  if (advanced.result === 'lost') return runs.load(lease);
  const saved = await save(advanced.run);
  if (deps.meter) countMove(deps.meter, run, advanced.run, advanced.sent);
  if (advanced.sent)
    log.info({ ref: run.ref, step: currentStep(run)?.action.kind, outcome: advanced.sent }, 'write sent');
  const now = currentStep(advanced.run)?.state;
  if (run.state === 'open' && now?.phase === 'asking')
    log.warn({ ref: run.ref, why: now.question.kind }, 'a run waits for a person');
  if (saved) tellIfBarred(deps, run, advanced.run);
  if (!saved)
    log.error({ ref: run.ref }, 'the lease ended while a step was in flight; its next holder looks what happened');
  return saved;
};

/** Was its last holder another process that died or was replaced? Then the message says so. */
const isRestarted = ({ abandonedUntil, previousOwner, lease }: Claimed, isGone: (owner: string) => boolean): boolean =>
  abandonedUntil !== null || (previousOwner !== null && previousOwner !== lease.owner && isGone(previousOwner));

const begin = async (deps: WorkDeps, claimed: Claimed): Promise<Held | null> => {
  const { lease, run, abandonedUntil } = claimed;
  if (!isRestarted(claimed, deps.isGone)) return deps.runs.load(lease);
  deps.log.warn({ ref: run.ref }, 'going on with a run that another process left');
  const now = deps.clock.now();
  const resumed = withAudit(run, resume(run, now, abandonedUntil ?? 0, deps.settings), now);
  const saved = await deps.runs.save(lease, resumed);
  deps.changed(true);
  return saved ? { run: resumed, decision: saved.decision } : null;
};

/** Works on a claimed run until it waits for something, then gives it back. */
export const workOnRun = async (deps: WorkDeps, claimed: Claimed): Promise<void> => {
  const { lease } = claimed;
  try {
    let held = await begin(deps, claimed);
    while (held && !deps.stopping()) {
      held = await move(deps, lease, held);
      deps.changed(held !== null && held.run.state === 'open' && held.run.wakeAt <= deps.clock.now());
    }
  } finally {
    await untilKnown(deps.clock, () => deps.runs.release(lease));
  }
};

/** Counts what one move of a run came to. */
export const countMove = (meter: RunMeter, before: Run, after: Run, sent?: WriteOutcome['outcome']): void => {
  const index = currentIndex(before);
  const was = before.steps[index];
  const is = after.steps[index];
  if (!was || !is) return;
  const step = was.action.kind;
  if (sent) meter.wrote(step, sent);
  if (was.state.phase === 'unclear' && is.state.phase === 'done') meter.cleared(step, 'adopted');
  if (was.state.phase === 'unclear' && is.state.phase === 'planned') meter.cleared(step, 'resent');
  if (was.state.phase !== 'asking' && is.state.phase === 'asking') meter.asked(is.state.question.kind);
  if (before.finishedAt === null && after.finishedAt !== null) meter.runEnded(calledOf(after), after.state);
};
