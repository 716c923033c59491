import { AppError } from './errors.ts';
import type { Clock } from './system.ts';

/**
 * What the work comes to if it does so within `ms`, else what `late` gives or throws at that moment. The work goes on;
 * what it comes to afterwards is nobody's, a failure neither.
 */
export const within = <T, L>(ms: number, work: T | PromiseLike<T>, late: () => L): Promise<T | L> => {
  const over = Promise.withResolvers<void>();
  const timer = setTimeout(over.resolve, ms);
  return Promise.race([work, over.promise.then(late)]).finally(() => clearTimeout(timer));
};

const RETRY_MS = 200;
const MOST_RETRY_MS = 2_000;

const isAway = (error: unknown): error is AppError =>
  error instanceof AppError && (error.code === 'no_database' || error.code === 'unsure');

/**
 * Asks the database again while it is away. Only for what may be said twice: after a lost answer nobody knows whether
 * the first time counted, and saying it again is how one finds out.
 * @param forMs absent: for as long as it takes
 * @throws AppError no_database: provably nothing was stored; unsure: nobody knows. Whatever else `ask` throws
 */
export const untilKnown = async <T>(clock: Clock, ask: () => Promise<T>, forMs = Infinity): Promise<T> => {
  const began = clock.now();
  let unsure: AppError | null = null;
  for (let wait = RETRY_MS; ; wait = Math.min(MOST_RETRY_MS, 2 * wait)) {
    try {
      return await ask();
    } catch (error) {
      if (!isAway(error)) throw error;
      if (error.code === 'unsure') unsure = error;
      if (clock.now() + wait - began > forMs) throw unsure ?? error;
    }
    await clock.sleep(wait);
  }
};
