import type { Handler } from '../asked.ts';
import { foundTicketsMessage } from '../messages/found-tickets.ts';
import { sayWhenReady } from '../say.ts';
import { searchByWords } from '../search-by-words.ts';

export const search: Handler<'search'> = (asked, { words }) => {
  const { deps, say, command } = asked;
  return sayWhenReady(say, 'Searching', async () =>
    foundTicketsMessage(await searchByWords(asked, words), deps.links, deps.clock.now(), command),
  );
};
