import { type Feature, type Rows, withUse } from '../../slack/feature.ts';
import { createTimeLogging, type TimeDeps } from './prepare.ts';
import { timerButtons } from './slack/buttons.ts';
import { timerCommand } from './slack/command.ts';
import { logTimeForms } from './slack/preview.ts';
import type { TimeUse } from './slack/use.ts';
import { createTimers, type TimerDeps, type TimersOfPeople } from './timers.ts';

/** Measures time with a technician's timers, and logs it. */
export const timeRows: Rows<TimeUse> = { commands: [timerCommand], buttons: timerButtons, forms: logTimeForms };

type Floors = TimerDeps & TimeDeps & Omit<TimeUse, 'timers' | 'timeLogging'>;

export const createTime = (floors: Floors): Feature & { readonly timersOf: TimersOfPeople['list'] } => {
  const timers = createTimers(floors);
  return {
    rows: withUse<TimeUse>({ ...floors, timers, timeLogging: createTimeLogging(floors) }, timeRows),
    timersOf: timers.list,
  };
};
