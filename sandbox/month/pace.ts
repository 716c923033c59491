import type { Every } from '../../src/shared/system.ts';

/** While nobody does anything, what the app looks for again and again it looks for so seldom. */
const IDLE_MS = 30 * 60_000;
const DAY_MS = 24 * 3_600_000;

export type Pace = {
  readonly every: Every;
  /** Waits until then, and little happens meanwhile. */
  readonly idleUntil: (at: number) => Promise<void>;
};

/** A month of looking twice a second would be nothing else: the app does so while people work. */
export const createPace = (): Pace => {
  const armed = new Set<() => void>();
  let isIdle = false;
  const setIdle = (idle: boolean): void => {
    isIdle = idle;
    for (const arm of armed) arm();
  };
  return {
    every: (ms, task) => {
      let last = Date.now();
      let timer: NodeJS.Timeout | undefined;
      const arm = (): void => {
        clearTimeout(timer);
        const due = last + (isIdle ? Math.max(ms, IDLE_MS) : ms);
        timer = setTimeout(
          () => {
            last = Date.now();
            arm();
            task();
          },
          Math.max(0, due - Date.now()),
        );
      };
      arm();
      armed.add(arm);
      return () => {
        armed.delete(arm);
        clearTimeout(timer);
      };
    },
    idleUntil: async (at) => {
      setIdle(true);
      // A timer takes no more than 24 days.
      for (let left = at - Date.now(); left > 0; left = at - Date.now())
        await new Promise((done) => setTimeout(done, Math.min(Math.ceil(left), DAY_MS)));
      setIdle(false);
    },
  };
};
