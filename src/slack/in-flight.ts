import { within } from '../shared/within.ts';

/** Counts the requests that are being handled, so that a stop loses none: Bolt's own stop() doesn't wait for them. */
export const createInFlight = () => {
  const running = new Set<Promise<unknown>>();
  return {
    track: async <T>(work: Promise<T>): Promise<T> => {
      running.add(work);
      try {
        return await work;
      } finally {
        running.delete(work);
      }
    },
    /** Resolves when nothing is running, or after `graceMs`. */
    drained: async (graceMs: number): Promise<void> => {
      const nothing = async (): Promise<void> => {
        // Again and again: a request may have been on its way in.
        while (running.size > 0) await Promise.allSettled([...running]);
      };
      await within(graceMs, nothing(), () => undefined);
    },
  };
};
