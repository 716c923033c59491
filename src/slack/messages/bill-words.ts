import type { Author } from '../../app/identity.ts';
import { AUDIENCE_LABELS, type Audience } from '../../domain/audience.ts';
import type { BillPlan, BillWarning, PlannedLine } from '../../domain/billing.ts';
import { formatHours } from '../../domain/minutes.ts';
import { formatMoney } from '../../domain/money.ts';
import { shorten } from '../../domain/text.ts';

/** `Wed 12 Nov`-like day without a zone: good enough for "when was this added". */
export const day = (at: number | null): string =>
  at === null
    ? 'earlier'
    : new Date(at).toLocaleDateString('en-GB', { day: 'numeric', month: 'short', timeZone: 'UTC' });

export const quantityAndName = ({ quantityHundredths, name }: PlannedLine): string =>
  `${formatHours(quantityHundredths)} h ${shorten(name, 100)}`;

/** `0.75 h × $150.00 = $112.50`. */
export const calculation = ({ quantityHundredths, rateCents, amountCents }: PlannedLine): string =>
  `${formatHours(quantityHundredths)} h × ${formatMoney(rateCents)} = ${formatMoney(amountCents)}`;

/** Syncro's quantities have two decimals: 10 minutes are 0.17 h. `''` where that changes nothing. */
export const roundedHours = (minutes: number, { quantityHundredths }: PlannedLine): string =>
  quantityHundredths * 60 === minutes * 100
    ? ''
    : `   (${minutes} min, rounded to ${formatHours(quantityHundredths)} h)`;

/** Who gets a comment, in one phrase. */
export const recipientsOf = (audience: Audience, emailTo: string | null): string => {
  switch (audience) {
    case 'email':
      return emailTo === null ? 'e-mailed, but Syncro has no address' : `e-mailed to ${shorten(emailTo, 150)}`;
    case 'portal':
      return `${AUDIENCE_LABELS.portal.toLowerCase()}`;
    case 'internal':
      return 'internal only, the customer never sees it';
  }
};

export const recipients = ({ comment }: BillPlan): string => recipientsOf(comment.audience, comment.emailTo);

/** Under whose name it will stand in Syncro. */
export const authorText = (author: Author): string =>
  author.shared
    ? `! Written to Syncro as ${author.name} (the shared key), not under your name.`
    : `Written to Syncro as ${author.name}.`;

/** One sentence with its number for each thing that the person should know before confirming. */
export const warningText = ({ ticketNumber }: Pick<BillPlan, 'ticketNumber'>, warning: BillWarning): string => {
  switch (warning.kind) {
    case 'has_invoice':
      return `#${ticketNumber} already has invoice #${warning.number} (${day(warning.createdAt)}, ${formatMoney(warning.totalCents)}).`;
    case 'equal_line':
      return `An equal line was added ${day(warning.line.createdAt)}: ${quantityAndName(warning.line)}, ${formatMoney(warning.line.amountCents)}.`;
    case 'equal_comment':
      return `The same comment was posted ${day(warning.createdAt)}${warning.author ? ` by ${shorten(warning.author, 80)}` : ''}.`;
    case 'billed_now':
      return `#${ticketNumber} is being billed right now by ${warning.by}.`;
    case 'zero_rate':
      return `${shorten(warning.product, 100)} has a rate of $0.00 in Syncro.`;
    case 'unusual_minutes':
      return `${warning.minutes} minutes is more than 8 hours.`;
    case 'disabled_product':
      return `${shorten(warning.product, 100)} is disabled in Syncro.`;
    case 'taxed_product':
      return `${shorten(warning.product, 100)} is taxable in Syncro, and a charge takes that over: the line will be taxed.`;
    case 'not_rounded':
      return `Time is logged as it was, ${warning.minutes} min; a bill would round it up to ${warning.billedMinutes}.`;
    case 'no_email_address':
      return 'Syncro has no e-mail address for this customer: nobody will get the comment by mail.';
    case 'block_too_small':
      return `The prepaid block has only ${formatHours(warning.beforeHundredths)} h: Syncro decides what the rest costs.`;
    case 'no_status':
      return `This Syncro account has no status "${shorten(warning.status, 60)}": the status will stay as it is.`;
  }
};
