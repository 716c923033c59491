import type { SlackDeps } from '../app/deps.ts';
import type { Technician } from '../shared/technician.ts';

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
