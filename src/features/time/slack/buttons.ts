import { z } from 'zod';
import { type Action, type Actions, formOf, fromJson, numberOf } from '../../../slack/pressed.ts';
import { sayWhenReady } from '../../../slack/say.ts';
import { ticketNumber } from '../../../syncro/ticket.ts';
import {
  notStoppedMessage,
  TIMER_LIST,
  timerDiscardedMessage,
  timerListMessage,
  timerStartedMessage,
} from './messages.ts';
import { showLogTimeFormAgain } from './open-log-time.ts';
import { LOG_TIME_BACK } from './preview.ts';
import { billStopped, logStopped, openTimersBill, openTimersLog } from './timer-endings.ts';

/** Of a ticket's card or a list's line. */
const start: Action = ({ deps, technician, say, value }) => {
  const number = numberOf(value);
  return sayWhenReady(
    say,
    'Reading the ticket',
    async () => timerStartedMessage(await deps.use.timers.start(technician, number), number, deps.links),
    { beside: true },
  );
};

const REPLACE = z.object({ t: z.string().min(1), n: z.number().int().min(1) });

const replace: Action = ({ deps, technician, say, value }) => {
  const { t, n } = fromJson(REPLACE, value);
  const number = ticketNumber(n);
  return sayWhenReady(
    say,
    'Reading the ticket',
    async () => timerStartedMessage(await deps.use.timers.start(technician, number, t), number, deps.links),
    { replace: true },
  );
};

/** The clock of the button; without one, as on the Home, the one that runs. */
const stop: Action = async (pressed) => {
  const { deps, technician, value, say, command } = pressed;
  if (value !== '') return billStopped(pressed, (await deps.use.timers.take(technician, value)).stopped);
  const stopped = await deps.use.timers.stop(technician, null);
  if (stopped.outcome === 'stopped') return billStopped(pressed, stopped.stopped);
  return say(notStoppedMessage(stopped, null, deps.links, command));
};

/** Where its minutes are measured already the form is all that is wanted; one that runs is stopped, and that is said. */
const bill: Action = async (pressed) => {
  const { stopped, ran } = await pressed.deps.use.timers.take(pressed.technician, pressed.value);
  await (ran ? billStopped : openTimersBill)(pressed, stopped);
};

const log: Action = async (pressed) => {
  const { stopped, ran } = await pressed.deps.use.timers.take(pressed.technician, pressed.value);
  await (ran ? logStopped : openTimersLog)(pressed, stopped);
};

const discard: Action = async ({ deps, technician, say, value, blockId, command }) => {
  const discarded = await deps.use.timers.discard(technician, value);
  const message = blockId.startsWith(`${TIMER_LIST}:`)
    ? timerListMessage(await deps.use.timers.list(technician), deps.links, command)
    : timerDiscardedMessage(discarded);
  await say(message, { replace: true });
};

export const timerActions: Actions = {
  'timer:start': start,
  'timer:replace': replace,
  'timer:stop': stop,
  'timer:bill': bill,
  'timer:log': log,
  'timer:discard': discard,
  [LOG_TIME_BACK]: async (pressed) => {
    const { formId, viewId } = formOf(pressed);
    await showLogTimeFormAgain(pressed, formId, viewId);
  },
};
