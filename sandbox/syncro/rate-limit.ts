export type RateLimit = {
  /** Counts the request. Null lets it pass, else seconds until the window has room. */
  check: (now: number) => number | null;
};

const windowMs = 60_000;

/** One window for all keys, since Syncro counts per IP address; refused requests do not count. */
export const createRateLimit = (requestsPerMinute: number): RateLimit => {
  let taken: number[] = [];
  return {
    check: (now) => {
      if (requestsPerMinute <= 0) return null;
      taken = taken.filter((at) => at > now - windowMs);
      const oldest = taken[0];
      if (taken.length >= requestsPerMinute && oldest !== undefined) {
        return Math.max(1, Math.ceil((oldest + windowMs - now) / 1000));
      }
      taken.push(now);
      return null;
    },
  };
};
