import type { Handler } from '../asked.ts';
import { notStoppedMessage, timerListMessage, timerStartedMessage } from '../messages/timers.ts';
import { sayWhenReady } from '../say.ts';
import { billStopped } from '../timer-endings.ts';

export const timer: Handler<'timer'> = async (asked, command) => {
  const { deps, technician, say } = asked;
  const { timers } = deps.use;
  switch (command.verb) {
    case 'start':
      return sayWhenReady(say, 'Reading the ticket', async () =>
        timerStartedMessage(await timers.start(technician, command.number), command.number, deps.links),
      );
    case 'stop': {
      const stopped = await timers.stop(technician, command.number);
      if (stopped.outcome === 'stopped') return billStopped(asked, stopped.stopped);
      return say(notStoppedMessage(stopped, command.number, deps.links, asked.command));
    }
    case 'list':
      return say(timerListMessage(await timers.list(technician), deps.links, asked.command));
  }
};
