import { summaryMessage } from '../messages/summary.ts';
import { sayWhenReady } from '../say.ts';
import type { Handler } from './index.ts';

export const summary: Handler<'summary'> = ({ deps, technician, say }) =>
  sayWhenReady(say, 'Reading the open tickets', async () =>
    summaryMessage(await deps.use.summarize(technician), deps.links, deps.clock.now()),
  );
