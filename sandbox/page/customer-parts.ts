import { htmlToText } from 'html-to-text';
import { businessThenName } from '../syncro/customer-json.ts';
import { invoiceTotals } from '../syncro/invoice-json.ts';
import type { CommentRow, InvoiceRow, TicketRow } from '../syncro/rows.ts';
import type { SyncroState } from '../syncro/state.ts';
import { isResolved } from '../syncro/ticket-list.ts';
import { technicianName } from './request-part.ts';
import type { MoneyPart, TicketPart } from './shapes.ts';

export const dollars = (amount: number): string => `$${amount.toFixed(2)}`;

const PLAIN = { wordwrap: false } as const;

export const plainText = ({ body, is_rich_text }: CommentRow): string =>
  is_rich_text || /<[a-z][^>]*>/i.test(body) ? htmlToText(body, PLAIN) : body;

export const customerName = ({ customers }: SyncroState, customerId: number): string => {
  const customer = customers.find(({ id }) => id === customerId);
  return customer ? businessThenName(customer) : 'no customer';
};

/** The invoice as its customer reads it. */
export const invoicePart = (state: SyncroState, invoice: InvoiceRow): TicketPart['invoices'][number] => {
  const { total, tax } = invoiceTotals(state, invoice.id);
  return {
    id: invoice.id,
    at: Date.parse(invoice.created_at),
    number: invoice.number,
    total: dollars(Number(total)),
    by: technicianName(state, invoice.user_id),
    paid: invoice.is_paid,
    to: customerName(state, invoice.customer_id),
    lines: state.invoiceLines
      .filter(({ invoice_id }) => invoice_id === invoice.id)
      .map(({ id, item, name, quantity, price }) => ({
        id,
        name: item,
        text: name,
        quantity: String(quantity ?? ''),
        price: price === null ? '' : dollars(price),
        amount: dollars((price ?? 0) * (quantity ?? 0)),
      })),
    tax: Number(tax) === 0 ? null : dollars(Number(tax)),
  };
};

/** The customer's inbox, as far as this ticket goes. */
export const mailParts = (state: SyncroState, ticket: TicketRow): TicketPart['mails'] =>
  state.outbox
    .flatMap(({ to, ticketId, commentId }): TicketPart['mails'] => {
      const comment = state.comments.find(({ id }) => id === commentId);
      if (ticketId !== ticket.id || !comment) return [];
      return [
        {
          id: comment.id,
          at: Date.parse(comment.created_at),
          from: comment.tech ?? '',
          to,
          subject: `[#${ticket.number}] ${ticket.subject}`,
          text: plainText(comment),
        },
      ];
    })
    .toReversed();

/** What waits to be invoiced on tickets that are done. */
export const moneyPart = ({ tickets, lines }: SyncroState): MoneyPart => {
  const open = tickets
    .filter(({ status }) => isResolved(status))
    .map(({ id, number }) => {
      const own = lines.filter((line) => line.ticket_id === id && !line.converted);
      return { number, cents: own.reduce((sum, line) => sum + line.quantity * line.retail_cents, 0) };
    })
    .filter(({ cents }) => cents > 0)
    .toSorted((a, b) => b.cents - a.cents);
  return {
    tickets: open.map(({ number, cents }) => ({ number, amount: dollars(cents / 100) })),
    total: dollars(open.reduce((sum, { cents }) => sum + cents, 0) / 100),
  };
};
