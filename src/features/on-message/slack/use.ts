import type { Draft } from '../../../runs/ports.ts';
import type { LaborType } from '../../../shared/labor.ts';
import type { Technician } from '../../../shared/technician.ts';
import type { Asked } from '../../../slack/asked.ts';
import type { TicketRef } from '../../../syncro/ticket-ref.ts';
import type { NamedTicket, NamedTickets } from '../../tickets/named-tickets.ts';
import type { TicketForms } from '../../tickets/ports.ts';
import type { OpenForm } from '../../tickets/slack/ticket-form.ts';

export type OnMessageUse = Pick<TicketForms, 'opened'> & {
  /** The tickets that a text names, as they are in Syncro. */
  readonly namedTickets: (technician: Technician, refs: readonly TicketRef[]) => Promise<NamedTickets>;
  /** The ticket that the technician's timer runs on; `null`: none does. */
  readonly ticketOfTimer: (technician: Technician) => Promise<NamedTicket | null>;
  /** What of the bill form is filled in by words that were typed. */
  readonly billDraft: (words: string, labor: readonly LaborType[]) => Draft;
  readonly openBillForm: OpenForm;
  readonly openCommentForm: OpenForm;
  readonly openUpdateForm: OpenForm;
  readonly openCloseForm: OpenForm;
  readonly openCreateForm: (
    asked: Asked,
    wanted: { readonly subject?: string; readonly description?: string; readonly audience?: string },
    viewId?: string,
  ) => Promise<void>;
};
