import { type Feature, type Rows, withUse } from '../../slack/feature.ts';
import { createMirror, type MirrorDeps } from './mirror-tickets.ts';
import { createTicketSearch, type TicketSearchDeps } from './search-tickets.ts';
import { searchButtons, searchCommand } from './slack/command.ts';
import { searchForms } from './slack/form.ts';
import { suggestTickets } from './slack/suggest-tickets.ts';
import type { SearchUse } from './slack/use.ts';
import { createTicketSuggestions } from './suggest-tickets.ts';

/** Finds tickets by words. */
export const searchRows: Rows<SearchUse> = {
  commands: [searchCommand],
  buttons: searchButtons,
  forms: searchForms,
  typeaheads: { ticket: suggestTickets },
};

type Deps = TicketSearchDeps &
  Omit<SearchUse, 'searchTickets' | 'suggestTickets'> & {
    /** What keeps the index; `null`: it is turned off, and what was kept before goes. */
    readonly mirror: MirrorDeps | null;
    readonly forgetMirror: () => Promise<void>;
  };

export const createSearch = (deps: Deps): Feature => ({
  rows: withUse<SearchUse>(
    {
      numberOfPage: deps.numberOfPage,
      namedTickets: deps.namedTickets,
      searchTickets: createTicketSearch(deps),
      suggestTickets: createTicketSuggestions(deps),
    },
    searchRows,
  ),
  readsAhead: [deps.mirror ? createMirror(deps.mirror) : { start: deps.forgetMirror, stop: () => Promise.resolve() }],
});
