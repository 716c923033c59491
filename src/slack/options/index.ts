import { rowOf } from '../row-of.ts';
import { suggestCustomers } from './customers.ts';
import type { AskedFor, Suggest, Suggestions } from './suggest.ts';
import { suggestTickets } from './tickets.ts';

/** By the select's action id. */
const TYPEAHEADS: Readonly<Record<string, Suggest>> = { customer: suggestCustomers, ticket: suggestTickets };

/** Never throws: a typeahead that fails would just look empty, so each says itself what went wrong. */
export const suggest = (asked: AskedFor, actionId: string, query: string): Promise<Suggestions> =>
  rowOf(TYPEAHEADS, actionId)?.(asked, query) ?? Promise.resolve({ options: [] });
