import type { Technician } from '../../domain/technician.ts';
import type { SlackDeps } from '../deps.ts';
import { suggestTickets } from './tickets.ts';

/** What a typeahead offers; Slack takes at most 100. */
export type Suggestions = {
  readonly options: Array<{ text: { type: 'plain_text'; text: string; emoji?: boolean }; value: string }>;
};

export type Suggest = (
  asked: { readonly deps: SlackDeps; readonly technician: Technician },
  query: string,
) => Promise<Suggestions>;

/** By the select's action id. */
const TYPEAHEADS: Readonly<Record<string, Suggest>> = { ticket: suggestTickets };

/** Never throws: a typeahead that fails would just look empty, so each says itself what went wrong. */
export const suggest = (
  asked: { readonly deps: SlackDeps; readonly technician: Technician },
  actionId: string,
  query: string,
): Promise<Suggestions> => TYPEAHEADS[actionId]?.(asked, query) ?? Promise.resolve({ options: [] });
