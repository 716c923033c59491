import { suggestCustomers } from '../features/create/slack/customers.ts';
import { suggestTickets } from '../features/search/slack/tickets.ts';
import { rowOf } from '../slack/row-of.ts';
import type { AskedFor, Suggest, Suggestions } from '../slack/suggest.ts';

/** By the select's action id. */
const TYPEAHEADS: Readonly<Record<string, Suggest>> = { customer: suggestCustomers, ticket: suggestTickets };

/** Never throws: a typeahead that fails would just look empty, so each says itself what went wrong. */
export const suggest = (asked: AskedFor, actionId: string, query: string): Promise<Suggestions> =>
  rowOf(TYPEAHEADS, actionId)?.(asked, query) ?? Promise.resolve({ options: [] });
