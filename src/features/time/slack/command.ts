import { shorten } from '../../../shared/text.ts';
import type { Asked } from '../../../slack/asked.ts';
import { command, notUnderstood, understood } from '../../../slack/feature.ts';
import { sayWhenReady } from '../../../slack/say.ts';
import type { TicketRef } from '../../../syncro/ticket-ref.ts';
import { numberBehind, withTicket } from '../../tickets/slack/on-ticket.ts';
import { billStopped } from './buttons.ts';
import {
  notStoppedMessage,
  timerListMessage,
  timerPausedMessage,
  timerResumedMessage,
  timerStartedMessage,
} from './messages.ts';
import type { TimeUse } from './use.ts';

type TimerCommand =
  | { readonly verb: 'start'; readonly ticket: TicketRef }
  | { readonly verb: 'pause' | 'resume' | 'stop'; readonly ticket: TicketRef | null }
  | { readonly verb: 'list' };

const EXAMPLE = 'timer start 32164';

const parse = (words: readonly string[]) => {
  const [typed = 'list', ...rest] = words;
  const verb = typed.toLowerCase();
  switch (verb) {
    case 'start':
      return withTicket<TimerCommand>(EXAMPLE, rest, (ticket) => understood({ verb: 'start', ticket }));
    case 'pause':
    case 'resume':
    case 'stop':
      if (rest[0] === undefined) return understood<TimerCommand>({ verb, ticket: null });
      return withTicket<TimerCommand>(`timer ${verb} 32164`, rest, (ticket) => understood({ verb, ticket }));
    case 'list':
      return understood<TimerCommand>({ verb: 'list' });
    default:
      return notUnderstood(
        `"${shorten(typed, 60)}" isn't a timer command. Use start, pause, resume, stop or list.`,
        EXAMPLE,
      );
  }
};

const run = async (asked: Asked<TimeUse>, wanted: TimerCommand): Promise<void> => {
  const { deps, use, technician, say } = asked;
  const { timers } = use;
  switch (wanted.verb) {
    case 'start':
      return sayWhenReady(say, 'Reading the ticket', async () => {
        const number = await numberBehind(asked, wanted.ticket);
        return timerStartedMessage(await timers.start(technician, number), deps.links);
      });
    case 'resume': {
      const number = wanted.ticket && (await numberBehind(asked, wanted.ticket));
      return say(timerResumedMessage(await timers.resumeOn(technician, number), number, deps.links, asked.command));
    }
    case 'pause':
    case 'stop': {
      const number = wanted.ticket && (await numberBehind(asked, wanted.ticket));
      const stopped = await timers.stop(technician, number);
      if (stopped.outcome !== 'stopped') return say(notStoppedMessage(stopped, number, deps.links, asked.command));
      if (wanted.verb === 'pause') return say(timerPausedMessage(stopped.stopped, deps.links));
      return billStopped(asked, stopped.stopped);
    }
    case 'list':
      return say(timerListMessage(await timers.list(technician), deps.links, asked.command));
  }
};

export const timerCommand = command<TimeUse, TimerCommand>({
  name: 'timer',
  usage: 'timer start|pause|resume|stop|list [<number>]',
  does: 'time your work on a ticket; starting another pauses it, stop opens the bill with the minutes',
  example: EXAMPLE,
  writes: true,
  parse,
  run,
});
