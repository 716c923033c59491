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
