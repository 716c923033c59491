import type { KnownBlock } from '@slack/types';
import { shorten } from '../../../shared/text.ts';
import { note } from '../../../slack/blocks.ts';
import type { LinkedTicket } from '../linked-tickets.ts';

/** What stands under a link to a ticket, for everybody in the channel. Literal text only: customers write subjects. */
export const linkedTicketBlocks = (ticket: LinkedTicket): KnownBlock[] => {
  const { number, subject, status, customerName, assignee } = ticket;
  const facts = [shorten(status, 60), shorten(customerName, 150), shorten(assignee ?? 'nobody', 80)];
  return [
    {
      type: 'section',
      text: { type: 'plain_text', text: `#${number} ${shorten(subject, 300)}`.trim(), emoji: false },
    },
    note(facts.filter((fact) => fact.trim() !== '').join(' · ')),
  ];
};
