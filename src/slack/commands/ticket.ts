import type { Handler } from '../asked.ts';
import { ticketCardMessage } from '../messages/ticket-card.ts';
import { sayWhenReady } from '../say.ts';
import { mustBeOurs } from './on-ticket.ts';

export const ticket: Handler<'ticket'> = async (asked, { ticket: ref }) => {
  const { deps, technician, say } = asked;
  if (ref.by === 'page') mustBeOurs(asked, ref);
  await sayWhenReady(say, 'Reading the ticket', async () =>
    ticketCardMessage(await deps.use.viewTicket(technician, ref), deps.links),
  );
};
