import type { Draft } from '../../../runs/ports.ts';
import type { Asked } from '../../../slack/asked.ts';
import type { TicketNumber } from '../../../syncro/ticket.ts';
import type { OnMessageUse } from './use.ts';

/** What a ticket is chosen for. */
export type Purpose = {
  readonly title: string;
  readonly callbackId: string;
  /** Puts the form for that ticket into a view that is open. */
  readonly open: (asked: Asked<OnMessageUse>, number: TicketNumber, draft: Draft, viewId: string) => Promise<void>;
};

export const BILL: Purpose = {
  title: 'Bill time',
  callbackId: 'choose-bill',
  open: (asked, number, draft, viewId) => asked.use.openBillForm(asked, number, draft, { viewId }),
};

export const COMMENT: Purpose = {
  title: 'Add to ticket',
  callbackId: 'choose-comment',
  open: (asked, ...form) => asked.use.openCommentForm(asked, ...form),
};

export const PURPOSES: readonly Purpose[] = [BILL, COMMENT];
