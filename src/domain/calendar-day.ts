/**
 * `2026-11-23`, the day of a moment as the calendar on the wall shows it; days compare as texts.
 * @param timeZone one that isn't known counts as UTC
 */
export const dayIn = (timeZone: string | null): ((at: number) => string) => {
  const parts = { year: 'numeric', month: '2-digit', day: '2-digit' } as const;
  const format = (zone: string) => new Intl.DateTimeFormat('en-CA', { timeZone: zone, ...parts });
  let formatter = format('UTC');
  try {
    formatter = format(timeZone ?? 'UTC');
  } catch {
    // An account may carry a name that is in no database of zones.
  }
  return (at) => formatter.format(at);
};
