import type { Runs } from '../../runs/ports.ts';
import { minutesHeld, minutesOf, timerGone } from '../../runs/timer-runs.ts';
import { AppError } from '../../shared/errors.ts';
import { measuredMinutes } from '../../shared/minutes.ts';
import type { Clock, Ids } from '../../shared/system.ts';
import type { Technician } from '../../shared/technician.ts';
import type { Identity } from '../../syncro/identity.ts';
import type { TicketNumber } from '../../syncro/ticket.ts';
import { type FindDeps, readTicket } from '../tickets/find-ticket.ts';
import type { Timer, Timers } from './ports.ts';

export type TimerDeps = FindDeps & {
  readonly timers: Timers;
  readonly runs: Pick<Runs, 'ofTimers'>;
  readonly identity: Identity;
  readonly clock: Clock;
  readonly ids: Ids;
};

/** A timer whose minutes are not billed, logged or discarded yet. */
export type OpenTimer = {
  readonly timer: Timer;
  readonly minutes: number;
  readonly state: 'running' | 'paused';
  /** The reference of a run that was stopped while nobody knew whether Syncro has these minutes. */
  readonly unsure: string | null;
};

export type StartedTimer =
  /** `paused`: the one that ran until then. */
  | { readonly outcome: 'started' | 'resumed'; readonly running: OpenTimer; readonly paused: OpenTimer | null }
  /** It runs already. */
  | { readonly outcome: 'same'; readonly running: OpenTimer };

/** None waits to be resumed; these are open. */
export type ResumedTimer = StartedTimer | { readonly outcome: 'none'; readonly open: readonly OpenTimer[] };

export type StoppedTimer =
  | { readonly outcome: 'stopped'; readonly stopped: OpenTimer }
  /** The one that runs is on another ticket than was said; it goes on. */
  | { readonly outcome: 'other'; readonly running: OpenTimer }
  /** None runs; these wait. */
  | { readonly outcome: 'none'; readonly open: readonly OpenTimer[] };

const MOST_TRIES = 3;

const minutesIn = ({ earlier, startedAt }: Timer, until: number): number =>
  measuredMinutes(
    0,
    [...earlier, { startedAt, endedAt: until }].reduce((sum, one) => sum + Math.max(0, one.endedAt - one.startedAt), 0),
  );

/** What stays the same of an id when the timer is resumed: buttons that were shown before still mean it. */
const baseOf = (id: string): string => id.split('.')[0] ?? id;

/** The same timer, going on: the time since it was paused is not in it. */
const goingOn = (timer: Timer, stoppedAt: number, at: number): Timer => ({
  ...timer,
  id: `${baseOf(timer.id)}.${timer.earlier.length + 1}`,
  startedAt: Math.max(at, stoppedAt),
  stoppedAt: null,
  earlier: [...timer.earlier, { startedAt: timer.startedAt, endedAt: stoppedAt }],
});

export const createTimers = (deps: TimerDeps) => {
  const { timers, runs, clock } = deps;

  const open = (timer: Timer, unsure: string | null = null): OpenTimer => ({
    timer,
    minutes: minutesIn(timer, timer.stoppedAt ?? clock.now()),
    state: timer.stoppedAt === null ? 'running' : 'paused',
    unsure,
  });

  const list = async ({ slackUser }: Technician): Promise<readonly OpenTimer[]> => {
    const mine = await timers.of(slackUser);
    const taken = await runs.ofTimers(mine.map(({ id }) => id));
    const shown: OpenTimer[] = [];
    for (const timer of mine) {
      const { holder, settled, unsure } = minutesOf(timer.id, taken);
      if (settled) await timers.settle(timer.id, clock.now());
      if (!holder) shown.push(open(timer, unsure?.ref ?? null));
    }
    return shown;
  };

  const running = async ({ slackUser }: Technician): Promise<Timer | null> =>
    (await timers.of(slackUser)).find(({ stoppedAt }) => stoppedAt === null) ?? null;

  /** @returns the timer as it stands then, also when somebody was quicker */
  const stopAt = async (timer: Timer, at: number): Promise<Timer> => {
    // A clock that was set back measured nothing.
    const stoppedAt = Math.max(at, timer.startedAt);
    if (await timers.stop(timer.id, stoppedAt)) return { ...timer, stoppedAt };
    return (await timers.get(timer.id)) ?? timer;
  };

  /** A timer of this person whose minutes may still be billed. @throws AppError stale, busy */
  const own = async ({ slackUser }: Technician, id: string): Promise<OpenTimer> => {
    const mine = await timers.of(slackUser);
    const timer = mine.find((one) => baseOf(one.id) === baseOf(id)) ?? (await timers.get(id));
    if (!timer || timer.technician !== slackUser) throw timerGone();
    const { holder, unsure } = minutesOf(timer.id, await runs.ofTimers([timer.id]));
    if (holder) throw minutesHeld(holder);
    return open(timer, unsure?.ref ?? null);
  };

  /** Lets it run, and pauses the one that runs. @param begin false: another one runs, or it can't any more */
  const letRun = async (
    technician: Technician,
    timer: Timer,
    outcome: 'started' | 'resumed',
    begin: () => Promise<boolean>,
  ): Promise<StartedTimer> => {
    let paused: OpenTimer | null = null;
    for (let tries = 0; tries < MOST_TRIES; tries++) {
      const other = await running(technician);
      if (other && other.ticketNumber === timer.ticketNumber) return { outcome: 'same', running: open(other) };
      if (other) paused = open(await stopAt(other, timer.startedAt));
      if (await begin()) return { outcome, running: open(timer), paused };
    }
    throw new AppError('busy', 'Your timers changed in the meantime. Check them with /syncro timer list.');
  };

  const goOn = (technician: Technician, { timer }: OpenTimer): Promise<StartedTimer> => {
    const next = goingOn(timer, timer.stoppedAt ?? clock.now(), clock.now());
    return letRun(technician, next, 'resumed', () => timers.resume(timer.id, next));
  };

  /** The one that was paused last. What may be in Syncro already is left to a person. @param number `null`: on any ticket */
  const waiting = (listed: readonly OpenTimer[], number: TicketNumber | null): OpenTimer | undefined =>
    listed
      .filter(
        ({ state, unsure, timer }) =>
          state === 'paused' && unsure === null && (number ?? timer.ticketNumber) === timer.ticketNumber,
      )
      .toSorted((a, b) => (a.timer.stoppedAt ?? 0) - (b.timer.stoppedAt ?? 0))
      .at(-1);

  return {
    list,

    /**
     * Of a ticket whose timer is paused, that one goes on.
     * @throws AppError not_found, no_key, unreachable; then nothing was started or paused
     */
    start: async (technician: Technician, number: TicketNumber): Promise<StartedTimer> => {
      // The work began when it was asked for, not when Syncro had answered.
      const at = clock.now();
      const before = await running(technician);
      if (before?.ticketNumber === number) return { outcome: 'same', running: open(before) };
      const paused = waiting(await list(technician), number);
      if (paused) return goOn(technician, paused);
      const {
        id: ticketId,
        subject,
        customerName,
      } = await readTicket(deps, await deps.identity.reader(technician), number);
      const timer: Timer = {
        id: deps.ids.id(),
        technician: technician.slackUser,
        ticketId,
        ticketNumber: number,
        subject,
        customerName,
        startedAt: at,
        stoppedAt: null,
        earlier: [],
      };
      return letRun(technician, timer, 'started', () => timers.start(timer));
    },

    /** The one that was paused last goes on, or the one on this ticket. @param number `null`: any */
    resumeOn: async (technician: Technician, number: TicketNumber | null): Promise<ResumedTimer> => {
      const before = await running(technician);
      if (before && (number ?? before.ticketNumber) === before.ticketNumber)
        return { outcome: 'same', running: open(before) };
      const listed = await list(technician);
      const paused = waiting(listed, number);
      return paused ? goOn(technician, paused) : { outcome: 'none', open: listed };
    },

    /** @throws AppError stale, busy */
    resume: async (technician: Technician, id: string): Promise<StartedTimer> => {
      const found = await own(technician, id);
      if (found.state === 'running') return { outcome: 'same', running: found };
      if (found.unsure !== null)
        throw new AppError('stale', 'These minutes may be in Syncro already. Look before you bill or discard them.');
      return goOn(technician, found);
    },

    /** Stops the one that runs. @param number the ticket that it must be on; `null`: any */
    stop: async (technician: Technician, number: TicketNumber | null): Promise<StoppedTimer> => {
      const timer = await running(technician);
      if (!timer) return { outcome: 'none', open: await list(technician) };
      if (number !== null && timer.ticketNumber !== number) return { outcome: 'other', running: open(timer) };
      return { outcome: 'stopped', stopped: open(await stopAt(timer, clock.now())) };
    },

    /** Its minutes, to be billed or logged; a running one is stopped first. @throws AppError stale, busy */
    take: async (technician: Technician, id: string): Promise<{ stopped: OpenTimer; ran: boolean }> => {
      const found = await own(technician, id);
      if (found.state === 'paused') return { stopped: found, ran: false };
      return { stopped: open(await stopAt(found.timer, clock.now()), found.unsure), ran: true };
    },

    /** @throws AppError stale, busy: a run has its minutes */
    discard: async (technician: Technician, id: string): Promise<OpenTimer> => {
      const discarded = await own(technician, id);
      await timers.discard(discarded.timer.id, clock.now());
      return discarded;
    },
  };
};

export type TimersOfPeople = ReturnType<typeof createTimers>;
