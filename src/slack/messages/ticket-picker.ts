import type { ActionsBlockElement } from '@slack/types';
import type { TicketSummary } from '../../domain/ticket.ts';
import { option } from '../blocks.ts';

/** A menu of the tickets of a list: choosing one shows its card. */
export const ticketPicker = (tickets: readonly TicketSummary[]): ActionsBlockElement => ({
  type: 'static_select',
  action_id: 'ticket:show',
  placeholder: { type: 'plain_text', text: 'Open a ticket' },
  options: tickets
    .slice(0, 100)
    .map(({ number, subject, customerName }) =>
      option(`#${number} ${subject} · ${customerName}`.replace(/\s+/g, ' '), String(number)),
    ),
});
