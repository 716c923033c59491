import { z } from 'zod';
import type { Asked } from '../../../slack/asked.ts';
import { type Rows, writes } from '../../../slack/feature.ts';
import { type Action, fromJson } from '../../../slack/pressed.ts';
import { sayWhenReady } from '../../../slack/say.ts';
import { ticketNumber } from '../../../syncro/ticket.ts';
import { numberOf } from '../../tickets/slack/on-ticket.ts';
import type { OpenTimer } from '../timers.ts';
import { LOG_TIME_BACK, logTimeForm } from './form.ts';
import {
  notStoppedMessage,
  TIMER_LIST,
  timerDiscardedMessage,
  timerListMessage,
  timerStartedMessage,
  timerStoppedMessage,
} from './messages.ts';
import type { TimeUse } from './use.ts';

/** Opens the bill form with the measured minutes. */
const openTimersBill = (asked: Asked<TimeUse>, { timer, minutes }: OpenTimer): Promise<void> =>
  asked.use.openBillForm(asked, timer.ticketNumber, { minutes: String(minutes) }, { timerId: timer.id });

/** Opens the form that logs the measured minutes in Syncro. */
const openTimersLog = (asked: Asked<TimeUse>, { timer, minutes }: OpenTimer): Promise<void> =>
  logTimeForm.open(asked, timer.ticketNumber, { minutes: String(minutes) }, { timerId: timer.id });

/** After a timer was stopped: the form at once, for its trigger lives 3 seconds, and words that outlive the form. */
const stopped =
  (open: (asked: Asked<TimeUse>, stopped: OpenTimer) => Promise<void>) =>
  async (asked: Asked<TimeUse>, timer: OpenTimer): Promise<void> => {
    await Promise.all([open(asked, timer), asked.say(timerStoppedMessage(timer, asked.deps.links))]);
  };

export const billStopped = stopped(openTimersBill);
const logStopped = stopped(openTimersLog);

/** Of a ticket's card or a list's line. */
const start: Action<TimeUse> = ({ deps, use, technician, say, value }) => {
  const number = numberOf(value);
  return sayWhenReady(
    say,
    'Reading the ticket',
    async () => timerStartedMessage(await use.timers.start(technician, number), number, deps.links),
    { beside: true },
  );
};

const REPLACE = z.object({ t: z.string().min(1), n: z.number().int().min(1) });

const replace: Action<TimeUse> = ({ deps, use, technician, say, value }) => {
  const { t, n } = fromJson(REPLACE, value);
  const number = ticketNumber(n);
  return sayWhenReady(
    say,
    'Reading the ticket',
    async () => timerStartedMessage(await use.timers.start(technician, number, t), number, deps.links),
    { replace: true },
  );
};

/** The timer of the button; without one, as on the Home, the one that runs. */
const stop: Action<TimeUse> = async (pressed) => {
  const { deps, use, technician, value, say, command } = pressed;
  if (value !== '') return billStopped(pressed, (await use.timers.take(technician, value)).stopped);
  const stopped = await use.timers.stop(technician, null);
  if (stopped.outcome === 'stopped') return billStopped(pressed, stopped.stopped);
  return say(notStoppedMessage(stopped, null, deps.links, command));
};

/** Where its minutes are measured already the form is all that is wanted; one that runs is stopped, and that is said. */
const bill: Action<TimeUse> = async (pressed) => {
  const { stopped, ran } = await pressed.use.timers.take(pressed.technician, pressed.value);
  await (ran ? billStopped : openTimersBill)(pressed, stopped);
};

const log: Action<TimeUse> = async (pressed) => {
  const { stopped, ran } = await pressed.use.timers.take(pressed.technician, pressed.value);
  await (ran ? logStopped : openTimersLog)(pressed, stopped);
};

const discard: Action<TimeUse> = async ({ deps, use, technician, say, value, blockId, command }) => {
  const discarded = await use.timers.discard(technician, value);
  const message = blockId.startsWith(`${TIMER_LIST}:`)
    ? timerListMessage(await use.timers.list(technician), deps.links, command)
    : timerDiscardedMessage(discarded);
  await say(message, { replace: true });
};

export const timerButtons: NonNullable<Rows<TimeUse>['buttons']> = {
  'timer:start': writes(start),
  'timer:replace': writes(replace),
  'timer:stop': writes(stop),
  'timer:bill': writes(bill),
  'timer:log': writes(log),
  'timer:discard': writes(discard),
  [LOG_TIME_BACK]: writes(logTimeForm.back),
};
