import type { InputBlock } from '@slack/types';
import { z } from 'zod';
import { notBillableHours } from '../../../runs/rules/not-billable.ts';
import { warningAlerts } from '../../../runs/slack/warning-words.ts';
import { authorLine, readersOf, ticketParts } from '../../../runs/slack/words.ts';
import { actions, button, header, line, lines, quote, span } from '../../../slack/blocks.ts';
import { type Rows, writes } from '../../../slack/feature.ts';
import { chosen, type FormValues, parseDraft, typed } from '../../../slack/forms/form-values.ts';
import { radioInput } from '../../../slack/forms/select-input.ts';
import { textField, textInput } from '../../../slack/forms/text-input.ts';
import { audienceInput } from '../../tickets/slack/inputs.ts';
import { previewForm } from '../../tickets/slack/preview-form.ts';
import { REASONS, type Reason, reasonText, withReason } from '../not-billable.ts';
import type { BillChoice } from '../plan.ts';
import type { NotBillablePreview } from '../prepare.ts';
import { BILL_FORM, filledInBill, parseBill } from './form.ts';
import { BILL_BACK, billPreview } from './preview.ts';
import { NOT_BILLABLE } from './price-words.ts';
import type { BillUse } from './use.ts';

const CALLBACK = 'not-billable-preview';
const AUDIENCE = 'not-billable:audience';
const BILL_INSTEAD = 'not-billable:bill';

/** Beside what the bill's form holds; a reason may be preset by the button that leads here. */
type Choice = BillChoice & { readonly reason: string; readonly details: string };

const LABELS: Readonly<Record<Reason, string>> = {
  warranty: 'Warranty',
  contract: 'Covered by contract',
  internal: 'Internal',
  goodwill: 'Goodwill',
  other: 'Other',
};

const isReason = (value: string): value is Reason => Object.hasOwn(REASONS, value);

const reasonInput = (reason: string): InputBlock =>
  radioInput({
    ...{ field: 'reason', label: 'Why is it not billable?', preset: reason },
    choices: Object.entries(LABELS).map(([value, text]) => ({ text, value })),
  });

const DETAILS_LENGTH = 300;

const detailsInput = (details: string): InputBlock =>
  textInput({
    ...{ field: 'details', label: 'Details', optional: true, value: details },
    ...{ hint: 'For "Other", say what it is.', max_length: DETAILS_LENGTH, multiline: false },
  });

const schema = z
  .object({
    reason: z.string().refine(isReason, 'Choose a reason.'),
    details: textField(DETAILS_LENGTH),
  })
  .refine(({ reason, details }) => reason !== 'other' || details !== '', {
    path: ['details'],
    error: 'Say why it is not billable.',
  });

const reasonIn = (values: FormValues) => ({ reason: chosen(values, 'reason'), details: typed(values, 'details') });

/** In place of the bill's preview: the same work with nobody asked to pay for it. */
const notBillablePreview = previewForm<BillUse, Choice, NotBillablePreview>({
  ...{ form: BILL_FORM, callbackId: CALLBACK, back: BILL_BACK, title: 'Check and log', reading: 'the ticket' },
  filledIn: filledInBill,
  parse: (draft, labor) => {
    const parsed = parseBill(draft, labor);
    const { reason = '', details = '' } = draft;
    return parsed.ok ? { ...parsed, choice: { ...parsed.choice, reason, details } } : parsed;
  },
  submit: ({ plan }) => `Log ${plan.minutes} min`,
  preview: async ({ billing }, technician, formId, { reason, details, ...choice }, preview) => ({
    ...(await billing.previewNotBillable(technician, formId, choice, preview)),
    ...{ reason, details },
  }),
  filledInHere: (values) => ({ audience: chosen(values, 'audience'), ...reasonIn(values) }),
  finish: (values) => {
    const parsed = parseDraft(schema, reasonIn(values));
    if (!parsed.ok) return parsed;
    const { reason, details } = parsed.choice;
    return { ok: true, amend: withReason(reasonText(reason, details)) };
  },
  blocks: ({ ticket, plan, author, reason, details }, links, { alone }) => [
    ...warningAlerts(ticket.number, plan.warnings, links),
    header(notBillableHours(plan)),
    lines(ticketParts(ticket, links), [
      'Time entry from ',
      ...span(plan.startedAt, plan.endedAt),
      '. No line, no invoice; the status stays as it is.',
    ]),
    reasonInput(reason),
    detailsInput(details),
    ...(alone ? [audienceInput({ preset: plan.audience, actionId: AUDIENCE })] : []),
    line(...readersOf(plan.audience, plan.emailTo)),
    quote(plan.comment),
    line(
      "If Syncro won't keep the entry as not billable, an internal comment will record the hours and the reason instead.",
    ),
    actions('bill-instead', [button('Bill it instead', BILL_INSTEAD)]),
    authorLine(author),
  ],
});

export const notBillableButtons: NonNullable<Rows<BillUse>['buttons']> = {
  // A button that knows the reason carries it.
  [NOT_BILLABLE]: writes((pressed) =>
    notBillablePreview.showInstead(pressed, { reason: isReason(pressed.value) ? pressed.value : '', details: '' }),
  ),
  [AUDIENCE]: writes(notBillablePreview.chooseHere),
  [BILL_INSTEAD]: writes((pressed) => billPreview.showInstead(pressed, {})),
};

export const notBillableForms = { [CALLBACK]: notBillablePreview.confirm };
export const NOT_BILLABLE_PREVIEW = CALLBACK;
