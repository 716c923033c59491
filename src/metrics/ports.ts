/** What the database says about all copies of the app together. */
export type Standing = {
  /** Unfinished runs by state, with the creation of the oldest. */
  readonly runs: ReadonlyArray<{ readonly state: string; readonly count: number; readonly oldestAt: number }>;
  /** Requests to Syncro in the last minute. */
  readonly requestsInWindow: number;
  /** Until when Syncro wants none; `null`: it takes them. */
  readonly pausedUntil: number | null;
  /** When the digest was due that is due longest and not posted; `null`: none. */
  readonly oldestDueDigest: number | null;
};

export interface Standings {
  read(now: number): Promise<Standing>;
}
