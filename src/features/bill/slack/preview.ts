import type { Draft } from '../../../runs/ports.ts';
import { type BillPlan, type Later, linesOf, type PlannedLine } from '../../../runs/rules/bill-plan.ts';
import { isAgain } from '../../../runs/rules/preview-warnings.ts';
import { scheduleText } from '../../../runs/slack/charge-receipt.ts';
import { warningAlerts } from '../../../runs/slack/warning-words.ts';
import {
  authorLine,
  calculation,
  day,
  dayText,
  minutesBeside,
  quantityAndName,
  readersOf,
  ticketParts,
} from '../../../runs/slack/words.ts';
import { formatHours } from '../../../shared/minutes.ts';
import { formatMoney } from '../../../shared/money.ts';
import { shorten } from '../../../shared/text.ts';
import { actions, button, header, line, lines, more, type Part, quote } from '../../../slack/blocks.ts';
import type { Links } from '../../../slack/links.ts';
import type { KnownTicket } from '../../../syncro/ticket.ts';
import { audienceInput } from '../../tickets/slack/inputs.ts';
import { previewForm } from '../../tickets/slack/preview-form.ts';
import type { InvoiceWhen } from '../later.ts';
import type { BillChoice } from '../plan.ts';
import type { BillPreview } from '../prepare.ts';
import { BILL_FORM, filledInBill, parseBill } from './form.ts';
import { invoiceInput } from './invoice-input.ts';
import { NOT_BILLABLE, priceButtons, priceRows } from './price-words.ts';
import type { BillUse } from './use.ts';

export const BILL_BACK = 'bill:back';
export const BILL_AUDIENCE = 'bill:audience';
export const BILL_INVOICE = 'bill:when';
export const BILL_PREVIEW = 'bill-preview';

/** What our own line costs the customer; hours where that is Syncro's to say. */
const amountText = ({ line: labor, prepaid, later }: BillPlan): string => {
  if (!prepaid) return formatMoney(labor.amountCents);
  return prepaid.covers && !later ? formatMoney(0) : `${formatHours(labor.quantityHundredths)} h`;
};

/**
 * Which ticket, and what the work comes to. On top of the form neither the subject nor the minutes are said again, which
 * can be read in it.
 */
const workRows = (
  plan: BillPlan,
  ticket: KnownTicket,
  links: Links,
  alone: boolean,
): ReadonlyArray<readonly Part[]> => {
  const { line: labor, workedMinutes, billedMinutes } = plan;
  const asWorked = alone ? minutesBeside(billedMinutes, labor) : '';
  const minutes =
    workedMinutes === billedMinutes ? asWorked : `   (worked ${workedMinutes} min, billed ${billedMinutes})`;
  const tax = labor.taxable ? 'taxed' : 'not taxed';
  const work = `${calculation(labor)}, ${shorten(labor.name, 100)} · ${tax}${minutes}`;
  return alone
    ? [ticketParts(ticket, links, false), [work]]
    : [[{ link: links.ticket(ticket.id), text: `#${ticket.number}` }, ` · ${work}`]];
};

/** What Syncro takes off is Syncro's to say, and is said to be. */
const totalText = ({ line: labor, olderLines, prepaid, expectedTotalCents }: BillPlan): string => {
  const onOlder = olderLines.some(({ taxable }) => taxable) ? ', plus tax on older lines' : '';
  const taxed = labor.taxable ? ', plus tax' : onOlder;
  if (expectedTotalCents !== null) return ` → total ${formatMoney(expectedTotalCents)}${taxed}`;
  if (olderLines.some(({ discounted }) => discounted)) return ' → total unknown until Syncro takes off the discount';
  return prepaid ? '' : ' → total unknown: the prepaid block may cover part of it';
};

/** It would be invoiced by itself. */
export const promisedText = ({ promisedFor }: PlannedLine, before: string): string =>
  promisedFor === undefined ? '' : `${before}was to go on a recurring invoice, ${dayText(promisedFor)}`;

const MOST_OLDER = 10;

const olderParts = (plan: BillPlan): readonly Part[] => {
  const { olderLines } = plan;
  const further = olderLines.length > MOST_OLDER ? [`, and ${olderLines.length - MOST_OLDER} more`] : [];
  return [
    'Also includes: ',
    ...olderLines
      .slice(0, MOST_OLDER)
      .flatMap((older, i): readonly Part[] => [
        `${i === 0 ? '' : ', '}${quantityAndName(older)} ${formatMoney(older.amountCents)}${older.discounted ? ' less a discount' : ''} (`,
        day(older.createdAt),
        `${promisedText(older, ', ')})`,
      ]),
    ...further,
    { bold: totalText(plan) },
  ];
};

/** A block is counted to the hundredth, as money is. */
export const blockHours = (hundredths: number): string => {
  const text = formatHours(hundredths);
  return text.length - text.indexOf('.') > 2 && text.includes('.') ? text : (hundredths / 100).toFixed(2);
};

export const linesText = ({ length }: readonly unknown[]): string => (length === 1 ? '1 line' : `${length} lines`);

const laterText = (later: Later): string =>
  later.by === 'schedule' ? `No invoice now. It goes on ${scheduleText(later)}.` : 'No invoice now.';

const invoiceRows = (plan: BillPlan): ReadonlyArray<readonly Part[]> => {
  const { olderLines, prepaid, line: labor, laborNote } = plan;
  const status = plan.status === null ? 'The status stays as it is.' : `Status changes to ${plan.status}.`;
  const rows: Array<readonly Part[]> = [
    [
      `${plan.later ? laterText(plan.later) : `New ${plan.asDraft ? 'draft ' : ''}invoice, ${linesText(linesOf(plan))}.`} ${status}`,
    ],
  ];
  if (olderLines.length > 0) rows.push(olderParts(plan));
  if (prepaid)
    rows.push([
      `${blockHours(prepaid.beforeHundredths)} h → ${blockHours(prepaid.afterHundredths)} h of the block. ${
        plan.later
          ? `The block covers it when it is invoiced, ${prepaid.covers ? 'if it still has the hours' : 'as far as it goes'}.`
          : prepaid.covers && olderLines.length === 0
            ? `The invoice total is ${formatMoney(0)}.`
            : 'Syncro works out the invoice total.'
      }`,
    ]);
  if (laborNote) rows.push([laborNote]);
  if (plan.comment.audience === 'internal')
    rows.push([`The invoice line reads "${shorten(labor.description, 150)}", not your comment.`]);
  return rows;
};

const whenOf = ({ later }: BillPlan): InvoiceWhen => (later ? 'later' : 'now');

export const billPreview = previewForm<BillUse, BillChoice, BillPreview>({
  ...{ form: BILL_FORM, callbackId: BILL_PREVIEW, back: BILL_BACK, title: 'Check and bill' },
  submit: ({ plan }) =>
    `${plan.later ? 'Charge' : 'Bill'} ${isAgain(plan.warnings) ? 'again ' : ''}${amountText(plan)}`,
  reading: 'the ticket, its invoices and the live rate',
  filledIn: filledInBill,
  parse: parseBill,
  shows: (work): Draft =>
    work.kind === 'bill' ? { audience: work.plan.comment.audience, invoice: whenOf(work.plan) } : {},
  preview: ({ billing }, ...filledIn) => billing.preview(...filledIn),
  /** What speaks against it; what it costs, who reads what, what becomes of the ticket; under whose name. */
  blocks: ({ ticket, plan, author, pricing, choice, later }, links, { alone }) => [
    ...warningAlerts(ticket.number, plan.warnings, links),
    header(`${amountText(plan)}${plan.line.taxable ? ' plus tax' : ''} to ${ticket.customerName}`),
    lines(...workRows(plan, ticket, links, alone), ...priceRows(pricing, choice)),
    ...priceButtons(pricing, choice),
    ...(alone ? [audienceInput({ preset: plan.comment.audience, actionId: BILL_AUDIENCE })] : []),
    line(...readersOf(plan.comment.audience, plan.comment.emailTo)),
    quote(plan.comment.body),
    ...(alone ? [invoiceInput({ later, preset: whenOf(plan) }, BILL_INVOICE)] : []),
    lines(...invoiceRows(plan)),
    actions('ends', [more([button('Not billable…', NOT_BILLABLE)])]),
    authorLine(author),
  ],
});
