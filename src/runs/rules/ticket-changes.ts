import type { TicketFields } from '../../syncro/write.ts';

/** A field of a ticket before and after, as people read it: names, not ids. */
export type TicketChange = {
  readonly field: 'status' | 'priority' | 'technician' | 'due';
  /** `null`: it was empty. */
  readonly from: string | null;
  /** `YYYY-MM-DD` for `due`. */
  readonly to: string;
};

/** Fields to be sent, and the same in words. */
export type ChangeSet = { readonly fields: TicketFields; readonly changes: readonly TicketChange[] };
