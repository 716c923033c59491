import { type Action, type Actions, numberOf } from '../../../slack/pressed.ts';
import { sayWhenReady } from '../../../slack/say.ts';
import { notSharedMessage, ticketCardMessage } from './ticket-card.ts';

const showTicket: Action = ({ deps, technician, say, value }) =>
  sayWhenReady(
    say,
    'Reading the ticket',
    async () =>
      ticketCardMessage(await deps.use.viewTicket(technician, { by: 'number', number: numberOf(value) }), deps.links),
    { beside: true },
  );

const shareTicket: Action = async ({ deps, technician, say, value, channel }) => {
  // Whoever else reads along would see the customer's data.
  if (channel !== null && (await deps.channels.reach(channel)) === 'external') return say(notSharedMessage());
  return sayWhenReady(
    say,
    'Reading the ticket',
    async () => {
      const card = await deps.use.viewTicket(technician, { by: 'number', number: numberOf(value) });
      return ticketCardMessage(card, deps.links, { shared: true });
    },
    { beside: true, everybody: true },
  );
};

export const ticketActions: Actions = {
  'ticket:show': showTicket,
  'ticket:share': shareTicket,
};
