import type { CustomerSummary } from '../syncro/customer.ts';
import { ticketId, ticketNumber } from '../syncro/ticket.ts';
import type { Notifier, TicketMemory } from './ports.ts';
import { type Run, resultOf } from './rules/run.ts';

/** The customer that a run has made; `null`: none, or nobody knows which. */
const newCustomerOf = (run: Run): CustomerSummary | null => {
  const id = resultOf(run, 'customer')?.id ?? null;
  const action = run.steps.find((step) => step.action.kind === 'customer')?.action;
  if (id === null || action?.kind !== 'customer') return null;
  const { businessName: name = '', phone = null, email = null } = action;
  return { id, name, personName: null, email, phone, city: null };
};

/**
 * A new ticket's number is known before its receipt shows buttons that ask for it; a deleted one is forgotten. A new
 * customer is found by whoever types the name next.
 */
export const rememberingTickets = (
  notifier: Notifier,
  memory: Pick<TicketMemory, 'remember' | 'forget'>,
  learn: (customer: CustomerSummary) => Promise<void>,
): Notifier => ({
  show: async (toShow) => {
    const { run } = toShow;
    const customer = newCustomerOf(run);
    if (customer) await learn(customer);
    const made = resultOf(run, 'ticket');
    const number = Number(made?.number);
    if (run.kind === 'create' && made?.id && Number.isInteger(number) && number > 0)
      await memory.remember({ ...run.ticket, id: ticketId(made.id), number: ticketNumber(number) });
    if (run.kind === 'delete' && run.state === 'done') await memory.forget(run.ticket.number);
    return notifier.show(toShow);
  },
});
