import type { Handler } from '../../../slack/asked.ts';
import { sayWhenReady } from '../../../slack/say.ts';
import { mustBeOurs } from './on-ticket.ts';
import { ticketCardMessage } from './ticket-card.ts';

export const ticket: Handler<'ticket'> = async (asked, { ticket: ref }) => {
  const { deps, technician, say } = asked;
  if (ref.by === 'page') mustBeOurs(asked, ref);
  await sayWhenReady(say, 'Reading the ticket', async () =>
    ticketCardMessage(await deps.use.viewTicket(technician, ref), deps.links),
  );
};
