import type { Handler } from '../asked.ts';
import { summaryMessage } from '../messages/summary.ts';
import { sayWhenReady } from '../say.ts';

export const summary: Handler<'summary'> = ({ deps, technician, say }) =>
  sayWhenReady(say, 'Reading the open tickets', async () => {
    const reading = deps.use.summarize(technician);
    const [facts, uninvoiced] = await Promise.all([reading, deps.use.uninvoiced.beside(technician, reading)]);
    return summaryMessage({ summary: facts, uninvoiced, clocks: new Map() }, deps.links, deps.clock.now());
  });
