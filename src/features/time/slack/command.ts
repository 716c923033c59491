import type { Handler } from '../../../slack/asked.ts';
import { sayWhenReady } from '../../../slack/say.ts';
import { numberBehind } from '../../tickets/slack/on-ticket.ts';
import { notStoppedMessage, timerListMessage, timerStartedMessage } from './messages.ts';
import { billStopped } from './timer-endings.ts';

export const timer: Handler<'timer'> = async (asked, command) => {
  const { deps, technician, say } = asked;
  const { timers } = deps.use;
  switch (command.verb) {
    case 'start':
      return sayWhenReady(say, 'Reading the ticket', async () => {
        const number = await numberBehind(asked, command.ticket);
        return timerStartedMessage(await timers.start(technician, number), number, deps.links);
      });
    case 'stop': {
      const number = command.ticket && (await numberBehind(asked, command.ticket));
      const stopped = await timers.stop(technician, number);
      if (stopped.outcome === 'stopped') return billStopped(asked, stopped.stopped);
      return say(notStoppedMessage(stopped, number, deps.links, asked.command));
    }
    case 'list':
      return say(timerListMessage(await timers.list(technician), deps.links, asked.command));
  }
};
