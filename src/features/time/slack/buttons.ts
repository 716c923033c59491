import type { Asked } from '../../../slack/asked.ts';
import { type Rows, writes } from '../../../slack/feature.ts';
import type { Action, Pressed } from '../../../slack/pressed.ts';
import type { Reply } from '../../../slack/reply.ts';
import { sayWhenReady } from '../../../slack/say.ts';
import { numberOf } from '../../tickets/slack/on-ticket.ts';
import type { OpenTimer } from '../timers.ts';
import { LOG_TIME_BACK, logTimeForm } from './form.ts';
import {
  notStoppedMessage,
  TIMER_LIST,
  timerDiscardedMessage,
  timerListMessage,
  timerPausedMessage,
  timerStartedMessage,
  timerStoppedMessage,
} from './messages.ts';
import type { TimeUse } from './use.ts';

type OpenWith = (asked: Asked<TimeUse>, stopped: OpenTimer) => Promise<void>;

/** Opens the bill form with the measured minutes. */
const openTimersBill: OpenWith = (asked, { timer, minutes }) =>
  asked.use.openBillForm(asked, timer.ticketNumber, { minutes: String(minutes) }, { timerId: timer.id });

/** Opens the form that logs the measured minutes in Syncro. */
const openTimersLog: OpenWith = (asked, { timer, minutes }) =>
  logTimeForm.open(asked, timer.ticketNumber, { minutes: String(minutes) }, { timerId: timer.id });

/** After a timer was stopped: the form at once, for its trigger lives 3 seconds, and words that outlive the form. */
const andSay =
  (open: OpenWith): OpenWith =>
  async (asked, timer) => {
    await Promise.all([open(asked, timer), asked.say(timerStoppedMessage(timer, asked.deps.links))]);
  };

export const billStopped = andSay(openTimersBill);

/** Of a ticket's card or a list's line. */
const start: Action<TimeUse> = ({ deps, use, technician, value, say }) =>
  sayWhenReady(
    say,
    'Reading the ticket',
    async () => timerStartedMessage(await use.timers.start(technician, numberOf(value)), deps.links),
    { beside: true },
  );

/** The timer of the button; without one, as on the Home, the one that runs. */
const stop: Action<TimeUse> = async (pressed) => {
  const { deps, use, technician, value, say, command } = pressed;
  if (value !== '') return billStopped(pressed, (await use.timers.take(technician, value)).stopped);
  const stopped = await use.timers.stop(technician, null);
  if (stopped.outcome === 'stopped') return billStopped(pressed, stopped.stopped);
  return say(notStoppedMessage(stopped, null, deps.links, command));
};

/** Where its minutes are measured already the form is all that is wanted; one that runs is stopped, and that is said. */
const take =
  (open: OpenWith): Action<TimeUse> =>
  async (pressed) => {
    const { stopped, ran } = await pressed.use.timers.take(pressed.technician, pressed.value);
    await (ran ? andSay(open) : open)(pressed, stopped);
  };

/** What the list has then, where it was pressed there; else what became of this one. */
const inItsPlace = async ({ deps, use, technician, say, blockId, command }: Pressed<TimeUse>, message: Reply) => {
  const list = blockId.startsWith(`${TIMER_LIST}:`);
  await say(list ? timerListMessage(await use.timers.list(technician), deps.links, command) : message, {
    replace: true,
  });
};

const pause: Action<TimeUse> = async (pressed) => {
  const { stopped } = await pressed.use.timers.take(pressed.technician, pressed.value);
  await inItsPlace(pressed, timerPausedMessage(stopped, pressed.deps.links));
};

const resume: Action<TimeUse> = async (pressed) => {
  const resumed = await pressed.use.timers.resume(pressed.technician, pressed.value);
  await inItsPlace(pressed, timerStartedMessage(resumed, pressed.deps.links));
};

const discard: Action<TimeUse> = async (pressed) => {
  const discarded = await pressed.use.timers.discard(pressed.technician, pressed.value);
  await inItsPlace(pressed, timerDiscardedMessage(discarded));
};

export const timerButtons: NonNullable<Rows<TimeUse>['buttons']> = {
  'timer:start': writes(start),
  'timer:pause': writes(pause),
  'timer:resume': writes(resume),
  'timer:stop': writes(stop),
  'timer:bill': writes(take(openTimersBill)),
  'timer:log': writes(take(openTimersLog)),
  'timer:discard': writes(discard),
  [LOG_TIME_BACK]: writes(logTimeForm.back),
};
