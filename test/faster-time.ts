import { setTimeout as sleep } from 'node:timers/promises';
import type { StartOptions } from '../src/start-app.ts';

type Time = Required<Pick<StartOptions, 'clock' | 'every'>>;

/**
 * The app's time, so many times as fast as the test's: settling, looking again, waiting out a limit take that much less.
 * What Node or a stand-in counts itself (a request's timeout, a late write) stays as long as it is.
 * @param speed a whole number
 */
export const fasterTime = (speed: number, began = Date.now()): Time => ({
  clock: {
    now: () => began + (Date.now() - began) * speed,
    sleep: (ms) => sleep(ms / speed, undefined, { ref: false }),
  },
  every: (ms, task) => {
    const timer = setInterval(task, Math.max(20, ms / speed));
    return () => clearInterval(timer);
  },
});
