import type { KnownBlock } from '@slack/types';
import { formatHours, formatTimer } from '../../shared/minutes.ts';
import { formatMoney } from '../../shared/money.ts';
import { shorten } from '../../shared/text.ts';
import type { Part } from '../../slack/blocks.ts';
import { alert } from '../../slack/forms/alert.ts';
import type { Links } from '../../slack/links.ts';
import type { TicketNumber } from '../../syncro/ticket.ts';
import type { BillWarning, PlannedLine, WorkTime } from '../rules/bill-plan.ts';
import { commentOfInvoice, levelOf, mostSeriousFirst } from '../rules/preview-warnings.ts';
import { noneText } from './charge-receipt.ts';
import { day, equalCommentWords, NO_ADDRESS, quantityAndName, TOLD_NOT_TO_EMAIL } from './words.ts';

/** More would push the facts out of sight. */
const MOST = 12;

/** Over a preview, one for each thing to know before confirming; an invoice and its comment are one. */
export const warningAlerts = (
  number: TicketNumber,
  all: readonly BillWarning[],
  links: Links,
): readonly KnownBlock[] => {
  const comments = all.flatMap((one) => (one.kind === 'has_invoice' ? (commentOfInvoice(one, all) ?? []) : []));
  return mostSeriousFirst(all.filter((one) => !comments.includes(one)))
    .slice(0, MOST)
    .map((one) => {
      const same = one.kind === 'has_invoice' && commentOfInvoice(one, all) !== null;
      const parts = warningParts(number, one, links);
      return same
        ? alert('error', [...parts.slice(0, -1), `, ${formatMoney(one.totalCents)}, same comment`])
        : alert(levelOf(one), parts);
    });
};

const has = (text: string): readonly Part[] => [text];

/** `Worked Nov 23 5:10 PM to 6:00 PM: 30 of 50 min are`. */
const workTime = ({ startedAt, endedAt, outside, all }: WorkTime): readonly Part[] => [
  'Worked ',
  { date: startedAt },
  ' to ',
  { clock: endedAt },
  outside === 0 || outside === all ? ',' : `: ${outside} of ${all} min are`,
];

/** `only 0.5 h left after this ticket's other lines`. */
const blockLeft = ({ beforeHundredths, why }: BillWarning & { kind: 'block_too_small' | 'block_once' }): string =>
  `${beforeHundredths === 0 ? 'nothing' : `only ${formatHours(beforeHundredths)} h`}${
    why === 'spoken_for' ? " left after this ticket's other lines" : ''
  }`;

const alreadyThere = (line: PlannedLine): string =>
  `On this ticket already: ${quantityAndName(line)}, ${formatMoney(line.amountCents)}`;

/** One sentence with its number for each thing that the person should know before confirming. */
const warningParts = (number: TicketNumber, warning: BillWarning, links: Links): readonly Part[] => {
  switch (warning.kind) {
    case 'has_invoice':
      return [
        'Already billed ',
        day(warning.createdAt),
        ': ',
        { link: links.invoice(warning.id), text: `invoice #${warning.number}` },
        `, ${formatMoney(warning.totalCents)}`,
      ];
    case 'equal_line':
      return [
        'The same labor was added ',
        day(warning.line.createdAt),
        `: ${quantityAndName(warning.line)}, ${formatMoney(warning.line.amountCents)}.`,
      ];
    case 'equal_comment':
      return equalCommentWords(warning);
    case 'billed_now':
      return has(`#${number} is being billed right now by ${warning.by}.`);
    case 'uncharged_timers': {
      const { count, minutes } = warning;
      const entries = count === 1 ? 'A time entry' : `${count} time entries`;
      return has(
        `${entries} in Syncro (${formatTimer(minutes)}) ${count === 1 ? 'was' : 'were'} never charged, so no invoice includes that time.`,
      );
    }
    case 'zero_rate':
      return has(`The rate of ${shorten(warning.product, 100)} is ${formatMoney(0)}.`);
    case 'negative_rate':
      return has(
        `The rate of ${shorten(warning.product, 100)} is ${formatMoney(warning.rateCents)}: it takes money off the invoice.`,
      );
    case 'negative_line':
      return has(`${alreadyThere(warning.line)}. It takes money off the invoice.`);
    case 'free_line':
      return has(`${alreadyThere(warning.line)}.`);
    case 'discounted_line':
      return has(`${alreadyThere(warning.line)}, less a discount in Syncro.`);
    case 'unusual_minutes':
      return has(`${warning.minutes} minutes is more than 8 hours.`);
    case 'disabled_product':
      return has(`${shorten(warning.product, 100)} is disabled in Syncro.`);
    case 'taxed_product':
      return has(
        `${shorten(warning.product, 100)} is taxable in Syncro, and a charge keeps that: the line will be taxed.`,
      );
    case 'untaxed_product':
      return has(`${shorten(warning.product, 100)} is taxable in Syncro; this bill charges it without tax.`);
    case 'not_rounded':
      return has(
        `Time is logged as worked, ${warning.minutes} min; a bill would round it up to ${warning.billedMinutes}.`,
      );
    case 'block_times_unsent':
      return has(
        `Logged time takes prepaid hours once, not × ${warning.times}. If this customer has a block, bill ${warning.word} instead.`,
      );
    case 'premium_unclear':
      return has(
        `I can't tell if these hours already include ${warning.word}'s × ${warning.times}, so the minutes are billed as typed.`,
      );
    case 'no_email_address':
      return has(NO_ADDRESS);
    case 'told_not_to_email':
      return has(TOLD_NOT_TO_EMAIL);
    case 'block_too_small':
      return has(`The prepaid block has ${blockLeft(warning)}: Syncro decides what the rest costs.`);
    case 'block_overdrawn':
      return has(
        `The prepaid block is overdrawn by ${formatHours(warning.hundredths)} h, so it doesn't cover any of this.`,
      );
    case 'block_once': {
      const { beforeHundredths, timesHundredths, hundredths, why } = warning;
      const [left, many, few] = [beforeHundredths, timesHundredths, hundredths].map(
        (hours) => `${formatHours(hours)} h`,
      );
      const holds =
        why === 'later'
          ? `${left} now but may have less by the time this is invoiced, and this premium takes ${many}`
          : `${blockLeft(warning)}, less than the ${many} that this premium takes`;
      return has(
        `The prepaid block has ${holds}. I'm billing ${few}: whatever the block doesn't cover is charged at a rate that already includes the premium.`,
      );
    }
    case 'after_hours':
      return [...workTime(warning.work), ` outside business hours, but ${warning.word} isn't an after-hours rate.`];
    case 'business_hours':
      return [...workTime(warning.work), ` within business hours, but ${warning.word} is an after-hours rate.`];
    case 'contract_not_billable':
      return [
        { bold: shorten(warning.contract, 100) },
        ` covers ${shorten(warning.product, 100)}: under this contract it isn't billable.`,
      ];
    case 'contract_price':
      return [
        { bold: shorten(warning.contract, 100) },
        ` prices ${shorten(warning.product, 100)} at ${formatMoney(warning.rateCents)} an hour.`,
      ];
    case 'contract_unclear':
      if (warning.unread)
        return [
          "I couldn't read all of ",
          { bold: shorten(warning.contract, 100) },
          `, so I don't know if it changes the price of ${shorten(warning.product, 100)}.`,
        ];
      return [
        { bold: shorten(warning.contract, 100) },
        warning.leftOut
          ? ` leaves out ${shorten(warning.product, 100)}. Check the price in Syncro.`
          : ` prices ${shorten(warning.product, 100)} differently, but Syncro doesn't say how. Check it there.`,
      ];
    case 'contracts_unread':
      return has(
        warning.unread === 'one'
          ? "I couldn't read one of the contracts in Syncro. It may be this customer's, so I don't know if it changes this price."
          : "I couldn't read the customer's contracts, so I don't know if one changes this price.",
      );
    case 'line_invoiced': {
      const { line } = warning;
      return has(
        `${quantityAndName(line)}, ${formatMoney(line.amountCents)}, is already on a recurring invoice. Syncro would invoice it again.`,
      );
    }
    case 'hours_unread':
      return has("I couldn't read the account's business hours, so I don't know if this was after hours.");
    case 'schedules_unread':
      return has("I couldn't read the customer's recurring invoices, so I don't know if one will include this.");
    case 'no_status':
      return has(`This Syncro account has no status "${shorten(warning.status, 60)}": the status will stay as it is.`);
    case 'never_invoiced':
      return has(`${noneText(warning.why, warning.name)}: nothing will invoice this by itself.`);
    case 'no_time_zone':
      return has(`The account's time zone is unknown: the invoice will be dated ${warning.day} (UTC).`);
  }
};
