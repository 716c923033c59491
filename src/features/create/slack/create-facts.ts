import type { KnownBlock } from '@slack/types';
import { TOLD_NOT_TO_EMAIL } from '../../../runs/slack/words.ts';
import { shorten } from '../../../shared/text.ts';
import { lines, type Part } from '../../../slack/blocks.ts';
import type { Links } from '../../../slack/links.ts';
import { age } from '../../tickets/slack/ticket-line.ts';
import type { CustomerFacts } from '../read-create-form.ts';

const SHOWN = 4;

/** What is known of the chosen customer: `Acme West has 2 open tickets: #32155 Printer offline (1 h) …`. */
export const customerFactsBlock = (
  { customer, contacts, openTickets, moreTickets }: CustomerFacts,
  links: Links,
  now: number,
): KnownBlock => {
  const count = `${openTickets.length}${moreTickets ? '+' : ''}`;
  const tickets = openTickets
    .slice(0, SHOWN)
    .flatMap((ticket, i): readonly Part[] => [
      i === 0 ? ' ' : ' · ',
      { link: links.ticket(ticket.id), text: `#${ticket.number}` },
      ` ${shorten(ticket.subject, 80)} (${age(ticket.updatedAt, now) || 'open'})`,
    ]);
  const more = openTickets.length > SHOWN ? [` · and ${openTickets.length - SHOWN} more`] : [];
  const name: Part = { bold: shorten(customer.name, 150) || `Customer ${customer.id}` };
  const reach =
    customer.email === null
      ? 'Syncro has no e-mail address for this customer.'
      : `E-mail would go to ${shorten(customer.email, 150)}${contacts.length > 0 ? ', or to the contact that you choose' : ''}.${customer.noEmail ? ` ${TOLD_NOT_TO_EMAIL}` : ''}`;
  return {
    ...lines(
      openTickets.length === 0
        ? [name, ' has no open tickets.']
        : [name, ` has ${count} open ${count === '1' ? 'ticket' : 'tickets'}:`, ...tickets, ...more],
      [reach],
    ),
    block_id: 'facts',
  };
};
