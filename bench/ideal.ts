/** Something that arrives and needs so many requests. */
export type Arrival = { readonly at: number; readonly requests: number };

/**
 * How long each would wait if nothing but Syncro's limit took time: first come, first served, every request at the first
 * moment that the sliding window allows.
 * @returns milliseconds, in the order of the arrivals
 */
export const idealWaits = (arrivals: readonly Arrival[], limit: number, windowMs: number): readonly number[] => {
  const sent: number[] = [];
  return arrivals.map(({ at, requests }) => {
    let last = at;
    for (let i = 0; i < requests; i++) {
      const frees = sent[sent.length - limit];
      last = Math.max(at, sent.at(-1) ?? 0, frees === undefined ? 0 : frees + windowMs);
      sent.push(last);
    }
    return last - at;
  });
};

/** The most that lie in any stretch of so many milliseconds. @param times rising */
export const mostWithin = (times: readonly number[], windowMs: number): number => {
  let most = 0;
  let first = 0;
  for (const [last, at] of times.entries()) {
    while ((times[first] ?? at) <= at - windowMs) first += 1;
    most = Math.max(most, last - first + 1);
  }
  return most;
};
