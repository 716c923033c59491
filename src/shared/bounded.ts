/**
 * What many may ask for at the same time is done once, and what it came to is given to everybody for a while: a probe or
 * a scrape can't spend anybody's limits.
 */
export const sharedBriefly = <T>(keepMs: number, work: () => Promise<T>): (() => Promise<T>) => {
  let last: { readonly result: Promise<T>; until: number } | null = null;
  return () => {
    if (last && performance.now() < last.until) return last.result;
    const current = { result: work(), until: Number.POSITIVE_INFINITY };
    last = current;
    const ended = (): void => {
      current.until = performance.now() + keepMs;
    };
    current.result.then(ended, ended);
    return current.result;
  };
};

/** @throws Error after `ms`; the work itself goes on, nobody waits for it */
export const bounded = async <T>(ms: number, work: Promise<T>): Promise<T> => {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${ms / 1000} s`)), ms);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
};
