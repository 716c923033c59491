import type { Technician } from '../shared/technician.ts';
import type { SlackKit } from './kit.ts';

/** What a typeahead offers; Slack takes at most 100. */
export type Suggestions = {
  readonly options: Array<{
    text: { type: 'plain_text'; text: string; emoji?: boolean };
    value: string;
    description?: { type: 'plain_text'; text: string; emoji?: boolean };
  }>;
};

export type AskedFor<Use = unknown> = {
  readonly deps: SlackKit;
  readonly use: Use;
  readonly technician: Technician;
  /** The form that the select stands in. */
  readonly formId: string | null;
};

export type Suggest<Use = unknown> = (asked: AskedFor<Use>, query: string) => Promise<Suggestions>;
