import type { Handler } from '../asked.ts';
import { foundTicketsMessage } from '../messages/found-tickets.ts';
import { sayWhenReady } from '../say.ts';

export const search: Handler<'search'> = ({ deps, technician, say, command }, { words }) =>
  sayWhenReady(say, 'Searching', async () =>
    foundTicketsMessage(
      await deps.use.searchTickets(technician, { words, openOnly: false, page: 1, anew: true }),
      deps.links,
      deps.clock.now(),
      command,
    ),
  );
