/** Whether Syncro sends Retry-After is unknown; its limit is per minute, so a minute is the safe guess. */
const UNSAID_MS = 60_000;
const LONGEST_MS = 120_000;
const SHORTEST_MS = 1_000;

/**
 * How long a 429 asks to stay away, in milliseconds.
 * @param header seconds or an HTTP date, or `null` when there was none
 */
export const retryAfterMs = (header: string | null, now: number): number => {
  const said = header?.trim() ?? '';
  const ms = /^\d+(\.\d+)?$/.test(said) ? Number(said) * 1_000 : Date.parse(said) - now;
  if (said === '' || Number.isNaN(ms)) return UNSAID_MS;
  return Math.min(LONGEST_MS, Math.max(SHORTEST_MS, Math.round(ms)));
};
