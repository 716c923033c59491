import type { Clock } from './system.ts';

/** Short naps instead of one long: nothing is left running when the work was quick. */
const NAP_MS = 50;

/** What the work gives if it does so in time, else `null`; it goes on, and a failure after that is nobody's. */
export const within = async <T>(clock: Clock, ms: number, work: Promise<T>): Promise<{ readonly value: T } | null> => {
  const until = clock.now() + ms;
  const done = work.then((value) => ({ value }));
  while (clock.now() < until) {
    const first = await Promise.race([done, clock.sleep(NAP_MS).then(() => null)]);
    if (first) return first;
  }
  return null;
};
