import { confirmPreview } from '../../../runs/slack/confirm-preview.ts';
import { readFormId, readValues } from '../../../slack/forms/form-values.ts';
import { type Submit, type Submitted, showAfterwards } from '../../../slack/forms/submitted.ts';
import { failureReply } from '../../../slack/person.ts';
import { BILL_FORM, parseBill } from './form.ts';
import { BILL_PREVIEW, billPreviewView, failedPreview, loadingPreview } from './preview.ts';

const failed = ({ deps, technician }: Submitted, formId: string, error: unknown) =>
  failedPreview(formId, failureReply(deps, error, { command: '/syncro', writing: true, who: technician.name }));

const previewBill: Submit = async (submitted) => {
  const { deps, technician, view } = submitted;
  const parsed = parseBill(readValues(view.values), deps.labor);
  if (!parsed.ok) return { answer: { response_action: 'errors', errors: parsed.errors } };
  const formId = readFormId(view.metadata) ?? '';
  await deps.use.opened.keepDraft(technician, formId, parsed.draft);
  const next = () =>
    deps.use.billing
      .preview(technician, formId, parsed.choice)
      .then((preview) => billPreviewView(formId, preview, deps.links))
      .catch((error: unknown) => failed(submitted, formId, error));
  return {
    answer: { response_action: 'update', view: loadingPreview(formId) },
    afterwards: () => showAfterwards(submitted, next()),
  };
};

export const billForms: Readonly<Record<string, Submit>> = {
  [BILL_FORM]: previewBill,
  [BILL_PREVIEW]: confirmPreview(failed),
};
