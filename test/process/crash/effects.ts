import type { SyncroSandbox } from '../../../sandbox/syncro/start-syncro.ts';
import type { SyncroState } from '../../../sandbox/syncro/state.ts';
import type { WriteStep } from './steps.ts';

/** Who made what of a bill on this ticket, and where it hangs; what the sample account had before is left out. */
export const effectsOn = (state: SyncroState, number: number, comment: string) => {
  const ticket = state.tickets.find((row) => row.number === number);
  const invoices = state.invoices.filter(({ ticket_id }) => ticket_id === ticket?.id);
  const newest = invoices.at(-1);
  return {
    comments: state.comments
      .filter(({ ticket_id, body }) => ticket_id === ticket?.id && body === comment)
      .map(({ user_id }) => user_id),
    lines: state.lines
      .filter(({ ticket_id, description }) => ticket_id === ticket?.id && description === comment)
      .map(({ user_id, quantity, invoice_id }) => ({ by: user_id, quantity, onInvoice: invoice_id === newest?.id })),
    invoices: invoices.map(({ id, user_id }) => ({
      by: user_id,
      lines: state.invoiceLines.filter(({ invoice_id }) => invoice_id === id).map(({ name }) => name),
    })),
    status: ticket?.status,
  };
};

/** What one bill of 45 minutes leaves on a ticket that had no lines and no invoices. */
export const billedOnce = (comment: string, by: number) => ({
  comments: [by],
  lines: [{ by, quantity: 0.75, onInvoice: true }],
  invoices: [{ by, lines: [comment] }],
  status: 'Invoiced',
});

export const sends = ({ requests }: SyncroSandbox, { method, path }: WriteStep): number =>
  requests.filter((each) => each.method === method && path.test(each.path)).length;
