import { z } from 'zod';
import { openView } from '../../../slack/forms/views.ts';
import { type Action, type Actions, fromJson, inPlaceOfOwn, PAGE } from '../../../slack/pressed.ts';
import { sayWhenReady } from '../../../slack/say.ts';
import { searchView } from './form.ts';
import { foundTicketsMessage } from './found-tickets.ts';

const SEARCH = z.object({
  q: z.string().trim().min(1).max(1_000),
  o: z.boolean(),
  m: z.boolean().default(false),
  p: PAGE,
  l: z.boolean().default(false),
});

const searchAgain: Action = (pressed) => {
  const { deps, technician, say, value, command } = pressed;
  const { q, o, m, p, l } = fromJson(SEARCH, value);
  return sayWhenReady(
    say,
    'Searching',
    async () =>
      foundTicketsMessage(
        await deps.use.searchTickets(technician, { words: q, openOnly: o, mine: m, page: p, live: l }),
        deps.links,
        deps.clock.now(),
        command,
      ),
    inPlaceOfOwn(pressed),
  );
};

const openSearch: Action = async ({ deps, triggerId, channel }) => {
  await openView(deps, triggerId, searchView({ channel, words: '' }));
};

export const searchActions: Actions = {
  'search:form': openSearch,
  'search:all': searchAgain,
  'search:open': searchAgain,
  'search:mine': searchAgain,
  'search:everyone': searchAgain,
  'search:previous': searchAgain,
  'search:next': searchAgain,
  'search:live': searchAgain,
};
