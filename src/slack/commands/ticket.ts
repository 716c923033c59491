import { AppError } from '../../errors.ts';
import type { Handler } from '../asked.ts';
import { ticketCardMessage } from '../messages/ticket-card.ts';
import { sayWhenReady } from '../say.ts';

export const ticket: Handler<'ticket'> = async ({ deps, technician, say }, { ticket: ref }) => {
  // An address of another Syncro holds an id that may be anybody's here.
  if (ref.by === 'page' && ref.host !== deps.links.host)
    throw new AppError('not_found', `${ref.host} is not your Syncro (${deps.links.host}).`);
  await sayWhenReady(say, 'Reading the ticket', async () =>
    ticketCardMessage(await deps.use.viewTicket(technician, ref), deps.links),
  );
};
