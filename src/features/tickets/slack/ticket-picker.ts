import type { ActionsBlockElement } from '@slack/types';
import { option } from '../../../slack/blocks.ts';
import type { TicketSummary } from '../../../syncro/ticket.ts';

/** A menu of the tickets of a list: choosing one shows its card. */
export const ticketPicker = (
  tickets: readonly TicketSummary[],
  placeholder = 'Open a ticket',
): ActionsBlockElement => ({
  type: 'static_select',
  action_id: 'ticket:show',
  placeholder: { type: 'plain_text', text: placeholder },
  options: tickets
    .slice(0, 100)
    .map(({ number, subject, customerName }) =>
      option(`#${number} ${subject} · ${customerName}`.replace(/\s+/g, ' '), String(number)),
    ),
});
