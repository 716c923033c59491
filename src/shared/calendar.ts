const DAY_MS = 24 * 3_600_000;

const makeCalendar = (timeZone: string) => {
  const words = new Intl.DateTimeFormat('en-GB', { timeZone, weekday: 'long', day: 'numeric', month: 'short' });
  const clock = new Intl.DateTimeFormat('en-CA', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
  });
  const word = (at: number, type: Intl.DateTimeFormatPartTypes): string =>
    words.formatToParts(at).find((part) => part.type === type)?.value ?? '';
  const clockParts = (at: number) => {
    const parts = new Map(clock.formatToParts(at).map(({ type, value }) => [type, value]));
    return (type: Intl.DateTimeFormatPartTypes): string => parts.get(type) ?? '';
  };
  /** `2026-11-23T08:00:12` */
  const wall = (at: number): string => {
    const of = clockParts(at);
    return `${of('year')}-${of('month')}-${of('day')}T${of('hour')}:${of('minute')}:${of('second')}`;
  };

  /** `2026-11-23`: days compare as texts. */
  const day = (at: number): string => wall(at).slice(0, 10);
  const time = (at: number): string => wall(at).slice(11, 16);
  const dayAndMonth = (at: number): string => `${word(at, 'day')} ${word(at, 'month').slice(0, 3)}`;

  return {
    day,
    /** `08:00` */
    time,
    /** `2026-11-23 08:00` */
    moment: (at: number): string => `${day(at)} ${time(at)}`,
    /** Midnight before a moment. */
    startOfDay: (now: number): number => {
      const midnight = Date.parse(`${day(now)}T00:00:00Z`);
      const utcAt = (guess: number) => midnight - (Date.parse(`${wall(guess)}Z`) - guess);
      // Twice: on a day when the clocks change, midnight's offset is not noon's.
      return utcAt(utcAt(midnight));
    },
    /** `Mon 23 Nov` */
    dayWords: (at: number): string => `${word(at, 'weekday').slice(0, 3)} ${dayAndMonth(at)}`,
    /** What stands behind "since": `08:00` of the same day, `yesterday`, `Friday`, `12 Nov`. */
    sinceWords: (then: number, now: number): string => {
      const days = Math.round((Date.parse(day(now)) - Date.parse(day(then))) / DAY_MS);
      if (days <= 0) return time(then);
      if (days === 1) return 'yesterday';
      return days < 7 ? word(then, 'weekday') : dayAndMonth(then);
    },
  };
};

export type Calendar = ReturnType<typeof makeCalendar>;

/** A formatter takes longer to make than to use, and there are few zones. */
const calendars = new Map<string, Calendar>();

/**
 * Days and times as a clock on the wall shows them in a time zone. Moments are epoch milliseconds.
 * @throws RangeError for a zone that this machine does not know; `timeZoneOf` tells
 */
export const calendarIn = (timeZone: string): Calendar => {
  const calendar = calendars.get(timeZone) ?? makeCalendar(timeZone);
  calendars.set(timeZone, calendar);
  return calendar;
};
