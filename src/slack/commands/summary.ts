import type { Handler } from '../asked.ts';
import { summaryMessage } from '../messages/summary.ts';
import { sayWhenReady } from '../say.ts';

export const summary: Handler<'summary'> = ({ deps, technician, say }) =>
  sayWhenReady(say, 'Reading the open tickets', async () =>
    summaryMessage(await deps.use.summarize(technician), deps.links, deps.clock.now()),
  );
