/** A time zone that times can be told in: the account's own, or UTC when its name is of another kind. */
export const knownZone = (name: string | null): string => {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name ?? 'UTC' }).resolvedOptions().timeZone;
  } catch {
    return 'UTC';
  }
};

/** `2026-11-24 09:11`, as the clock there shows it. */
export const moment = (at: number, timeZone: string): string => {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).formatToParts(at);
  const of = (type: string): string => parts.find((part) => part.type === type)?.value ?? '';
  return `${of('year')}-${of('month')}-${of('day')} ${of('hour')}:${of('minute')}`;
};

/** `2026-11-24` */
export const dayIn = (timeZone: string, at: number): string => moment(at, timeZone).slice(0, 10);
