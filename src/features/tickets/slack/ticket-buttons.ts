import type { ActionsBlockElement, KnownBlock } from '@slack/types';
import { correctButton } from '../../../runs/slack/run-words.ts';
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

/** For admins: a ticket that was made twice. */
export const DELETE_TICKET = 'ticket:delete';

/** Slack shows no more behind `⋯`. */
const MOST_RARE = 5;

/** Something on it waits to be invoiced or charged. */
const hasOpen = ({ uninvoiced, ticket }: TicketCard): boolean =>
  (uninvoiced?.length ?? 0) > 0 || ticket.timers.some(({ recorded }) => !recorded);

/** What is rarely done, the rarest last. */
const rareButtons = (card: TicketCard) => {
  const { ticket, isMine } = card;
  const value = String(ticket.number);
  return [
    ...(isMine ? [] : [button('Take', 'ticket:take', { value })]),
    button('Update', 'update:open', { value }),
    button('Close', 'close:open', { value }),
    ...(hasOpen(card) ? [correctButton(ticket.number)] : []),
    ...(card.mayDelete ? [button('Delete ticket…', DELETE_TICKET, { value })] : []),
    button('Share', 'ticket:share', { value }),
  ];
};

/** Whether the ticket's page is opened from behind `⋯`; else there is no room for it there. */
export const opensFromMenu = (card: TicketCard): boolean => rareButtons(card).length < MOST_RARE;

/** What people do next with a ticket, in one row; what they rarely do is behind `⋯`, as far as there is room. */
export const ticketButtons = (card: TicketCard, links: Links): KnownBlock => {
  const { ticket } = card;
  const value = String(ticket.number);
  const rare = rareButtons(card);
  return actions(`${TICKET_BLOCK}${value}`, [
    button('Bill', 'bill:open', { value, style: 'primary' }),
    button('Comment', 'comment:open', { value }),
    button('Start timer', 'timer:start', { value }),
    ...statusMenu(card),
    ...rare.slice(0, -MOST_RARE),
    more([
      ...rare.slice(-MOST_RARE),
      ...(opensFromMenu(card) ? [linkButton('Open in Syncro', 'ticket', links.ticket(ticket.id))] : []),
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
