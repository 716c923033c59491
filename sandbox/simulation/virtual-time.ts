import type { Random } from './random.ts';

/** Something that can die or be stopped for a while, as the operating system does it: between any two awaits. */
export type SimulatedProcess = { readonly name: string; alive: boolean; frozenUntil: number };

type Event = {
  at: number;
  readonly order: number;
  readonly process: SimulatedProcess | null;
  readonly run: () => void;
};

export type VirtualTime = {
  readonly now: () => number;
  /** What the clock of the app's machine shows. */
  readonly wall: () => number;
  /** When it was last set, as it shows; 0: never. */
  readonly setAt: () => number;
  /** Sets that clock, ahead or back; nothing that waits is due sooner or later. */
  readonly setWall: (byMs: number) => void;
  /** Happens in the world, whoever lives. */
  readonly after: (ms: number, run: () => void) => void;
  /** Resolves later, unless the process is dead by then: then never. */
  readonly wait: (process: SimulatedProcess | null, ms: number) => Promise<void>;
  readonly every: (process: SimulatedProcess, ms: number, task: () => void) => () => void;
  /** Runs until nothing is left to happen, `isOver` says so, or the time has come. */
  readonly run: (until: number, isOver: () => boolean) => Promise<void>;
  /** Runs until that time, whatever happens. */
  readonly rest: (until: number) => Promise<void>;
};

/** Lets everything that needs no time happen: promises, and the database, which answers within the same turn. */
const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** Time that passes only when nobody can do anything else; things due at the same time happen in random order. */
export const createVirtualTime = (start: number, random: Random): VirtualTime => {
  let now = start;
  let wallAhead = 0;
  let setAt = 0;
  const events: Event[] = [];

  const push = (event: Event): void => {
    let low = 0;
    let high = events.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const other = events[middle];
      // Latest first, so that the next one is popped from the end.
      if (other && (other.at > event.at || (other.at === event.at && other.order > event.order))) low = middle + 1;
      else high = middle;
    }
    events.splice(low, 0, event);
  };
  const schedule = (process: SimulatedProcess | null, ms: number, run: () => void): void =>
    push({ at: now + Math.max(0, ms), order: random.next(), process, run });

  const run: VirtualTime['run'] = async (until, isOver) => {
    await settle();
    for (let event = events.at(-1); event && event.at <= until && !isOver(); event = events.at(-1)) {
      events.pop();
      const { process } = event;
      if (process && !process.alive) continue;
      if (process && process.frozenUntil > event.at) {
        push({ ...event, at: process.frozenUntil, order: random.next() });
        continue;
      }
      now = Math.max(now, event.at);
      event.run();
      await settle();
    }
  };

  return {
    now: () => now,
    wall: () => now + wallAhead,
    setAt: () => setAt,
    setWall: (byMs) => {
      wallAhead += byMs;
      setAt = now + wallAhead;
    },
    after: (ms, run) => schedule(null, ms, run),
    wait: (process, ms) => new Promise((resolve) => schedule(process, ms, resolve)),
    every: (process, ms, task) => {
      let on = true;
      const again = (): void => {
        if (!on) return;
        task();
        schedule(process, ms, again);
      };
      schedule(process, ms, again);
      return () => {
        on = false;
      };
    },
    run,
    rest: async (until) => {
      await run(until, () => false);
      now = Math.max(now, until);
    },
  };
};
