const DAY_MS = 24 * 3_600_000;

/** What Rails calls the zones of North America: Syncro may say either name (unverified which). */
const RAILS_ZONES: Readonly<Record<string, string>> = {
  'Eastern Time (US & Canada)': 'America/New_York',
  'Indiana (East)': 'America/Indiana/Indianapolis',
  'Central Time (US & Canada)': 'America/Chicago',
  'Mountain Time (US & Canada)': 'America/Denver',
  Arizona: 'America/Phoenix',
  'Pacific Time (US & Canada)': 'America/Los_Angeles',
  Alaska: 'America/Anchorage',
  Hawaii: 'Pacific/Honolulu',
  'Atlantic Time (Canada)': 'America/Halifax',
};

/** A time zone's name as computers know it; `null`: there is none of that name. */
export const timeZoneOf = (name: string): string | null => {
  const zone = RAILS_ZONES[name] ?? name;
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return zone;
  } catch {
    return null;
  }
};

/** Days and times as a clock on the wall shows them in a time zone. Moments are epoch milliseconds. */
export const calendarIn = (timeZone: string) => {
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    weekday: 'long',
    day: 'numeric',
    month: 'short',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
  const isoDay = new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' });
  const part = (at: number, type: Intl.DateTimeFormatPartTypes): string =>
    parts.formatToParts(at).find((each) => each.type === type)?.value ?? '';

  /** `2026-11-23`: days compare as texts. */
  const day = (at: number): string => isoDay.format(at);
  const dayAndMonth = (at: number): string => `${part(at, 'day')} ${part(at, 'month').slice(0, 3)}`;
  const time = (at: number): string => `${part(at, 'hour')}:${part(at, 'minute')}`;

  return {
    day,
    /** `08:00` */
    time,
    /** `Mon 23 Nov` */
    dayWords: (at: number): string => `${part(at, 'weekday').slice(0, 3)} ${dayAndMonth(at)}`,
    /** What stands behind "since": `08:00` of the same day, `yesterday`, `Friday`, `12 Nov`. */
    sinceWords: (then: number, now: number): string => {
      const days = Math.round((Date.parse(day(now)) - Date.parse(day(then))) / DAY_MS);
      if (days <= 0) return time(then);
      if (days === 1) return 'yesterday';
      return days < 7 ? part(then, 'weekday') : dayAndMonth(then);
    },
  };
};
