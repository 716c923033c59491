import type { RunKind } from './run.ts';

/** What is being done, and what was done, to a ticket: "Billing #1", "Billed #1", "#1 is being billed". */
export const DOING: Readonly<
  Record<RunKind, { readonly now: string; readonly past: string; readonly passive: string }>
> = {
  bill: { now: 'Billing', past: 'Billed', passive: 'billed' },
  comment: { now: 'Commenting on', past: 'Commented on', passive: 'commented on' },
  create: { now: 'Creating', past: 'Created', passive: 'created' },
  update: { now: 'Updating', past: 'Updated', passive: 'updated' },
  close: { now: 'Closing', past: 'Closed', passive: 'closed' },
  timer: { now: 'Logging time on', past: 'Logged time on', passive: 'given time' },
};
