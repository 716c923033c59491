import type { ModalView } from '@slack/types';
import { z } from 'zod';
import type { PlannedLine } from '../../../runs/rules/bill-plan.ts';
import { warningAlerts } from '../../../runs/slack/warning-words.ts';
import { authorLine, calculation, minutesBeside, ticketParts } from '../../../runs/slack/words.ts';
import type { LaborType } from '../../../shared/labor.ts';
import { lineAmountCents } from '../../../shared/money.ts';
import { shorten } from '../../../shared/text.ts';
import { line, lines, type Part, quote, span } from '../../../slack/blocks.ts';
import { chosen, type FormValues, parseDraft, typed } from '../../../slack/forms/form-values.ts';
import { modal } from '../../../slack/forms/modal.ts';
import { longTextInput, textField } from '../../../slack/forms/text-input.ts';
import type { TicketNumber } from '../../../syncro/ticket.ts';
import { laborField, laborInput, MINUTES_HINT, minutesField, minutesInput } from '../../tickets/slack/inputs.ts';
import { previewForm } from '../../tickets/slack/preview-form.ts';
import { type About, aboutBlocks } from '../../tickets/slack/ticket-about.ts';
import { ticketForm } from '../../tickets/slack/ticket-form.ts';
import type { TimeChoice } from '../plan.ts';
import type { TimePreview } from '../prepare.ts';
import type { TimeUse } from './use.ts';

const LOG_TIME_FORM = 'log-time';
export const LOG_TIME_BACK = 'log-time:back';

type LogTimeDraft = { readonly minutes: string; readonly labor: string; readonly notes: string };

type LogTimeFormState = {
  readonly formId: string;
  readonly number: TicketNumber;
  readonly labor: readonly LaborType[];
  readonly draft: Partial<LogTimeDraft>;
  readonly about: About;
};

const titleOf = (number: TicketNumber): string => `Log time on #${number}`;

/** The minutes are the measured ones, to be corrected; the labor type has no default. */
export const logTimeView = ({ formId, number, labor, draft, about }: LogTimeFormState): ModalView =>
  modal({
    callbackId: LOG_TIME_FORM,
    kept: { formId },
    title: titleOf(number),
    submit: 'Preview',
    tellsClosing: true,
    blocks: [
      ...aboutBlocks(about),
      minutesInput({ value: draft.minutes, hint: MINUTES_HINT }),
      laborInput({ types: labor, chosen: draft.labor }),
      longTextInput({
        field: 'notes',
        label: 'Notes',
        hint: 'What you did. Printed on the invoice.',
        value: draft.notes,
      }),
    ],
  });

const schema = (labor: readonly LaborType[]) =>
  z.object({
    minutes: minutesField,
    labor: laborField(labor).superRefine(({ word, rate }, context) => {
      if (!rate) return;
      const message = `${word} is billed at ${rate.of} × ${rate.times}, and logged time can't carry that rate. Bill it instead.`;
      context.addIssue({ code: 'custom', message });
    }),
    notes: textField().min(1, 'Write what you did.'),
  });

const filledIn = (values: FormValues): LogTimeDraft => ({
  minutes: typed(values, 'minutes'),
  labor: chosen(values, 'labor'),
  notes: typed(values, 'notes'),
});

/** Logs time in Syncro. */
export const logTimeForm = ticketForm<TimeUse, LogTimeDraft>({
  kind: LOG_TIME_FORM,
  filledIn,
  title: titleOf,
  filledWith: ({ deps, use, technician }, number) => ({
    view: (formId, about, draft) => logTimeView({ formId, number, labor: deps.labor, draft, about }),
    about: async () => ({ ticket: await use.timeLogging.header(technician, number) }),
  }),
});

/** What it comes to where Syncro goes by a contract. */
const contractRows = ({ contractRates = [], ...charged }: PlannedLine): ReadonlyArray<readonly Part[]> =>
  contractRates.map((rateCents) => {
    const amountCents = lineAmountCents(charged.quantityHundredths, rateCents);
    return [`Syncro may charge the contract's price instead: ${calculation({ ...charged, rateCents, amountCents })}`];
  });

const chargeRows = ({ plan, labor }: TimePreview): ReadonlyArray<readonly Part[]> => {
  const { line: charged, minutes, startedAt, endedAt } = plan;
  const taxed = charged.taxable ? ' · taxed' : ' · not taxed';
  return [
    [`${calculation(charged)}, ${shorten(charged.name, 100)}${taxed}${minutesBeside(minutes, charged)}`],
    ...contractRows(charged),
    ['Time entry from ', ...span(startedAt, endedAt), ', then charged'],
    ...(labor.note ? [[labor.note] as const] : []),
    ["It will go on this ticket's next invoice or a recurring one."],
  ];
};

export const logTimePreview = previewForm<TimeUse, TimeChoice, TimePreview>({
  ...{ form: LOG_TIME_FORM, callbackId: 'log-time-preview', back: LOG_TIME_BACK },
  ...{ title: 'Check and log', reading: 'the ticket and the live rate' },
  filledIn,
  parse: (draft, labor) => parseDraft(schema(labor), draft),
  submit: ({ plan }) => `Log ${plan.minutes} min`,
  preview: ({ timeLogging }, ...filledIn) => timeLogging.preview(...filledIn),
  /** The entry, and the line that its charge will leave. */
  blocks: (preview, links) => [
    ...warningAlerts(preview.ticket.number, preview.plan.warnings, links),
    lines(ticketParts(preview.ticket, links), ...chargeRows(preview)),
    line({ bold: 'Notes' }, ', also printed on the invoice:'),
    quote(preview.plan.line.description),
    authorLine(preview.author),
  ],
});
