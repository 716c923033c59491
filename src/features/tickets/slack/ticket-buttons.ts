import type { ActionsBlockElement, KnownBlock } from '@slack/types';
import { actions, button, linkButton, menu, more, option } from '../../../slack/blocks.ts';
import type { Links } from '../../../slack/links.ts';
import type { TicketCard } from '../view-ticket.ts';

/** Slack takes so many options, and so long a value: what is longer can't be sent as it is spelled, so it is left out. */
const MOST_OPTIONS = 100;
const VALUE_LENGTH = 75;

/** The menu's value is the status; which ticket it is for stands in the block's id. */
export const TICKET_BLOCK = 'ticket:';

const statusMenu = ({ ticket, statuses }: TicketCard): readonly ActionsBlockElement[] => {
  const others = [...new Set(statuses)]
    .filter((status) => status !== ticket.status && status.length <= VALUE_LENGTH)
    .slice(0, MOST_OPTIONS);
  const options = others.map((status) => option(status, status));
  return options.length === 0 ? [] : [menu('Status', 'ticket:status', options)];
};

/** What people do next with a ticket, in one row; what they rarely do is behind `⋯`. */
export const ticketButtons = (card: TicketCard, links: Links): KnownBlock => {
  const { ticket, isMine } = card;
  const value = String(ticket.number);
  return actions(`${TICKET_BLOCK}${value}`, [
    button('Bill', 'bill:open', { value, style: 'primary' }),
    button('Comment', 'comment:open', { value }),
    button('Start timer', 'timer:start', { value }),
    ...statusMenu(card),
    more([
      ...(isMine ? [] : [button('Take', 'ticket:take', { value })]),
      button('Update', 'update:open', { value }),
      button('Close', 'close:open', { value }),
      button('Share', 'ticket:share', { value }),
      linkButton('Open in Syncro', 'ticket', links.ticket(ticket.id)),
    ]),
  ]);
};

export const WAITING = 'update:waiting';

/** What people do next who are not at a ticket. */
export const startButtons = () => [
  button('Bill', 'bill:choose'),
  button('New ticket', 'create:open'),
  button('Search', 'search:form'),
];
