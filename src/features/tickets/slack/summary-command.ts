import type { Handler } from '../../../slack/asked.ts';
import { sayWhenReady } from '../../../slack/say.ts';
import { summaryMessage } from './summary.ts';

export const summary: Handler<'summary'> = ({ deps, technician, say }) =>
  sayWhenReady(say, 'Reading the open tickets', async () => {
    const reading = deps.use.summarize(technician);
    const [facts, uninvoiced, timers] = await Promise.all([
      reading,
      deps.use.uninvoiced.beside(technician, reading),
      deps.use.timers.list(technician),
    ]);
    const running = timers.filter(({ state }) => state === 'running');
    const clocks = new Map(running.map(({ timer, minutes }) => [Number(timer.ticketNumber), minutes]));
    return summaryMessage({ summary: facts, uninvoiced, clocks }, deps.links, deps.clock.now());
  });
