import { formatHours } from '../../shared/minutes.ts';
import { formatMoney } from '../../shared/money.ts';
import { shorten } from '../../shared/text.ts';
import { uncorrectedText } from '../rules/correction.ts';
import type { Difference } from '../rules/verify-invoice.ts';
import { quantityAndName } from './words.ts';

const rate = (cents: number | null): string => (cents === null ? 'no price' : formatMoney(cents));

/** How the invoice, or what a charge left on the ticket, differs from the preview, in words and numbers. */
export const differenceText = (difference: Difference, where: 'invoice' | 'ticket' = 'invoice'): string => {
  switch (difference.kind) {
    case 'line_missing':
      return `${quantityAndName(difference.line)} is not on the ${where}.`;
    case 'line_price':
      return `${quantityAndName(difference.line)} is at ${rate(difference.rateCents)} an hour instead of ${formatMoney(difference.line.rateCents)}.`;
    case 'line_hours':
      return `${quantityAndName(difference.line)} is ${formatHours(difference.quantityHundredths)} h in Syncro.`;
    case 'entry_hours':
      return `Syncro counts ${formatHours(difference.quantityHundredths)} h for ${quantityAndName(difference.line)}, by the account's rules for this labor.`;
    case 'entry_unclear':
      return `Syncro does not say clearly how long it will charge for ${quantityAndName(difference.line)}.`;
    case 'entry_not_billable':
      return `${quantityAndName(difference.line)} is not billable in Syncro: a charge may leave nothing to pay.`;
    case 'line_taxed':
      return `${quantityAndName(difference.line)} is taxed.`;
    case 'line_untaxed':
      return `${quantityAndName(difference.line)} is not taxed.`;
    case 'line_discounted':
      return `${quantityAndName(difference.line)} is discounted in Syncro.`;
    case 'line_undiscounted':
      return `${quantityAndName(difference.line)} has lost its discount.`;
    case 'line_invoiced':
      return `${quantityAndName(difference.line)} is already on an invoice.`;
    case 'line_extra': {
      const { quantityHundredths: quantity, name, rateCents } = difference;
      const times = quantity === null ? '' : `${formatHours(quantity)} × `;
      return `The ${where} also holds ${times}${shorten(name, 100)} at ${rate(rateCents)}.`;
    }
    case 'no_lines':
      return 'The invoice has no lines: all of them were gone or invoiced already.';
    case 'line_unread':
      return difference.name
        ? `The ${where} also holds a line that can't be read: ${shorten(difference.name, 100)}.`
        : `The ${where} also holds a line that can't be read.`;
    case 'total':
      return `The total is ${formatMoney(difference.totalCents)} instead of ${formatMoney(difference.expectedCents)}.`;
    case 'total_beyond':
      return `The total is ${formatMoney(difference.totalCents)}; it should be between ${formatMoney(difference.leastCents)} and ${formatMoney(difference.mostCents)}.`;
    case 'uncorrected':
      return uncorrectedText(difference);
    case 'wrong_ticket':
      return 'The invoice belongs to another ticket.';
    case 'wrong_customer':
      return 'The invoice is made out to another customer.';
    case 'block':
      return `The prepaid block is at ${formatHours(difference.actualHundredths)} h instead of ${formatHours(difference.expectedHundredths)} h.`;
  }
};
