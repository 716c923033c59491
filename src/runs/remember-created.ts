import { ticketId, ticketNumber } from '../syncro/ticket.ts';
import type { TicketMemory } from './forms-port.ts';
import type { Notifier } from './ports.ts';
import { type Run, resultOf } from './rules/run.ts';

const remember = async (run: Run, memory: Pick<TicketMemory, 'remember'>): Promise<void> => {
  const made = resultOf(run, 'ticket');
  const number = Number(made?.number);
  if (!made?.id || !Number.isInteger(number) || number <= 0) return;
  const { subject, customerId, customerName } = run.ticket;
  await memory.remember({
    id: ticketId(made.id),
    number: ticketNumber(number),
    subject,
    customerId,
    customerName,
  });
};

/** A new ticket's number is known before its receipt shows buttons that ask for it. */
export const rememberingCreated = (notifier: Notifier, memory: Pick<TicketMemory, 'remember'>): Notifier => ({
  show: async (toShow) => {
    if (toShow.run.kind === 'create') await remember(toShow.run, memory);
    return notifier.show(toShow);
  },
});
