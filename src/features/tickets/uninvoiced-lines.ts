import { sameHours } from '../../shared/minutes.ts';
import { sameText } from '../../shared/text.ts';
import type { Invoice, InvoiceLine } from '../../syncro/invoice.ts';
import type { LineItem, Ticket } from '../../syncro/ticket.ts';

/**
 * The ticket's lines that no invoice holds yet. Syncro flags a line that was carried over; an account where it does
 * not is covered by pairing each line with one line of the ticket's invoices: by its text, and what is left by its rate,
 * for a text may come back changed.
 */
export const uninvoicedLines = (ticket: Ticket, invoices: readonly Invoice[]): readonly LineItem[] => {
  const onInvoices = invoices.flatMap((invoice) => invoice.lines);
  // Flagged lines take their pairs first, or an equal line that is not flagged would take one of theirs.
  let left = ticket.lineItems.toSorted((a, b) => Number(b.invoiced) - Number(a.invoiced));
  const pair = (isSame: (line: LineItem, other: InvoiceLine) => boolean) => {
    left = left.filter((line) => {
      const index = onInvoices.findIndex(
        (other) =>
          other.productId === line.productId &&
          other.quantityHundredths !== null &&
          sameHours(other.quantityHundredths, line.quantityHundredths) &&
          isSame(line, other),
      );
      if (index >= 0) onInvoices.splice(index, 1);
      return index < 0;
    });
  };
  pair((line, other) => sameText(line.description, other.description));
  pair((line, other) => line.productId !== null && line.rateCents === other.rateCents);
  return ticket.lineItems.filter((line) => !line.invoiced && left.includes(line));
};
