/** Counts the requests that are being handled, so that a stop loses none: Bolt's own stop() doesn't wait for them. */
export const createInFlight = () => {
  const running = new Set<Promise<unknown>>();
  return {
    track: async (work: Promise<void>): Promise<void> => {
      running.add(work);
      try {
        await work;
      } finally {
        running.delete(work);
      }
    },
    /** Resolves when nothing is running, or after `graceMs`. */
    drained: async (graceMs: number): Promise<void> => {
      let timer: NodeJS.Timeout | undefined;
      const patience = new Promise<void>((resolve) => {
        timer = setTimeout(resolve, graceMs);
      });
      await Promise.race([Promise.allSettled([...running]), patience]);
      clearTimeout(timer);
    },
  };
};
