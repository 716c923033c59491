import { formatHours } from '../../shared/minutes.ts';
import { formatMoney } from '../../shared/money.ts';
import { shorten } from '../../shared/text.ts';
import type { Changed } from './basis.ts';
import type { HoursAtRate } from './bill-plan.ts';
import { targetChangeText } from './correction.ts';
import { touchText } from './deletion.ts';

const NOBODY = 'nobody';

const short = (text: string | null): string => shorten(text?.trim() || NOBODY, 100);

const hoursAtRate = ({ quantityHundredths, rateCents }: HoursAtRate): string =>
  `${formatHours(quantityHundredths)} × ${formatMoney(rateCents)}`;

/** One change of a ticket since it was looked at, as a sentence. */
export const changedText = (change: Changed): string => {
  switch (change.kind) {
    case 'customer':
      return `It now belongs to ${short(change.to)}, not to ${short(change.from)}.`;
    case 'contact':
      return `Its contact is now ${short(change.to)}, not ${short(change.from)}.`;
    case 'address':
      return `Email would now go to ${short(change.to)}, not to ${short(change.from)}.`;
    case 'status':
      return `Its status is now ${short(change.to)}, not ${short(change.from)}.`;
    case 'line':
      return `${formatHours(change.quantityHundredths)} × ${short(change.name)} at ${formatMoney(change.rateCents)} was added.`;
    case 'older_line':
      return change.to === null
        ? `${short(change.name)}, ${hoursAtRate(change.from)}, is no longer waiting to be invoiced.`
        : `${short(change.name)} is now ${hoursAtRate(change.to)}, not ${hoursAtRate(change.from)}.`;
    case 'target':
      return targetChangeText(change);
    case 'touched':
      return touchText(change.touch);
    case 'invoice':
      return `It was invoiced: #${short(change.number)}, ${formatMoney(change.totalCents)}.`;
  }
};
