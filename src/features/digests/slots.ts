import { Cron } from 'croner';
import type { DigestSchedule } from './digest-job.ts';
import type { Slots } from './ports.ts';

/** A time of day that a change of the clocks skips is due right after the gap; one that comes twice is due once. */
const patternOf = ({ at, timezone, days }: DigestSchedule): Cron => {
  const [hour, minute] = at.split(':').map(Number);
  return new Cron(`${minute} ${hour} * * ${days}`, { timezone, mode: '5-part', paused: true });
};

export const slots: Slots = {
  // croner looks strictly before the moment, and what is due now is due.
  latest: (schedule, now) =>
    patternOf(schedule)
      .previousRuns(1, new Date(now + 1))[0]
      ?.getTime() ?? null,
  next: (schedule, now) => patternOf(schedule).nextRun(new Date(now))?.getTime() ?? null,
};
