import { AppError } from '../shared/errors.ts';
import { type Clock, type Ids, readClock } from '../shared/system.ts';
import type { Technician } from '../shared/technician.ts';
import { untilKnown } from '../shared/within.ts';
import type { Write } from '../syncro/write.ts';
import type { Forms, LookedAt, Runs } from './ports.ts';
import { doing, timerIdOf } from './rules/purpose.ts';
import { isRepeatable } from './rules/resend.ts';
import type { Run } from './rules/run.ts';
import { type Action, isWrite } from './rules/step.ts';
import { runOf, type Work } from './rules/work.ts';
import { type BarDeps, barIfGone } from './standing.ts';
import { minutesHeld, minutesOf, timerGone } from './timer-runs.ts';

export type StartDeps = BarDeps & {
  readonly runs: Pick<Runs, 'add' | 'byForm' | 'endedOn' | 'get' | 'ofTimers'>;
  readonly timers: { get(id: string): Promise<unknown> };
  readonly clock: Clock;
  readonly ids: Ids;
};

const STORE_MS = 1_200;
/** The runner is told at once; the person's click waits meanwhile. */
const STOPPED_WITHIN_MS = 1_000;
const LOOK_MS = 50;

/** What was compared with is another then, although sending these twice does no harm. */
const OVERWRITES: ReadonlySet<Write['kind']> = new Set([
  'line_item_update',
  'line_item_remove',
  'timer_update',
  'timer_delete',
  'ticket_delete',
]);

const isTrace = (action: Action): boolean => isWrite(action) && (!isRepeatable(action) || OVERWRITES.has(action.kind));

/**
 * What changed a ticket in a way that can't be told from what this work would do to it. What was stopped because nobody
 * might go on with it sent nothing for as long as it had asked: what had arrived by then was read.
 */
const leavesTraces = ({ steps, stoppedBecause, overtakenBy }: Run, readAt: number): boolean =>
  overtakenBy === undefined &&
  steps.some(
    ({ action, lastIntent }) =>
      isTrace(action) && (!stoppedBecause || (lastIntent !== null && lastIntent.settledAt >= readAt)),
  );

const nameOf = ({ ticket }: Work): string => (ticket.number === null ? 'This ticket' : `#${ticket.number}`);

/**
 * Somebody's run ended on the ticket after this work was read: what it was compared with is old. Any of them, not only
 * the last: a change of status after a bill does not undo the bill.
 * @returns what was looked at, `undefined`: nothing needs to be
 */
const checkFresh = async ({ runs }: StartDeps, work: Work, readAt: number): Promise<LookedAt | undefined> => {
  if (work.ticket.id === null || !work.actions.some(isTrace)) return;
  const ended = await runs.endedOn(work.ticket.id, readAt);
  const last = ended.find((run) => leavesTraces(run, readAt));
  if (!last) return { since: readAt, ended: ended.map(({ id }) => id) };
  const { name } = last.technician;
  const what = last.stoppedBecause
    ? `${name}'s work on ${nameOf(work)} was stopped`
    : `${name} ${doing(last).past.toLowerCase()} ${nameOf(work)}`;
  throw new AppError('stale', `${what} while you were looking (ref ${last.ref}). Go back for a fresh preview.`);
};

/** Whether the ticket is free again, because who was asked may not write any more. */
const isFreed = async (deps: StartDeps, holder: Run): Promise<boolean> => {
  if (holder.state !== 'asking' || !(await barIfGone(deps, holder))) return false;
  const { runs, clock } = deps;
  for (const until = clock.now() + STOPPED_WITHIN_MS; clock.now() < until; await clock.sleep(LOOK_MS)) {
    const now = await runs.get(holder.id);
    if (!now || now.finishedAt !== null) return true;
  }
  return false;
};

/** The minutes of one clock are billed or logged once, from whichever form. */
const checkMinutes = async ({ runs, timers }: StartDeps, work: Work, formId: string): Promise<void> => {
  const timerId = timerIdOf(work);
  if (!timerId) return;
  const { holder } = minutesOf(timerId, await runs.ofTimers([timerId]));
  if (holder && holder.formId !== formId) throw minutesHeld(holder);
  if (!holder && (await timers.get(timerId)) === null) throw timerGone();
};

/**
 * Puts confirmed work into the journal; from here on it happens by itself. The same form confirmed again, by a second
 * press or by Slack sending twice, finds the run that is there.
 * @param readAt when the facts of the work were read
 * @param setAt when the clock had been set by which that was
 * @throws AppError stale (somebody changed the ticket since, or its minutes were billed from another form), busy
 * (another run holds it), no_database; then nothing was stored. unsure: it may have been
 */
export const startRun = async (
  deps: StartDeps,
  technician: Technician,
  formId: string,
  work: Work,
  readAt: number,
  setAt = readClock(deps.clock).setAt,
): Promise<Run> => {
  const { ids, clock } = deps;
  const run = runOf(work, { id: ids.id(), formId, ref: ids.ref(), technician, readAt, setAt, now: clock.now() });
  const add = async () => {
    await checkMinutes(deps, work, formId);
    const lookedAt = await checkFresh(deps, work, readAt);
    // The person's click waits 3 seconds. Stored twice is stored once: the form is the key.
    return untilKnown(clock, () => deps.runs.add(run, lookedAt), STORE_MS);
  };
  let added = await add();
  // One ended, or its timer went on, between the look and the storing: looked at now, it is named, or does not matter.
  while (added.result === 'overtaken' || (added.result === 'busy' && (await isFreed(deps, added.run))))
    added = await add();
  if (added.result === 'busy') {
    const { technician: holder, ref, state } = added.run;
    const { now, passive } = doing(added.run);
    throw new AppError(
      'busy',
      state === 'asking'
        ? `${now} ${nameOf(work)} is waiting for ${holder.name}, who has a question about it in their direct messages (ref ${ref}). Try again when it is answered.`
        : `${nameOf(work)} is being ${passive} right now by ${holder.name} (ref ${ref}). Try again when that's done.`,
    );
  }
  deps.nudge();
  return added.result === 'exists' ? added.run : run;
};

type Deps = StartDeps & { readonly forms: Forms };

/** An older preview may show facts that are no longer true. */
const PREVIEW_GOOD_MS = 5 * 60_000;

/**
 * Starts what a preview showed.
 * @param preview the one that was confirmed; `null`: the form has only one
 * @param amend puts into it what was said with the last button
 * @throws AppError stale (no or too old a preview), busy (another run holds the ticket); then nothing was stored
 */
export const confirmForm = async (
  deps: Deps,
  technician: Technician,
  formId: string,
  preview: string | null = null,
  amend: (work: Work) => Work = (work) => work,
): Promise<Run> => {
  const before = await deps.runs.byForm(formId);
  if (before && before.technician.slackUser === technician.slackUser) return before;
  const form = await deps.forms.get(formId);
  const isSeen = preview === null || form?.previewed?.preview === preview;
  if (!form?.previewed || !isSeen || form.technician !== technician.slackUser)
    throw new AppError('stale', 'There is no preview to confirm. Go back and preview it again.');
  const { work, at, setAt } = form.previewed;
  const age = deps.clock.now() - at;
  // A clock that was set back doesn't tell how old it is.
  if (age > PREVIEW_GOOD_MS || age < 0)
    throw new AppError('stale', 'This preview is over 5 minutes old. Go back for a fresh one.');
  return startRun(deps, technician, formId, amend(work), at, setAt);
};

/** What the last button of a preview does. */
export type Confirming = {
  /** Puts what the preview showed into the journal; from there on it happens by itself. @throws AppError */
  readonly confirmForm: (
    technician: Technician,
    formId: string,
    preview: string | null,
    amend?: (work: Work) => Work,
  ) => Promise<Run>;
};
