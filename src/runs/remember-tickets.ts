import { ticketId, ticketNumber } from '../syncro/ticket.ts';
import type { Notifier, TicketMemory } from './ports.ts';
import { resultOf } from './rules/run.ts';

/** A new ticket's number is known before its receipt shows buttons that ask for it; a deleted one is forgotten. */
export const rememberingTickets = (
  notifier: Notifier,
  memory: Pick<TicketMemory, 'remember' | 'forget'>,
): Notifier => ({
  show: async (toShow) => {
    const { run } = toShow;
    const made = resultOf(run, 'ticket');
    const number = Number(made?.number);
    if (run.kind === 'create' && made?.id && Number.isInteger(number) && number > 0)
      await memory.remember({ ...run.ticket, id: ticketId(made.id), number: ticketNumber(number) });
    if (run.kind === 'delete' && run.state === 'done') await memory.forget(run.ticket.number);
    return notifier.show(toShow);
  },
});
