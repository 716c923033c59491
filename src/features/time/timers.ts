import type { Runs } from '../../runs/ports.ts';
import { minutesHeld, minutesOf } from '../../runs/timer-runs.ts';
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
  readonly state: 'running' | 'stopped';
  /** The reference of a run that was stopped while nobody knew whether Syncro has these minutes. */
  readonly unsure: string | null;
};

export type StartedTimer =
  | { readonly outcome: 'started'; readonly timer: Timer; readonly stopped: OpenTimer | null }
  /** It runs on this ticket already. */
  | { readonly outcome: 'same'; readonly running: OpenTimer }
  | { readonly outcome: 'other'; readonly running: OpenTimer };

export type StoppedTimer =
  | { readonly outcome: 'stopped'; readonly stopped: OpenTimer }
  /** The one that runs is on another ticket than was said; it goes on. */
  | { readonly outcome: 'other'; readonly running: OpenTimer }
  /** None runs; these wait. */
  | { readonly outcome: 'none'; readonly open: readonly OpenTimer[] };

const MOST_TRIES = 3;

export const createTimers = (deps: TimerDeps) => {
  const { timers, runs, clock } = deps;

  const open = (timer: Timer, unsure: string | null = null): OpenTimer => ({
    timer,
    minutes: measuredMinutes(timer.startedAt, timer.stoppedAt ?? clock.now()),
    state: timer.stoppedAt === null ? 'running' : 'stopped',
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
  const own = async (technician: Technician, id: string): Promise<OpenTimer> => {
    const timer = await timers.get(id);
    if (!timer || timer.technician !== technician.slackUser)
      throw new AppError('stale', 'This timer was discarded, so its minutes are not billed.');
    const { holder, unsure } = minutesOf(id, await runs.ofTimers([id]));
    if (holder) throw minutesHeld(holder);
    return open(timer, unsure?.ref ?? null);
  };

  return {
    list,

    /**
     * @param instead the timer that may be stopped for it
     * @throws AppError not_found, no_key, unreachable; then nothing was started or stopped
     */
    start: async (
      technician: Technician,
      number: TicketNumber,
      instead: string | null = null,
    ): Promise<StartedTimer> => {
      // The work began when it was asked for, not when Syncro had answered.
      const at = clock.now();
      const before = await running(technician);
      if (before?.ticketNumber === number) return { outcome: 'same', running: open(before) };
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
      };
      let stopped: OpenTimer | null = null;
      for (let tries = 0; tries < MOST_TRIES; tries++) {
        const other = await running(technician);
        if (other && other.ticketNumber === number) return { outcome: 'same', running: open(other) };
        if (other && other.id !== instead) return { outcome: 'other', running: open(other) };
        if (other) stopped = open(await stopAt(other, at));
        if (await timers.start(timer)) return { outcome: 'started', timer, stopped };
      }
      throw new AppError('busy', 'Your timers changed in the meantime. Check them with /syncro timer list.');
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
      if (found.state === 'stopped') return { stopped: found, ran: false };
      return { stopped: open(await stopAt(found.timer, clock.now()), found.unsure), ran: true };
    },

    /** @throws AppError stale, busy: a run has its minutes */
    discard: async (technician: Technician, id: string): Promise<OpenTimer> => {
      const discarded = await own(technician, id);
      await timers.discard(id, clock.now());
      return discarded;
    },
  };
};

export type TimersOfPeople = ReturnType<typeof createTimers>;
