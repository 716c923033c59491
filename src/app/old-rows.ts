import type { OldRows } from '../database/prune.ts';
import { oldDigestPosts } from '../features/digests/store/digests.ts';
import { oldNotifiedRecords } from '../features/replies/store/notified-records.ts';
import { oldToldReplies } from '../features/replies/store/told-replies.ts';
import { oldSettledTickets } from '../features/tickets/store/settled-tickets.ts';
import { oldShownLinks } from '../features/tickets/store/shown-links.ts';
import { oldTimers } from '../features/time/store/timers.ts';
import { oldForms } from '../runs/store/forms.ts';
import { oldRuns } from '../runs/store/runs.ts';
import { oldDeliveries } from '../slack/store/deliveries.ts';

/** What goes once it is old. Every other table is kept small otherwise, or for good: docs/how-it-works.md says of each. */
export const OLD_ROWS: readonly OldRows[] = [
  oldRuns,
  oldForms,
  oldTimers,
  oldDigestPosts,
  oldSettledTickets,
  oldNotifiedRecords,
  oldToldReplies,
  oldShownLinks,
  oldDeliveries,
];
