import type { Asked } from '../../../slack/asked.ts';
import { openBillForm } from '../../bill/slack/open-bill.ts';
import type { OpenTimer } from '../timers.ts';
import { timerStoppedMessage } from './messages.ts';
import { openLogTimeForm } from './open-log-time.ts';

/** Opens the bill form with the measured minutes. */
export const openTimersBill = (asked: Asked, { timer, minutes }: OpenTimer): Promise<void> =>
  openBillForm(asked, timer.ticketNumber, { minutes: String(minutes) }, { timerId: timer.id });

/** Opens the form that logs the measured minutes in Syncro. */
export const openTimersLog = (asked: Asked, { timer, minutes }: OpenTimer): Promise<void> =>
  openLogTimeForm(asked, timer.ticketNumber, { minutes: String(minutes) }, timer.id);

/** After a clock was stopped: the form at once, for its trigger lives 3 seconds, and words that outlive the form. */
const stopped =
  (open: (asked: Asked, stopped: OpenTimer) => Promise<void>) =>
  async (asked: Asked, timer: OpenTimer): Promise<void> => {
    await Promise.all([open(asked, timer), asked.say(timerStoppedMessage(timer, asked.deps.links))]);
  };

export const billStopped = stopped(openTimersBill);
export const logStopped = stopped(openTimersLog);
