/**
 * How far ahead a moment may lie that somebody wrote down to wait for. What lies further was written by a clock that has
 * been set back since, and is not waited for.
 */

/** Until Syncro takes requests again after a 429 (syncro/retry-after.ts bounds what it says). */
export const LONGEST_PAUSE_MS = 130_000;

/** Until a run is looked at again; what takes longer is looked at in between. */
export const LONGEST_SLEEP_MS = 5 * 60_000;

/** Until whoever holds something must have renewed it. */
export const LONGEST_LEASE_MS = 10 * 60_000;
