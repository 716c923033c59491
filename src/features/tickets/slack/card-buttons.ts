import type { Asked } from '../../../slack/asked.ts';
import { fromCopy } from '../../../slack/copy-first.ts';
import { command, onNumber, type Rows, reads } from '../../../slack/feature.ts';
import { type Action, inPlaceOfOwn } from '../../../slack/pressed.ts';
import { sayWhenReady } from '../../../slack/say.ts';
import { parseTicketRef, type TicketRef } from '../../../syncro/ticket-ref.ts';
import type { TicketCard } from '../view-ticket.ts';
import { mustBeOurs, numberOf, ticketOnly } from './on-ticket.ts';
import { notSharedMessage, ticketCardMessage } from './ticket-card.ts';
import type { TicketsUse } from './use.ts';

const sayCard = (
  { deps, use, technician, say }: Pick<Asked<TicketsUse>, 'deps' | 'use' | 'technician' | 'say'>,
  ref: TicketRef,
  options: Parameters<typeof sayWhenReady>[3] = {},
  showing: Parameters<typeof ticketCardMessage>[3] = {},
): Promise<void> => {
  const show = (card: TicketCard) => ticketCardMessage(card, deps.links, deps.clock.now(), showing);
  return sayWhenReady(say, 'Reading the ticket', async () => show(await use.viewTicket(technician, ref)), {
    ...options,
    copy: fromCopy(deps, () => use.copied.ticket(technician, ref), show),
  });
};

const showTicket: Action<TicketsUse> = (pressed) =>
  sayCard(pressed, { by: 'number', number: numberOf(pressed.value) }, { beside: true });

/** The same card with more of what was said on the ticket. */
const showComments: Action<TicketsUse> = (pressed) =>
  sayCard(pressed, { by: 'number', number: numberOf(pressed.value) }, inPlaceOfOwn(pressed), { whole: true });

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
    if (ticket.by === 'page') mustBeOurs(asked, ticket);
    await sayCard(asked, ticket);
  },
});
