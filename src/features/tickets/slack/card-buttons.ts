import type { Asked } from '../../../slack/asked.ts';
import { command, onNumber, type Rows, reads } from '../../../slack/feature.ts';
import { type Action, inPlaceOfOwn } from '../../../slack/pressed.ts';
import { sayWhenReady } from '../../../slack/say.ts';
import { parseTicketRef } from '../../../syncro/ticket-ref.ts';
import { mustBeOurs, numberOf, ticketOnly } from './on-ticket.ts';
import { notSharedMessage, ticketCardMessage } from './ticket-card.ts';
import type { TicketsUse } from './use.ts';

const showTicket: Action<TicketsUse> = ({ deps, use, technician, say, value }) =>
  sayWhenReady(
    say,
    'Reading the ticket',
    async () => {
      const card = await use.viewTicket(technician, { by: 'number', number: numberOf(value) });
      return ticketCardMessage(card, deps.links, deps.clock.now());
    },
    { beside: true },
  );

/** The same card with more of what was said on the ticket. */
const showComments: Action<TicketsUse> = (pressed) => {
  const { deps, use, technician, say, value } = pressed;
  return sayWhenReady(
    say,
    'Reading the ticket',
    async () => {
      const card = await use.viewTicket(technician, { by: 'number', number: numberOf(value) });
      return ticketCardMessage(card, deps.links, deps.clock.now(), { whole: true });
    },
    inPlaceOfOwn(pressed),
  );
};

const shareTicket: Action<TicketsUse> = async ({ deps, use, technician, say, value, channel }) => {
  // Whoever else reads along would see the customer's data.
  if (channel !== null && (await deps.channels.reach(channel)) === 'external') return say(notSharedMessage());
  return sayWhenReady(
    say,
    'Reading the ticket',
    async () => {
      const card = await use.viewTicket(technician, { by: 'number', number: numberOf(value) });
      return ticketCardMessage(card, deps.links, deps.clock.now(), { shared: true });
    },
    { beside: true, everybody: true },
  );
};

export const cardButtons: NonNullable<Rows<TicketsUse>['buttons']> = {
  'ticket:show': reads(showTicket, onNumber('ticket')),
  'ticket:comments': reads(showComments, onNumber('ticket')),
  'ticket:share': reads(shareTicket),
};

export const ticketCommand = command({
  name: 'ticket',
  usage: 'ticket <number>',
  does: 'one ticket: status, customer, last comments, charges',
  example: 'ticket 32164',
  mayWait: true,
  // A bare number means the ticket: the shortest thing that people type.
  isMeantBy: (word) => parseTicketRef(word) !== null,
  parse: ticketOnly('ticket 32164'),
  run: async (asked: Asked<TicketsUse>, { ticket }) => {
    const { deps, use, technician, say } = asked;
    if (ticket.by === 'page') mustBeOurs(asked, ticket);
    await sayWhenReady(say, 'Reading the ticket', async () =>
      ticketCardMessage(await use.viewTicket(technician, ticket), deps.links, deps.clock.now()),
    );
  },
});
