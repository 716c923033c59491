import type { TimerRow } from './rows.ts';

/** Seconds between start and end; 0 while the timer runs. */
export const activeSeconds = (row: TimerRow): number =>
  row.end_time === null ? 0 : Math.round((Date.parse(row.end_time) - Date.parse(row.start_time)) / 1000);

export const timerJson = (row: TimerRow): object => ({
  ...row,
  toggl_id: null,
  comment_id: null,
  active_duration: activeSeconds(row),
  billable_time: activeSeconds(row),
  billable_override: null,
});
