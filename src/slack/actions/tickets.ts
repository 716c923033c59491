import { z } from 'zod';
import { foundTicketsMessage } from '../messages/found-tickets.ts';
import { ticketCardMessage } from '../messages/ticket-card.ts';
import { sayWhenReady } from '../say.ts';
import { type Action, type Actions, fromJson, numberOf } from './pressed.ts';

const showTicket: Action = ({ deps, technician, say, value }) =>
  sayWhenReady(
    say,
    'Reading the ticket',
    async () =>
      ticketCardMessage(await deps.use.viewTicket(technician, { by: 'number', number: numberOf(value) }), deps.links),
    { beside: true },
  );

const shareTicket: Action = ({ deps, technician, say, value }) =>
  sayWhenReady(
    say,
    'Reading the ticket',
    async () => {
      const card = await deps.use.viewTicket(technician, { by: 'number', number: numberOf(value) });
      return ticketCardMessage(card, deps.links, { shared: true });
    },
    { beside: true, everybody: true },
  );

const SEARCH = z.object({ q: z.string(), o: z.boolean(), p: z.number().int().min(1) });

const searchAgain: Action = ({ deps, technician, say, value }) => {
  const { q, o, p } = fromJson(SEARCH, value);
  return sayWhenReady(
    say,
    'Searching',
    async () =>
      foundTicketsMessage(
        await deps.use.searchTickets(technician, { words: q, openOnly: o, page: p }),
        deps.links,
        deps.clock.now(),
      ),
    { replace: true },
  );
};

export const ticketActions: Actions = {
  'ticket:show': showTicket,
  'ticket:share': shareTicket,
  'search:all': searchAgain,
  'search:open': searchAgain,
  'search:previous': searchAgain,
  'search:next': searchAgain,
};
