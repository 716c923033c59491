import type { ModalView } from '@slack/types';
import { confirmPreview } from '../../../runs/slack/confirm-preview.ts';
import { warningParts } from '../../../runs/slack/warning-words.ts';
import { authorLine, calculation, previewHead, roundedHours, warningRows } from '../../../runs/slack/words.ts';
import { line, lines, type Part, quote } from '../../../slack/blocks.ts';
import { readFormId, readValues } from '../../../slack/forms/form-values.ts';
import { backButton, problemView } from '../../../slack/forms/problem.ts';
import { type Submit, type Submitted, showAfterwards } from '../../../slack/forms/submitted.ts';
import type { Links } from '../../../slack/links.ts';
import { failureReply } from '../../../slack/person.ts';
import type { TimePreview } from '../prepare.ts';
import { LOG_TIME_FORM, parseLogTime } from './form.ts';
import type { TimeUse } from './use.ts';

export const LOG_TIME_PREVIEW = 'log-time-preview';
export const LOG_TIME_BACK = 'log-time:back';
export const CHECK_LOG = 'Check and log';

const base = (formId: string) => ({
  type: 'modal' as const,
  callback_id: LOG_TIME_PREVIEW,
  private_metadata: JSON.stringify({ formId }),
  title: { type: 'plain_text' as const, text: CHECK_LOG },
  close: { type: 'plain_text' as const, text: 'Cancel' },
});

/** Shown at once while the facts are read. */
export const loadingLogTime = (formId: string): ModalView => ({
  ...base(formId),
  blocks: [line('⏳ Reading the ticket and the live rate from Syncro …')],
});

const chargeRows = ({ plan, labor }: TimePreview): ReadonlyArray<readonly Part[]> => {
  const { line: charged, minutes, startedAt, endedAt } = plan;
  const taxed = charged.taxable ? ' · taxed' : ' · not taxed';
  return [
    [{ bold: charged.name }],
    [`${calculation(charged)}${taxed}${roundedHours(minutes, charged)}`],
    ['Time entry from ', { date: startedAt }, ' to ', { date: endedAt }, ', then charged'],
    ...(labor.note ? [[labor.note] as const] : []),
    ['Nothing is invoiced now: the next bill of this ticket takes the line along.'],
  ];
};

/** The entry and the line that its charge will leave, with live facts, before anything is sent. */
export const logTimePreviewView = (formId: string, preview: TimePreview, links: Links): ModalView => {
  const { ticket, plan, author } = preview;
  return {
    ...base(formId),
    submit: { type: 'plain_text', text: 'Log it' },
    blocks: [
      previewHead(ticket, links),
      lines(...chargeRows(preview)),
      line({ bold: 'Notes' }, ', also on the line: the customer reads this on the invoice.'),
      quote(plan.line.description),
      authorLine(author),
      ...warningRows(plan.warnings.map((warning) => warningParts(ticket.number, warning, links))),
      backButton(LOG_TIME_BACK),
    ],
  };
};

const failed = ({ deps, technician }: Submitted, formId: string, error: unknown) =>
  problemView(CHECK_LOG, failureReply(deps, error, { command: '/syncro', writing: true, who: technician.name }), {
    back: { actionId: LOG_TIME_BACK, formId },
  });

const previewLogTime: Submit<TimeUse> = async (submitted) => {
  const { deps, use, technician, view } = submitted;
  const parsed = parseLogTime(readValues(view.values), deps.labor);
  if (!parsed.ok) return { answer: { response_action: 'errors', errors: parsed.errors } };
  const formId = readFormId(view.metadata) ?? '';
  await use.opened.keepDraft(technician, formId, parsed.draft);
  const next = () =>
    use.timeLogging
      .preview(technician, formId, parsed.choice)
      .then((preview) => logTimePreviewView(formId, preview, deps.links))
      .catch((error: unknown) => failed(submitted, formId, error));
  return {
    answer: { response_action: 'update', view: loadingLogTime(formId) },
    afterwards: () => showAfterwards(submitted, next()),
  };
};

export const logTimeForms: Readonly<Record<string, Submit<TimeUse>>> = {
  [LOG_TIME_FORM]: previewLogTime,
  [LOG_TIME_PREVIEW]: confirmPreview(failed),
};
