import { formatHours } from '../../domain/minutes.ts';
import { formatMoney } from '../../domain/money.ts';
import { shorten } from '../../domain/text.ts';
import type { Difference } from '../../domain/verify-invoice.ts';
import { quantityAndName } from './bill-words.ts';

/** How the invoice, or what a charge left on the ticket, differs from the preview, in words and numbers. */
export const differenceText = (difference: Difference, where: 'invoice' | 'ticket' = 'invoice'): string => {
  switch (difference.kind) {
    case 'line_missing':
      return `${quantityAndName(difference.line)} is not on the ${where}.`;
    case 'line_price':
      return `${quantityAndName(difference.line)} stands at ${formatMoney(difference.rateCents)} an hour instead of ${formatMoney(difference.line.rateCents)}.`;
    case 'line_hours':
      return `${quantityAndName(difference.line)} stands with ${formatHours(difference.quantityHundredths)} h.`;
    case 'line_taxed':
      return `${quantityAndName(difference.line)} is taxed.`;
    case 'line_extra':
      return `The ${where} also holds ${formatHours(difference.quantityHundredths)} × ${shorten(difference.name, 100)} at ${formatMoney(difference.rateCents)}.`;
    case 'total':
      return `The total is ${formatMoney(difference.totalCents)} instead of ${formatMoney(difference.expectedCents)}.`;
    case 'wrong_ticket':
      return 'The invoice belongs to another ticket.';
    case 'block':
      return `The prepaid block is at ${formatHours(difference.actualHundredths)} h instead of ${formatHours(difference.expectedHundredths)} h.`;
  }
};
