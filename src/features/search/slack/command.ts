import type { Handler } from '../../../slack/asked.ts';
import { sayWhenReady } from '../../../slack/say.ts';
import { foundTicketsMessage } from './found-tickets.ts';
import { searchByWords } from './search-by-words.ts';

export const search: Handler<'search'> = (asked, { words }) => {
  const { deps, say, command } = asked;
  return sayWhenReady(say, 'Searching', async () =>
    foundTicketsMessage(await searchByWords(asked, words), deps.links, deps.clock.now(), command),
  );
};
