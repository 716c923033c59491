import { confirmPreview } from '../../../runs/slack/confirm-preview.ts';
import { readFormId, readValues } from '../../../slack/forms/form-values.ts';
import { problemView } from '../../../slack/forms/problem.ts';
import { type Submit, type Submitted, showAfterwards } from '../../../slack/forms/submitted.ts';
import { failureReply } from '../../../slack/person.ts';
import { COMMENT_FORM, parseComment } from './form.ts';
import { CHECK_COMMENT, COMMENT_BACK, COMMENT_PREVIEW, commentPreviewView, loadingComment } from './preview.ts';

const failed = ({ deps, technician }: Submitted, formId: string, error: unknown) =>
  problemView(CHECK_COMMENT, failureReply(deps, error, { command: '/syncro', writing: true, who: technician.name }), {
    back: { actionId: COMMENT_BACK, formId },
  });

const previewComment: Submit = async (submitted) => {
  const { deps, technician, view } = submitted;
  const parsed = parseComment(readValues(view.values));
  if (!parsed.ok) return { answer: { response_action: 'errors', errors: parsed.errors } };
  const formId = readFormId(view.metadata) ?? '';
  await deps.use.opened.keepDraft(technician, formId, parsed.draft);
  const next = () =>
    deps.use.commenting
      .preview(technician, formId, parsed.choice)
      .then((preview) => commentPreviewView(formId, preview, deps.links))
      .catch((error: unknown) => failed(submitted, formId, error));
  return {
    answer: { response_action: 'update', view: loadingComment(formId) },
    afterwards: () => showAfterwards(submitted, next()),
  };
};

export const commentForms: Readonly<Record<string, Submit>> = {
  [COMMENT_FORM]: previewComment,
  [COMMENT_PREVIEW]: confirmPreview(failed),
};
