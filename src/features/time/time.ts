import { type Feature, type Rows, withUse } from '../../slack/feature.ts';
import { ticketForms } from '../tickets/ports.ts';
import { createTimeLogging, type TimeDeps } from './prepare.ts';
import { timerButtons } from './slack/buttons.ts';
import { timerCommand } from './slack/command.ts';
import { logTimeForm, logTimePreview } from './slack/form.ts';
import type { TimeUse } from './slack/use.ts';
import { createTimers, type TimerDeps, type TimersOfPeople } from './timers.ts';

/** Measures time with a technician's timers, and logs it. */
export const timeRows: Rows<TimeUse> = {
  commands: [timerCommand],
  buttons: timerButtons,
  forms: logTimePreview.forms,
  closed: logTimeForm.closed,
};

type Deps = TimerDeps & TimeDeps & Omit<TimeUse, 'timers' | 'timeLogging'>;

export const createTime = (deps: Deps): Feature & { readonly timersOf: TimersOfPeople['list'] } => {
  const { confirmForm, openBillForm } = deps;
  const timers = createTimers(deps);
  return {
    rows: withUse<TimeUse>(
      { ...ticketForms(deps), confirmForm, openBillForm, timers, timeLogging: createTimeLogging(deps) },
      timeRows,
    ),
    timersOf: timers.list,
  };
};
