import { shorten } from '../../../shared/text.ts';
import { actions, button, line, linkButton, quote } from '../../../slack/blocks.ts';
import { readable } from '../../../slack/html.ts';
import type { Links } from '../../../slack/links.ts';
import { type Reply, reply } from '../../../slack/reply.ts';
import type { CustomerReply } from '../../../syncro/customer-reply.ts';
import { WAITING } from '../../tickets/slack/ticket-buttons.ts';

const REPLY_LENGTH = 1_500;

/** A customer wrote on a ticket of this technician: their words, and what is done next. */
export const customerReplyMessage = ({ ticket, body, at }: CustomerReply, links: Links): Reply => {
  const value = String(ticket.number);
  const who = shorten(ticket.customerName.trim() || 'The customer', 150);
  return reply(`↩ ${who} replied on #${value} ${ticket.subject}`, [
    line(
      { bold: `↩ ${who} replied` },
      ' on ',
      { link: links.ticket(ticket.id), text: `#${value}`, strong: true },
      ` ${shorten(ticket.subject, 300)} · `,
      { date: at },
    ),
    quote(shorten(readable(body), REPLY_LENGTH)),
    actions('customer-reply', [
      button('Reply', 'comment:open', { value, style: 'primary' }),
      button('Bill', 'bill:open', { value }),
      button('Waiting', WAITING, { value }),
      linkButton('Open in Syncro', 'ticket', links.ticket(ticket.id)),
    ]),
  ]);
};
