import { z } from 'zod';
import type { Asked } from '../../../slack/asked.ts';
import { command, notUnderstood, type Rows, reads, understood } from '../../../slack/feature.ts';
import { openView } from '../../../slack/forms/views.ts';
import { type Action, fromJson, inPlaceOfOwn, PAGE } from '../../../slack/pressed.ts';
import { sayWhenReady } from '../../../slack/say.ts';
import type { FoundTickets } from '../search-tickets.ts';
import { searchByWords, searchView } from './form.ts';
import { foundTicketsMessage } from './found-tickets.ts';
import type { SearchUse } from './use.ts';

const sayFound = (
  { deps, say, command: name }: Pick<Asked<SearchUse>, 'deps' | 'say' | 'command'>,
  search: () => Promise<FoundTickets>,
  options?: Parameters<typeof sayWhenReady>[3],
) =>
  sayWhenReady(
    say,
    'Searching',
    async () => foundTicketsMessage(await search(), deps.links, deps.clock.now(), name),
    options,
  );

export const searchCommand = command({
  name: 'search',
  usage: 'search <words>',
  does: 'tickets by number, subject, customer or comment',
  example: 'search printer acme',
  mayWait: true,
  form: { text: 'Search in a form', actionId: 'search:form' },
  parse: (_words, words) =>
    words ? understood({ words }) : notUnderstood('Search for what?', 'search printer', 'search:form'),
  run: (asked: Asked<SearchUse>, { words }) => sayFound(asked, () => searchByWords(asked, words)),
});

const SEARCH = z.object({
  q: z.string().trim().min(1).max(1_000),
  o: z.boolean(),
  m: z.boolean().default(false),
  p: PAGE,
  l: z.boolean().default(false),
});

const searchAgain: Action<SearchUse> = (pressed) => {
  const { use, technician, value } = pressed;
  const { q, o, m, p, l } = fromJson(SEARCH, value);
  const search = { words: q, openOnly: o, mine: m, page: p, live: l };
  return sayFound(pressed, () => use.searchTickets(technician, search), inPlaceOfOwn(pressed));
};

const openSearch: Action<SearchUse> = async ({ deps, triggerId, channel }) => {
  await openView(deps, triggerId, searchView({ channel, words: '' }));
};

export const searchButtons: NonNullable<Rows<SearchUse>['buttons']> = {
  'search:form': reads(openSearch),
  ...Object.fromEntries(
    ['all', 'open', 'mine', 'everyone', 'previous', 'next', 'live'].map((id) => [`search:${id}`, reads(searchAgain)]),
  ),
};
