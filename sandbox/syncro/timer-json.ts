import type { Call } from './route.ts';
import type { TimerRow } from './rows.ts';
import type { SyncroState } from './state.ts';

/** Seconds of work; 0 while the timer runs. */
const activeSeconds = (row: TimerRow): number =>
  row.active_seconds ??
  (row.end_time === null ? 0 : Math.round((Date.parse(row.end_time) - Date.parse(row.start_time)) / 1000));

/** What an entry is charged as: at least, and in the steps, that the account asks for this labor. */
export const billableSeconds = ({ settings }: SyncroState, row: TimerRow): number => {
  if (row.end_time === null) return 0;
  const minimum = 60 * (settings.labor_minimum_minutes?.[row.product_id ?? 0] ?? 0);
  const step = 60 * (settings.labor_increment_minutes?.[row.product_id ?? 0] ?? 0);
  const seconds = Math.max(activeSeconds(row), minimum);
  return step === 0 ? seconds : Math.ceil(seconds / step) * step;
};

export const timerJson = ({ state, behaviour }: Pick<Call, 'state' | 'behaviour'>, row: TimerRow): object => {
  const seconds = billableSeconds(state, row);
  const { active_seconds: _, ...shown } = row;
  return {
    ...shown,
    toggl_id: null,
    comment_id: null,
    active_duration: activeSeconds(row),
    billable_time: behaviour.billableTimeIn === 'minutes' ? Math.round(seconds / 60) : seconds,
    billable_override: null,
  };
};
