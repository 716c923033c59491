import type { Draft } from '../../../runs/ports.ts';
import type { Asked } from '../../../slack/asked.ts';
import { openView, updateView } from '../../../slack/forms/views.ts';
import type { NamedTickets } from '../../tickets/named-tickets.ts';
import { chooserView } from './choose-ticket.ts';
import { BILL, type Purpose } from './choose-ticket-purpose.ts';
import type { OnMessageUse } from './use.ts';

type Choice = {
  /** What the form will begin with. */
  readonly draft: Draft;
  readonly why?: string;
  readonly offered?: NamedTickets['tickets'];
  readonly missing?: NamedTickets['missing'];
};

/** Opens the question which ticket it is, or puts it into a view that is open. */
export const openChooser = async (
  { deps, use, technician, triggerId, channel }: Asked<OnMessageUse>,
  purpose: Purpose,
  { draft, why = '', offered = [], missing = [] }: Choice,
  viewId?: string,
): Promise<void> => {
  const formId = await use.opened.open(technician, { ticketNumber: null, askedIn: channel });
  await use.opened.keepDraft(technician, formId, draft);
  const view = chooserView({ formId, purpose, why, offered, missing, draft: draft.comment ?? null });
  if (viewId) await updateView(deps, { id: viewId, hash: null }, view);
  else await openView(deps, triggerId, view);
};

/** Asks which ticket is billed, with the one on top that the technician's timer runs on. */
export const chooseTicketToBill = async (asked: Asked<OnMessageUse>): Promise<void> => {
  const running = await asked.use.ticketOfTimer(asked.technician);
  await openChooser(asked, BILL, { draft: {}, ...(running ? { why: 'Your timer runs on:', offered: [running] } : {}) });
};
