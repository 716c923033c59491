import type { Technician } from '../../domain/technician.ts';
import type { SlackDeps } from '../deps.ts';
import { rowOf } from '../row-of.ts';
import { suggestCustomers } from './customers.ts';
import { suggestTickets } from './tickets.ts';

/** What a typeahead offers; Slack takes at most 100. */
export type Suggestions = {
  readonly options: Array<{
    text: { type: 'plain_text'; text: string; emoji?: boolean };
    value: string;
    description?: { type: 'plain_text'; text: string; emoji?: boolean };
  }>;
};

export type AskedFor = {
  readonly deps: SlackDeps;
  readonly technician: Technician;
  /** The form that the select stands in. */
  readonly formId: string | null;
};

export type Suggest = (asked: AskedFor, query: string) => Promise<Suggestions>;

/** By the select's action id. */
const TYPEAHEADS: Readonly<Record<string, Suggest>> = { customer: suggestCustomers, ticket: suggestTickets };

/** Never throws: a typeahead that fails would just look empty, so each says itself what went wrong. */
export const suggest = (asked: AskedFor, actionId: string, query: string): Promise<Suggestions> =>
  rowOf(TYPEAHEADS, actionId)?.(asked, query) ?? Promise.resolve({ options: [] });
