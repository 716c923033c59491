import { Cron } from 'croner';
import type { DigestSchedule } from './ports.ts';

/** A time of day that a change of the clocks skips is due right after the gap; one that comes twice is due once. */
const patternOf = ({ at, timezone, days }: DigestSchedule): Cron => {
  const [hour, minute] = at.split(':').map(Number);
  return new Cron(`${minute} ${hour} * * ${days}`, { timezone, mode: '5-part', paused: true });
};

/** The last moment, up to and including `now`, at which a digest was due; `null`: none. */
export const latestSlot = (schedule: DigestSchedule, now: number): number | null => {
  // croner looks strictly before the moment, and what is due now is due.
  const [latest] = patternOf(schedule).previousRuns(1, new Date(now + 1));
  return latest?.getTime() ?? null;
};

/** The first moment after `now` at which it is due. */
export const nextSlot = (schedule: DigestSchedule, now: number): number | null =>
  patternOf(schedule).nextRun(new Date(now))?.getTime() ?? null;
