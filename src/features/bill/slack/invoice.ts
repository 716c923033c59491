import type { KnownBlock, ModalView } from '@slack/types';
import type { InvoicePlan, PlannedLine } from '../../../runs/rules/bill-plan.ts';
import { confirmPreview } from '../../../runs/slack/confirm-preview.ts';
import { INVOICE_TICKET } from '../../../runs/slack/run-words.ts';
import { warningAlerts } from '../../../runs/slack/warning-words.ts';
import { authorLine, calculation, day, ticketParts } from '../../../runs/slack/words.ts';
import { formatMoney } from '../../../shared/money.ts';
import { shorten } from '../../../shared/text.ts';
import type { Asked } from '../../../slack/asked.ts';
import { header, line, lines, type Part } from '../../../slack/blocks.ts';
import { onNumber, type Rows, writes } from '../../../slack/feature.ts';
import { modal } from '../../../slack/forms/modal.ts';
import { problemView } from '../../../slack/forms/problem.ts';
import { failureOf, type Submit } from '../../../slack/forms/submitted.ts';
import { openView, type ShownView, updateView } from '../../../slack/forms/views.ts';
import type { Links } from '../../../slack/links.ts';
import { failureReply } from '../../../slack/person.ts';
import { type Action, formOf } from '../../../slack/pressed.ts';
import type { Reply } from '../../../slack/reply.ts';
import type { Ticket } from '../../../syncro/ticket.ts';
import { numberOf } from '../../tickets/slack/on-ticket.ts';
import type { InvoicePreview } from '../prepare.ts';
import { blockHours, linesText } from './preview.ts';
import type { BillUse } from './use.ts';

const TITLE = 'Check and invoice';
const CALLBACK = 'invoice-preview';
const INVOICE_AGAIN = 'bill:invoice-again';

const SHOWN_LINES = 20;

const lineRow = (item: PlannedLine): readonly Part[] => [
  `${calculation(item)}, ${shorten(item.name, 100)} · ${item.taxable ? 'taxed' : 'not taxed'}${item.discounted ? ', less a discount' : ''} · added `,
  day(item.createdAt),
];

/** What it comes to, as far as that is known beforehand. */
const totalText = ({ expectedTotalCents, olderLines }: InvoicePlan): string | null =>
  expectedTotalCents === null
    ? null
    : `${formatMoney(expectedTotalCents)}${expectedTotalCents > 0 && olderLines.some(({ taxable }) => taxable) ? ' plus tax' : ''}`;

/** Why nobody can say what it comes to. */
const unknownTotal = ({ olderLines }: InvoicePlan): string =>
  olderLines.some(({ discounted }) => discounted)
    ? 'Total unknown until Syncro takes off the discount.'
    : 'Total unknown: the prepaid block may cover part of it.';

const blockRows = ({ prepaid, blockHundredths = 0, expectedTotalCents }: InvoicePlan): readonly string[] => {
  if (!prepaid) return blockHundredths > 0 ? [`${blockHours(blockHundredths)} prepaid hours before this invoice.`] : [];
  const { beforeHundredths, afterHundredths } = prepaid;
  const total = expectedTotalCents === 0 ? ` The invoice total is ${formatMoney(0)}.` : '';
  return [`${blockHours(beforeHundredths)} h → ${blockHours(afterHundredths)} h of the block.${total}`];
};

const statusText = ({ status }: InvoicePlan, ticket: Ticket): string => {
  if (status === null) return 'The status stays as it is.';
  return status === ticket.status ? `The status stays ${status}.` : `Status changes to ${status}.`;
};

const invoiceBlocks = ({ ticket, plan, author }: InvoicePreview, links: Links): readonly KnownBlock[] => {
  const { olderLines, warnings } = plan;
  const more = olderLines.length - SHOWN_LINES;
  const total = totalText(plan);
  return [
    ...warningAlerts(ticket.number, warnings, links),
    header(`${total ?? linesText(olderLines)} to ${ticket.customerName}`),
    lines(
      ticketParts(ticket, links, false),
      ...olderLines.slice(0, SHOWN_LINES).map(lineRow),
      ...(more > 0 ? [[`and ${more} more`] as const] : []),
    ),
    lines(
      ...(total === null ? [[unknownTotal(plan)] as const] : []),
      [`New ${plan.asDraft ? 'draft ' : ''}invoice, ${linesText(olderLines)}. ${statusText(plan, ticket)}`],
      ...blockRows(plan).map((row): readonly Part[] => [row]),
      ['Nobody is emailed.'],
    ),
    authorLine(author),
  ];
};

const loading = (formId: string): ModalView =>
  modal({
    ...{ callbackId: CALLBACK, kept: { formId }, title: TITLE },
    blocks: [line('⏳ Reading the ticket and its invoices from Syncro …')],
  });

const previewView = (formId: string, read: InvoicePreview, links: Links): ModalView => {
  const { expectedTotalCents, olderLines } = read.plan;
  return modal({
    ...{ callbackId: CALLBACK, kept: { formId }, title: TITLE },
    submit: `Invoice ${expectedTotalCents === null ? linesText(olderLines) : formatMoney(expectedTotalCents)}`,
    blocks: invoiceBlocks(read, links),
  });
};

/** Instead of the preview; Back reads everything again. */
const failed = (formId: string, words: Reply): ModalView =>
  problemView(TITLE, words, { back: { actionId: INVOICE_AGAIN, formId } });

const fillIn = async (asked: Asked<BillUse>, formId: string, shown: ShownView): Promise<void> => {
  const { deps, use, technician, command } = asked;
  const view = await use.billing.previewInvoice(technician, formId).then(
    (read) => previewView(formId, read, deps.links),
    (error: unknown) =>
      failed(formId, failureReply(deps, error, { command, writing: true, who: technician.name, interrupted: '' })),
  );
  await updateView(deps, shown, view);
};

/** Opens the preview of an invoice of what is charged on the ticket: there is nothing to fill in. */
const openInvoice: Action<BillUse> = async (pressed) => {
  const { deps, use, technician, triggerId, channel } = pressed;
  const ticketNumber = numberOf(pressed.value);
  const formId = await use.opened.open(technician, { ticketNumber, askedIn: channel });
  await fillIn(pressed, formId, await openView(deps, triggerId, loading(formId)));
};

/** The same preview with what is true now. */
const previewInvoiceAgain: Action<BillUse> = async (pressed) => {
  const { formId, viewId } = formOf(pressed);
  const shown = await updateView(pressed.deps, { id: viewId, hash: null }, loading(formId));
  if (shown) await fillIn(pressed, formId, shown);
};

export const invoiceButtons: NonNullable<Rows<BillUse>['buttons']> = {
  // The card has the button again.
  [INVOICE_TICKET]: writes(openInvoice, onNumber('ticket')),
  [INVOICE_AGAIN]: writes(previewInvoiceAgain),
};

export const invoiceForms: Readonly<Record<string, Submit<BillUse>>> = {
  [CALLBACK]: confirmPreview((submitted, formId, error) => failed(formId, failureOf(submitted, error))),
};
