import type { TimerRow } from './rows.ts';
import type { SyncroState } from './state.ts';

/** Seconds of work; 0 while the timer runs. */
const activeSeconds = (row: TimerRow): number =>
  row.active_seconds ??
  (row.end_time === null ? 0 : Math.round((Date.parse(row.end_time) - Date.parse(row.start_time)) / 1000));

/** What an entry is charged as: at least what the account asks for this labor. */
export const billableSeconds = ({ settings }: SyncroState, row: TimerRow): number => {
  const minimum = settings.labor_minimum_minutes?.[row.product_id ?? 0] ?? 0;
  return row.end_time === null ? 0 : Math.max(activeSeconds(row), minimum * 60);
};

export const timerJson = (state: SyncroState, row: TimerRow): object => {
  const { active_seconds: _, ...shown } = row;
  return {
    ...shown,
    toggl_id: null,
    comment_id: null,
    active_duration: activeSeconds(row),
    billable_time: billableSeconds(state, row),
    billable_override: null,
  };
};
