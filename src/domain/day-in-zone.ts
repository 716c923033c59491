const HALF_DAY_MS = 12 * 3_600_000;

const dayOf = (at: number): string => new Date(at).toISOString().slice(0, 10);

/**
 * The day of a moment, `YYYY-MM-DD`, in an account's zone: Syncro keeps a due date as the beginning of that day there.
 * @param zone `null` or unknown to this machine: the nearest beginning of a day anywhere
 */
export const dayInZone = (at: number, zone: string | null): string => {
  if (zone === null) return dayOf(at + HALF_DAY_MS);
  try {
    const parts = new Intl.DateTimeFormat('en-CA', {
      timeZone: zone,
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
    }).formatToParts(at);
    const part = (type: string) => parts.find((one) => one.type === type)?.value ?? '';
    return `${part('year')}-${part('month')}-${part('day')}`;
  } catch {
    // Some accounts name their zone in Rails' words, e.g. "Pacific Time (US & Canada)".
    return dayOf(at + HALF_DAY_MS);
  }
};
