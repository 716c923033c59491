import type { KnownBlock } from '@slack/types';
import { formatHours, sameHours } from '../../shared/minutes.ts';
import { formatMoney } from '../../shared/money.ts';
import { capitalized, shorten } from '../../shared/text.ts';
import { note, type Part } from '../../slack/blocks.ts';
import { alert } from '../../slack/forms/alert.ts';
import type { Links } from '../../slack/links.ts';
import type { Audience } from '../../syncro/audience.ts';
import type { Author } from '../../syncro/identity.ts';
import type { KnownTicket } from '../../syncro/ticket.ts';
import type { PlannedLine } from '../rules/bill-plan.ts';
import type { EqualComment } from '../rules/preview-warnings.ts';
import type { TicketChange } from '../rules/purpose.ts';

/** When something was added, in the reader's own zone. */
export const day = (at: number | null): Part => (at === null ? 'earlier' : { day: at });

/** Whether a comment is mailed all the same is Syncro's business, so the address is shown too. */
export const TOLD_NOT_TO_EMAIL =
  'This customer is marked "no email" in Syncro: probably nobody will get the comment by email.';

export const NO_ADDRESS = 'Syncro has no email address for this customer: nobody will get the comment by email.';

export const equalCommentWords = ({ author, createdAt }: EqualComment): readonly Part[] => [
  'The same comment was posted ',
  day(createdAt),
  author ? ` by ${shorten(author, 80)}.` : '.',
];

/** `#32164 Own cloud thing again · Jerry Burger`, the number leading to its page. */
export const ticketParts = (
  { id, number, subject, customerName }: KnownTicket,
  links: Links,
  withCustomer = true,
): readonly Part[] => [
  { link: links.ticket(id), text: `#${number}` },
  ` ${shorten(subject, 300)}`,
  ...(withCustomer ? [` · ${shorten(customerName, 200)}`] : []),
];

/** Over the words of a comment in a preview: who reads them. */
export const readersOf = (audience: Audience, emailTo: string | null): readonly Part[] => {
  switch (audience) {
    case 'email':
      return [emailTo === null ? '✉ Emails nobody: Syncro has no address.' : `✉ Emails ${shorten(emailTo, 150)}:`];
    case 'portal':
      return ['👁 Customer portal, no email:'];
    case 'internal':
      return ['🔒 Only your team sees it:'];
  }
};

export const quantityAndName = ({ quantityHundredths, name }: PlannedLine): string =>
  `${formatHours(quantityHundredths)} h ${shorten(name, 100)}`;

/** `0.75 h × $150.00 = $112.50`. */
export const calculation = ({ quantityHundredths, rateCents, amountCents }: PlannedLine): string =>
  `${formatHours(quantityHundredths)} h × ${formatMoney(rateCents)} = ${formatMoney(amountCents)}`;

/** 10 minutes read better than 0.1667 h. `''` where the hours are exact, or others. */
export const minutesBeside = (minutes: number, { quantityHundredths }: PlannedLine): string =>
  quantityHundredths * 60 === minutes * 100 || !sameHours(quantityHundredths, (minutes * 100) / 60)
    ? ''
    : `   (${minutes} min)`;

/** Under whose name it will stand in Syncro. */
export const authorText = (author: Author): string =>
  author.shared
    ? `Will be posted as ${author.name} (the shared key), not under your name.`
    : `Will be posted as ${author.name}.`;

/** The last line of a preview: under whose name it will stand; loud where that is not the person's own. */
export const authorLine = (author: Author): KnownBlock =>
  author.shared ? alert('warning', [authorText(author)]) : note(`as ${author.name}`);

/** Says under a form without a preview whose name it will carry; loud when it is not the person's own. */
export const authorBlock = (author: Author): KnownBlock => ({
  ...(author.shared ? alert('warning', [authorText(author)]) : note(authorText(author))),
  block_id: 'author',
});

const LENGTH = 80;

/** `2026-12-01` -> `Dec 1`: a day is the same day in every zone. */
export const dayText = (date: string): string =>
  new Date(date).toLocaleDateString('en-US', { day: 'numeric', month: 'short', timeZone: 'UTC' });

const valueText = (field: TicketChange['field'], value: string | null): string => {
  if (value === null) return field === 'technician' ? 'nobody' : 'none';
  return field === 'due' ? dayText(value) : shorten(value, LENGTH);
};

/** `New → Waiting on Customer, technician nobody → Winter Hale`. */
export const arrowsText = (changes: readonly TicketChange[]): string =>
  changes
    .map(({ field, from, to }) => {
      const arrow = `${valueText(field, from)} → ${valueText(field, to)}`;
      return field === 'status' ? arrow : `${field} ${arrow}`;
    })
    .join(', ');

/** `Status Waiting on Customer, priority 1 High, technician Winter Hale, due Dec 1`. */
export const targetsText = (changes: readonly TicketChange[]): string =>
  capitalized(changes.map(({ field, to }) => `${field} ${valueText(field, to)}`).join(', '));
