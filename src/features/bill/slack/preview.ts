import type { BillPlan } from '../../../runs/rules/bill-plan.ts';
import { warningParts } from '../../../runs/slack/warning-words.ts';
import {
  authorLine,
  calculation,
  day,
  previewHead,
  quantityAndName,
  recipients,
  roundedHours,
  warningRows,
} from '../../../runs/slack/words.ts';
import { formatHours } from '../../../shared/minutes.ts';
import { formatMoney } from '../../../shared/money.ts';
import { shorten } from '../../../shared/text.ts';
import { line, lines, type Part, quote } from '../../../slack/blocks.ts';
import { previewForm } from '../../tickets/slack/preview-form.ts';
import type { BillChoice } from '../plan.ts';
import type { BillPreview } from '../prepare.ts';
import { BILL_FORM, parseBill } from './form.ts';
import type { BillUse } from './use.ts';

export const BILL_BACK = 'bill:back';

const laborRows = (plan: BillPlan): ReadonlyArray<readonly Part[]> => {
  const { line: labor, workedMinutes, billedMinutes, laborNote } = plan;
  const rounded = workedMinutes === billedMinutes ? '' : `   (worked ${workedMinutes} min, billed ${billedMinutes})`;
  return [
    [{ bold: labor.name }],
    [`${calculation(labor)} · ${labor.taxable ? 'taxed' : 'not taxed'}${rounded}${roundedHours(billedMinutes, labor)}`],
    ...(laborNote ? [[laborNote] as const] : []),
  ];
};

/** What Syncro takes off is Syncro's to say, and is said to be. */
const totalRows = ({
  line: labor,
  olderLines,
  prepaid,
  expectedTotalCents,
}: BillPlan): ReadonlyArray<readonly Part[]> => {
  const onOlder = olderLines.some(({ taxable }) => taxable) ? ', plus tax on older lines' : '';
  const taxed = labor.taxable ? ', plus tax' : onOlder;
  if (expectedTotalCents !== null) return [[{ bold: `→ total ${formatMoney(expectedTotalCents)}${taxed}` }]];
  if (olderLines.some(({ discounted }) => discounted))
    return [[{ bold: '→ total not known beforehand: Syncro takes off the discount' }]];
  return prepaid ? [] : [[{ bold: '→ total not known beforehand: the prepaid block may pay a part' }]];
};

const invoiceRows = (plan: BillPlan): ReadonlyArray<readonly Part[]> => {
  const { olderLines, prepaid, line: labor } = plan;
  const tax = labor.taxable ? ' plus tax' : '';
  const own = prepaid ? (prepaid.covers ? `, ${formatMoney(0)}` : '') : `, ${formatMoney(labor.amountCents)}${tax}`;
  const rows: Array<readonly Part[]> = [[`New invoice, 1 line${own}`]];
  for (const older of olderLines.slice(0, 10))
    rows.push([
      `  Also includes: ${quantityAndName(older)} ${formatMoney(older.amountCents)}${older.discounted ? ' less a discount' : ''} (added `,
      day(older.createdAt),
      ')',
    ]);
  if (olderLines.length > 10) rows.push([`  and ${olderLines.length - 10} more older lines`]);
  if (olderLines.length > 0) rows.push(...totalRows(plan));
  if (prepaid)
    rows.push([
      `Prepaid block ${formatHours(prepaid.beforeHundredths)} h → ${formatHours(prepaid.afterHundredths)} h; ${
        prepaid.covers && olderLines.length === 0
          ? `covered by prepaid hours; the invoice total is ${formatMoney(0)}.`
          : "the invoice's total is what Syncro makes of it."
      }`,
    ]);
  if (plan.comment.audience === 'internal')
    rows.push([`The line reads "${shorten(labor.description, 150)}": the internal comment stays off the invoice.`]);
  rows.push([plan.status === null ? 'The status is left as it is.' : `Status changes to ${plan.status}.`]);
  return rows;
};

export const billPreview = previewForm<BillUse, BillChoice, BillPreview>({
  ...{ form: BILL_FORM, callbackId: 'bill-preview', back: BILL_BACK, title: 'Check and bill', submit: 'Bill it' },
  reading: 'the ticket, its invoices and the live rate',
  parse: parseBill,
  preview: ({ billing }, ...filledIn) => billing.preview(...filledIn),
  /** Who gets what, what it costs, under whose name. */
  blocks: ({ ticket, plan, author }, links) => [
    previewHead(ticket, links),
    lines(...laborRows(plan)),
    lines(...invoiceRows(plan)),
    line({ bold: 'Comment' }, `, ${recipients(plan)}:`),
    quote(plan.comment.body),
    authorLine(author),
    ...warningRows(plan.warnings.slice(0, 12).map((warning) => warningParts(ticket.number, warning, links))),
  ],
});
