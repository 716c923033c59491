import type { Asked } from '../../../slack/asked.ts';
import { command, understood } from '../../../slack/feature.ts';
import { sayWhenReady } from '../../../slack/say.ts';
import { summaryMessage } from './summary.ts';
import type { TicketsUse } from './use.ts';

export const summaryCommand = command({
  name: 'summary',
  usage: '',
  does: "my open tickets, and everyone's by status",
  example: '',
  mayWait: true,
  parse: () => understood(null),
  run: ({ deps, use, technician, say }: Asked<TicketsUse>) =>
    sayWhenReady(say, 'Reading the open tickets', async () => {
      const reading = use.summarize(technician);
      const [summary, uninvoiced, all] = await Promise.all([
        reading,
        use.uninvoiced.beside(technician, reading),
        use.timersOf(technician),
      ]);
      const running = all.filter(({ state }) => state === 'running');
      const timers = new Map(running.map(({ timer, minutes }) => [Number(timer.ticketNumber), minutes]));
      return summaryMessage({ summary, uninvoiced, timers }, deps.links, deps.clock.now());
    }),
});
