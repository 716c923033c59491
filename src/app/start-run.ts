import { isRepeatable } from '../domain/resend.ts';
import { isWrite, type Run } from '../domain/run.ts';
import { DOING } from '../domain/run-verbs.ts';
import type { Technician } from '../domain/technician.ts';
import { runOf, type Work } from '../domain/work.ts';
import { AppError } from '../errors.ts';
import type { Clock, Ids, LookedAt, Runs } from './ports.ts';
import { readClock } from './read-clock.ts';
import { minutesHeld, minutesOf } from './timer-runs.ts';
import { untilKnown } from './until-known.ts';

export type StartDeps = {
  readonly runs: Pick<Runs, 'add' | 'byForm' | 'endedOn' | 'ofTimers'>;
  readonly clock: Clock;
  readonly ids: Ids;
  /** Tells the runner that there is something to do. */
  readonly nudge: () => void;
};

const STORE_MS = 1_200;

/** What changed a ticket in a way that can't be told from what this work would do to it. */
const leavesTraces = (run: Run): boolean => run.steps.some(({ action }) => isWrite(action) && !isRepeatable(action));

const nameOf = ({ ticket }: Work): string => (ticket.number === null ? 'This ticket' : `#${ticket.number}`);

/**
 * Somebody's run ended on the ticket after this work was read: what it was compared with is old. Any of them, not only
 * the last: a change of status after a bill does not undo the bill.
 * @returns what was looked at, `undefined`: nothing needs to be
 */
const checkFresh = async ({ runs }: StartDeps, work: Work, readAt: number): Promise<LookedAt | undefined> => {
  if (work.ticket.id === null || !work.actions.some((action) => isWrite(action) && !isRepeatable(action))) return;
  const ended = await runs.endedOn(work.ticket.id, readAt);
  const last = ended.find(leavesTraces);
  if (!last) return { since: readAt, ended: ended.map(({ id }) => id) };
  const { past } = DOING[last.kind];
  throw new AppError(
    'stale',
    `${last.technician.name} ${past.toLowerCase()} ${nameOf(work)} since this preview (ref ${last.ref}). Press Back, then Preview, to see what is true now.`,
  );
};

/** The minutes of one clock are billed or logged once, from whichever form. */
const checkMinutes = async ({ runs }: StartDeps, { timerId }: Work, formId: string): Promise<void> => {
  if (!timerId) return;
  const { holder } = minutesOf(timerId, await runs.ofTimers([timerId]));
  if (holder && holder.formId !== formId) throw minutesHeld(holder);
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
  await checkMinutes(deps, work, formId);
  const { ids, clock } = deps;
  const run = runOf(work, { id: ids.id(), formId, ref: ids.ref(), technician, readAt, setAt, now: clock.now() });
  const add = async () => {
    const lookedAt = await checkFresh(deps, work, readAt);
    // The person's click waits 3 seconds. Stored twice is stored once: the form is the key.
    return untilKnown(clock, () => deps.runs.add(run, lookedAt), STORE_MS);
  };
  let added = await add();
  // One ended between the look and the storing: looked at now, it is named, or does not matter.
  while (added.result === 'overtaken') added = await add();
  if (added.result === 'busy') {
    const { kind, technician: holder, ref, state } = added.run;
    const { now, passive } = DOING[kind];
    throw new AppError(
      'busy',
      state === 'asking'
        ? `${now} ${nameOf(work)} waits for ${holder.name}, who was asked about it in their direct messages (ref ${ref}). When that is answered, try again.`
        : `${nameOf(work)} is being ${passive} right now by ${holder.name} (ref ${ref}). When that is finished, try again.`,
    );
  }
  deps.nudge();
  return added.result === 'exists' ? added.run : run;
};
