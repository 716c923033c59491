import type { OpenedForms } from '../../../runs/opened-forms.ts';
import type { Decision, Run } from '../../../runs/rules/run.ts';
import type { Confirming } from '../../../runs/start-run.ts';
import type { Technician } from '../../../shared/technician.ts';
import type { SuggestedCustomers } from '../../customers/suggest-customers.ts';
import type { OpenForm } from '../../tickets/slack/ticket-form.ts';
import type { Creating } from '../prepare.ts';

export type CreateUse = Confirming & {
  readonly opened: OpenedForms;
  readonly creating: Creating;
  /** While somebody types; never later than Slack waits. */
  readonly suggestCustomers: (technician: Technician, query: string) => Promise<SuggestedCustomers>;
  readonly getRun: (id: string) => Promise<Run | null>;
  readonly decideRun: (technician: Technician, id: string, decision: Decision) => Promise<Run>;
  /** Instead of a second ticket. */
  readonly openCommentForm: OpenForm;
};
