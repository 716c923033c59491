import type { Write } from '../../syncro/write.ts';
import type { RunSettings } from './run.ts';
import type { Step } from './step.ts';

/** Writes whose second landing changes nothing: they may be repeated without asking. */
export const isRepeatable = ({ kind }: Write): boolean => {
  switch (kind) {
    case 'ticket_update':
    case 'line_item_update':
    case 'timer_update':
    case 'line_item_remove':
    case 'timer_delete':
    case 'timer_billable':
    case 'invoice_delete':
    case 'invoice_draft':
    case 'ticket_delete':
      return true;
    case 'comment':
    case 'line_item':
    case 'timer':
    case 'timer_charge':
    case 'invoice':
    case 'ticket':
    case 'customer':
      return false;
  }
};

/** Removing what is gone already: Syncro's "not found" means that it is done. */
export const isRemoval = ({ kind }: Write): boolean =>
  kind === 'line_item_remove' || kind === 'timer_delete' || kind === 'invoice_delete' || kind === 'ticket_delete';

/** Where Syncro says that there is no such thing, or that it may not be: the run has another way then. */
const NOT_HERE: readonly number[] = [404, 422];
const NOT_BY_THIS_KEY: readonly number[] = [401, 403];

/** May the work go on without it? */
export const isDispensable = ({ kind }: Write, status: number): boolean =>
  ((kind === 'timer_billable' || kind === 'invoice_draft') && NOT_HERE.includes(status)) ||
  // An internal comment, which the same key may write, takes its place.
  (kind === 'timer_billable' && NOT_BY_THIS_KEY.includes(status));

/** A mail can't be taken back. */
export const emailsCustomer = (write: Write): boolean =>
  (write.kind === 'comment' && write.audience === 'email') ||
  (write.kind === 'ticket' && write.firstComment?.audience === 'email');

/** Ever more slowly, so this takes minutes; a Syncro that reads well and still refuses by then needs a person. */
const MOST_REPEATS = 10;

/** May a write that is certainly absent be sent again without asking? Once; what emails only where that is set. */
export const mayResend = (write: Write, step: Step, settings: RunSettings): boolean => {
  if (isRepeatable(write)) return step.tries < MOST_REPEATS;
  if (step.tries >= 2) return false;
  return !emailsCustomer(write) || settings.resendEmailComment === 'auto';
};
