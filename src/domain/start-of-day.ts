/** The clock on the wall of a zone at a moment, as if it were UTC. */
const wallClock = (at: number, timeZone: string): number => {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  }).formatToParts(at);
  const of = (type: Intl.DateTimeFormatPartTypes) => Number(parts.find((part) => part.type === type)?.value);
  return Date.UTC(of('year'), of('month') - 1, of('day'), of('hour'), of('minute'), of('second'));
};

/** A zone by its name in the time zone database; Syncro's accounts carry such names, but nobody promises it. */
export const isTimeZone = (name: string): boolean => {
  try {
    return new Intl.DateTimeFormat('en-US', { timeZone: name }).format(0) !== '';
  } catch {
    return false;
  }
};

/** Midnight before a moment, in a zone. */
export const startOfDay = (now: number, timeZone: string): number => {
  const wall = new Date(wallClock(now, timeZone));
  const midnight = Date.UTC(wall.getUTCFullYear(), wall.getUTCMonth(), wall.getUTCDate());
  const utcAt = (guess: number) => midnight - (wallClock(guess, timeZone) - guess);
  // Twice: on a day when the clocks change, midnight's offset is not noon's.
  return utcAt(utcAt(midnight));
};
