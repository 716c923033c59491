import type { ModalView } from '@slack/types';
import type { BillPlan } from '../../../runs/rules/bill-plan.ts';
import { confirmPreview } from '../../../runs/slack/confirm-preview.ts';
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
import { readFormId, readValues } from '../../../slack/forms/form-values.ts';
import { backButton, problemView } from '../../../slack/forms/problem.ts';
import { type Submit, type Submitted, showAfterwards } from '../../../slack/forms/submitted.ts';
import type { Links } from '../../../slack/links.ts';
import { failureReply } from '../../../slack/person.ts';
import type { Reply } from '../../../slack/reply.ts';
import type { BillPreview, BillUse } from '../prepare.ts';
import { BILL_FORM, parseBill } from './form.ts';

export const BILL_PREVIEW = 'bill-preview';
export const BILL_BACK = 'bill:back';

const TITLE = { type: 'plain_text', text: 'Check and bill' } as const;
const CLOSE = { type: 'plain_text', text: 'Cancel' } as const;

const metadata = (formId: string): string => JSON.stringify({ formId });

/** Shown at once while the facts are read. */
export const loadingPreview = (formId: string): ModalView => ({
  type: 'modal',
  callback_id: BILL_PREVIEW,
  private_metadata: metadata(formId),
  title: TITLE,
  close: CLOSE,
  blocks: [line('⏳ Reading the ticket, its invoices and the live rate from Syncro …')],
});

/** Nothing can be billed now; what was typed waits behind Back. */
export const failedPreview = (formId: string, words: Reply): ModalView =>
  problemView(TITLE.text, words, { back: { actionId: BILL_BACK, formId } });

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
  const rows: Array<readonly Part[]> = [[`Invoice: new, 1 line${own}`]];
  for (const older of olderLines.slice(0, 10))
    rows.push([
      `  also takes: ${quantityAndName(older)} ${formatMoney(older.amountCents)}${older.discounted ? ' less a discount' : ''} (added `,
      day(older.createdAt),
      ')',
    ]);
  if (olderLines.length > 10) rows.push([`  and ${olderLines.length - 10} more older lines`]);
  if (olderLines.length > 0) rows.push(...totalRows(plan));
  if (prepaid)
    rows.push([
      `Prepaid block ${formatHours(prepaid.beforeHundredths)} h → ${formatHours(prepaid.afterHundredths)} h; ${
        prepaid.covers && olderLines.length === 0
          ? `the invoice will read ${formatMoney(0)}, which is right.`
          : "the invoice's total is what Syncro makes of it."
      }`,
    ]);
  if (plan.comment.audience === 'internal')
    rows.push([`The line reads "${shorten(labor.description, 150)}": the internal comment stays off the invoice.`]);
  rows.push([plan.status === null ? 'The status is left as it is.' : `Then the status: ${plan.status}.`]);
  return rows;
};

/** The facts, read live, before anything is sent: who gets what, what it costs, under whose name. */
export const billPreviewView = (formId: string, { ticket, plan, author }: BillPreview, links: Links): ModalView => {
  return {
    type: 'modal',
    callback_id: BILL_PREVIEW,
    private_metadata: metadata(formId),
    title: TITLE,
    submit: { type: 'plain_text', text: 'Bill it' },
    close: CLOSE,
    blocks: [
      previewHead(ticket, links),
      lines(...laborRows(plan)),
      lines(...invoiceRows(plan)),
      line({ bold: 'Comment' }, `, ${recipients(plan)}:`),
      quote(plan.comment.body),
      authorLine(author),
      ...warningRows(plan.warnings.slice(0, 12).map((warning) => warningParts(ticket.number, warning, links))),
      backButton(BILL_BACK),
    ],
  };
};

const failed = ({ deps, technician }: Submitted, formId: string, error: unknown) =>
  failedPreview(formId, failureReply(deps, error, { command: '/syncro', writing: true, who: technician.name }));

const previewBill: Submit<BillUse> = async (submitted) => {
  const { deps, use, technician, view } = submitted;
  const parsed = parseBill(readValues(view.values), deps.labor);
  if (!parsed.ok) return { answer: { response_action: 'errors', errors: parsed.errors } };
  const formId = readFormId(view.metadata) ?? '';
  await use.opened.keepDraft(technician, formId, parsed.draft);
  const next = () =>
    use.billing
      .preview(technician, formId, parsed.choice)
      .then((preview) => billPreviewView(formId, preview, deps.links))
      .catch((error: unknown) => failed(submitted, formId, error));
  return {
    answer: { response_action: 'update', view: loadingPreview(formId) },
    afterwards: () => showAfterwards(submitted, next()),
  };
};

export const billForms: Readonly<Record<string, Submit<BillUse>>> = {
  [BILL_FORM]: previewBill,
  [BILL_PREVIEW]: confirmPreview(failed),
};
