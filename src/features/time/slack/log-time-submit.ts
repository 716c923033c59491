import { confirmPreview } from '../../../runs/slack/confirm-preview.ts';
import { readFormId, readValues } from '../../../slack/forms/form-values.ts';
import { problemView } from '../../../slack/forms/problem.ts';
import { type Submit, type Submitted, showAfterwards } from '../../../slack/forms/submitted.ts';
import { failureReply } from '../../../slack/person.ts';
import { LOG_TIME_FORM, parseLogTime } from './form.ts';
import { CHECK_LOG, LOG_TIME_BACK, LOG_TIME_PREVIEW, loadingLogTime, logTimePreviewView } from './preview.ts';

const failed = ({ deps, technician }: Submitted, formId: string, error: unknown) =>
  problemView(CHECK_LOG, failureReply(deps, error, { command: '/syncro', writing: true, who: technician.name }), {
    back: { actionId: LOG_TIME_BACK, formId },
  });

const previewLogTime: Submit = async (submitted) => {
  const { deps, technician, view } = submitted;
  const parsed = parseLogTime(readValues(view.values), deps.labor);
  if (!parsed.ok) return { answer: { response_action: 'errors', errors: parsed.errors } };
  const formId = readFormId(view.metadata) ?? '';
  await deps.use.opened.keepDraft(technician, formId, parsed.draft);
  const next = () =>
    deps.use.timeLogging
      .preview(technician, formId, parsed.choice)
      .then((preview) => logTimePreviewView(formId, preview, deps.links))
      .catch((error: unknown) => failed(submitted, formId, error));
  return {
    answer: { response_action: 'update', view: loadingLogTime(formId) },
    afterwards: () => showAfterwards(submitted, next()),
  };
};

export const logTimeForms: Readonly<Record<string, Submit>> = {
  [LOG_TIME_FORM]: previewLogTime,
  [LOG_TIME_PREVIEW]: confirmPreview(failed),
};
