import type { KnownBlock } from '@slack/types';
import type { BillPlan, BillWarning, PlannedLine } from '../../../runs/rules/bill-plan.ts';
import { formatClock, formatHours } from '../../../shared/minutes.ts';
import { formatMoney } from '../../../shared/money.ts';
import { shorten } from '../../../shared/text.ts';
import { line, lines, note, type Part } from '../../../slack/blocks.ts';
import type { Links } from '../../../slack/links.ts';
import { AUDIENCE_LABELS, type Audience } from '../../../syncro/audience.ts';
import type { Author } from '../../keys/identity.ts';
import type { EqualComment } from '../../tickets/comment-facts.ts';

/** When something was added, in the reader's own zone. */
export const day = (at: number | null): Part => (at === null ? 'earlier' : { day: at });

/** Whether a comment is mailed all the same is Syncro's business, so the address is shown too. */
export const TOLD_NOT_TO_EMAIL =
  'This customer is marked "no email" in Syncro: probably nobody will get the comment by e-mail.';
export const NO_ADDRESS = 'Syncro has no e-mail address for this customer: nobody will get the comment by e-mail.';

export const equalCommentWords = ({ author, createdAt }: EqualComment): readonly Part[] => [
  'The same comment was posted ',
  day(createdAt),
  author ? ` by ${shorten(author, 80)}.` : '.',
];

/** What a preview begins with: the number leading to its page, the subject, the customer. */
export const previewHead = (
  ticket: {
    readonly id: number | null;
    readonly number: number | null;
    readonly subject: string;
    readonly customerName: string;
  },
  links: Links,
): KnownBlock => {
  const name = `#${ticket.number}`;
  return lines(
    [
      ticket.id === null ? { bold: name } : { link: links.ticket(ticket.id), text: name, strong: true },
      ' ',
      { bold: shorten(ticket.subject, 300) },
    ],
    [shorten(ticket.customerName, 200)],
  );
};

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
    ? `Written to Syncro as ${author.name} (the shared key), not under your name.`
    : `Written to Syncro as ${author.name}.`;

const has = (text: string): readonly Part[] => [text];

/** The same in a preview, between the facts and the warnings. */
export const authorLine = (author: Author): KnownBlock =>
  author.shared ? line({ bold: '! ' }, authorText(author)) : line(authorText(author));

/** One sentence with its number for each thing that the person should know before confirming. */
export const warningParts = (
  { ticketNumber }: Pick<BillPlan, 'ticketNumber'>,
  warning: BillWarning,
  links: Links,
): readonly Part[] => {
  switch (warning.kind) {
    case 'has_invoice':
      return [
        `#${ticketNumber} already has `,
        { link: links.invoice(warning.id), text: `invoice #${warning.number}` },
        ' (',
        day(warning.createdAt),
        `, ${formatMoney(warning.totalCents)}).`,
      ];
    case 'equal_line':
      return [
        'An equal line was added ',
        day(warning.line.createdAt),
        `: ${quantityAndName(warning.line)}, ${formatMoney(warning.line.amountCents)}.`,
      ];
    case 'equal_comment':
      return equalCommentWords(warning);
    case 'billed_now':
      return has(`#${ticketNumber} is being billed right now by ${warning.by}.`);
    case 'uncharged_timers': {
      const { count, minutes } = warning;
      const entries = count === 1 ? 'A time entry' : `${count} time entries`;
      return has(
        `${entries} in Syncro (${formatClock(minutes)}) ${count === 1 ? 'was' : 'were'} never charged, so no invoice has that time.`,
      );
    }
    case 'zero_rate':
      return has(`${shorten(warning.product, 100)} has a rate of ${formatMoney(0)} in Syncro.`);
    case 'negative_rate':
      return has(
        `${shorten(warning.product, 100)} has a rate of ${formatMoney(warning.rateCents)} in Syncro: it takes money off the invoice.`,
      );
    case 'unusual_minutes':
      return has(`${warning.minutes} minutes is more than 8 hours.`);
    case 'disabled_product':
      return has(`${shorten(warning.product, 100)} is disabled in Syncro.`);
    case 'taxed_product':
      return has(
        `${shorten(warning.product, 100)} is taxable in Syncro, and a charge takes that over: the line will be taxed.`,
      );
    case 'untaxed_product':
      return has(`${shorten(warning.product, 100)} is taxable in Syncro; this bill charges it without tax.`);
    case 'not_rounded':
      return has(
        `Time is logged as it was, ${warning.minutes} min; a bill would round it up to ${warning.billedMinutes}.`,
      );
    case 'no_email_address':
      return has(NO_ADDRESS);
    case 'told_not_to_email':
      return has(TOLD_NOT_TO_EMAIL);
    case 'block_too_small':
      return has(
        `The prepaid block has only ${formatHours(warning.beforeHundredths)} h: Syncro decides what the rest costs.`,
      );
    case 'no_status':
      return has(`This Syncro account has no status "${shorten(warning.status, 60)}": the status will stay as it is.`);
    case 'no_time_zone':
      return has(`The account's time zone is unknown: the invoice will be dated ${warning.day} (UTC).`);
  }
};

/** Warnings as people see them everywhere: a row each behind its mark. */
export const warningRows = (warnings: ReadonlyArray<readonly Part[]>): readonly KnownBlock[] =>
  warnings.length === 0 ? [] : [lines(...warnings.map((parts): readonly Part[] => [{ bold: '! ' }, ...parts]))];

/** Says under a form without a preview whose name it will carry; loud when it is not the person's own. */
export const authorBlock = (author: Author): KnownBlock => ({
  ...(author.shared ? line({ bold: '! ' }, authorText(author)) : note(authorText(author))),
  block_id: 'author',
});
