export type SandboxClock = {
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Lets triggers, response URLs and rate limits grow older without waiting; what is due by then happens. */
  readonly advance: (ms: number) => void;
  /** Runs it once the clock, real or advanced, gets there; before this returns when that time is past. */
  readonly at: (ms: number, run: () => void) => void;
  /** Nothing that is still to come happens any more. */
  readonly stop: () => void;
};

type Alarm = { readonly at: number; readonly run: () => void };

/** Node takes a longer wait for none at all. */
const LONGEST_WAIT_MS = 2 ** 31 - 1;

export const createClock = (): SandboxClock => {
  let ahead = 0;
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;
  const alarms = new Set<Alarm>();
  const now = (): number => Date.now() + ahead;
  const first = (): Alarm | undefined => [...alarms].sort((a, b) => a.at - b.at)[0];

  const ring = (): void => {
    let next = first();
    while (next && next.at <= now()) {
      alarms.delete(next);
      next.run();
      next = first();
    }
    clearTimeout(timer);
    if (next) timer = setTimeout(ring, Math.min(next.at - now(), LONGEST_WAIT_MS)).unref();
  };

  return {
    now,
    advance: (ms) => {
      ahead += ms;
      ring();
    },
    at: (ms, run) => {
      if (stopped) return;
      alarms.add({ at: ms, run });
      ring();
    },
    stop: () => {
      stopped = true;
      alarms.clear();
      clearTimeout(timer);
    },
  };
};
