import { setTimeout as sleep } from 'node:timers/promises';

export interface Clock {
  /** Epoch milliseconds. */
  now(): number;
  sleep(ms: number): Promise<void>;
  /**
   * When it was last set, ahead or back, as it shows now; or when this process began, which knows of no time before. How
   * long ago something was that was noted earlier, it can't tell. Absent: never.
   */
  setAt?(): number;
}

/** What a clock shows, and when it was last set; 0: never. */
export type ClockNow = { readonly now: number; readonly setAt: number };

export const readClock = (clock: Clock): ClockNow => ({ now: clock.now(), setAt: clock.setAt?.() ?? 0 });

/** Does something again and again until the returned function is called. */
export type Every = (ms: number, task: () => void) => () => void;

export interface Log {
  debug(fields: object, message: string): void;
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

/** Ids and references; passed in so that tests and simulations repeat. */
export interface Ids {
  /** Unguessable. */
  id(): string;
  /** Short enough to read out on the phone. */
  ref(): string;
}

/** Does something so that every line of the log about it carries this reference. */
export type InRequest = <T>(ref: string, work: () => T) => T;

/** When something happened last that every copy must know of, by name. Epoch milliseconds. */
export interface LastTimes {
  /** `null`: never. */
  at(name: string): Promise<number | null>;
  /** Never back to an earlier time. */
  set(name: string, at: number): Promise<void>;
}

/** The machine's two clocks disagree by more: somebody set one, or the machine slept. */
const JUMP_MS = 1_000;

/** The machine's clock, which notices when it is set. */
export const createSystemClock = (): Clock => {
  let setAt = Date.now();
  let offset = setAt - performance.now();
  const now = (): number => {
    const wall = Date.now();
    const apart = wall - performance.now();
    if (Math.abs(apart - offset) > JUMP_MS) [setAt, offset] = [wall, apart];
    return wall;
  };
  return {
    now,
    sleep: (ms) => sleep(ms),
    setAt: () => {
      now();
      return setAt;
    },
  };
};

export const systemClock: Clock = createSystemClock();

export const systemEvery: Every = (ms, task) => {
  const timer = setInterval(task, ms);
  return () => clearInterval(timer);
};
