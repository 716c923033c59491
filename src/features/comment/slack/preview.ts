import type { KnownBlock, ModalView } from '@slack/types';
import { confirmPreview } from '../../../runs/slack/confirm-preview.ts';
import {
  authorLine,
  equalCommentWords,
  NO_ADDRESS,
  previewHead,
  recipientsOf,
  TOLD_NOT_TO_EMAIL,
  warningRows,
} from '../../../runs/slack/words.ts';
import { line, quote } from '../../../slack/blocks.ts';
import { readFormId, readValues } from '../../../slack/forms/form-values.ts';
import { backButton, problemView } from '../../../slack/forms/problem.ts';
import { type Submit, type Submitted, showAfterwards } from '../../../slack/forms/submitted.ts';
import type { Links } from '../../../slack/links.ts';
import { failureReply } from '../../../slack/person.ts';
import type { CommentPreview, CommentUse } from '../prepare.ts';
import { COMMENT_FORM, parseComment } from './form.ts';

export const COMMENT_PREVIEW = 'comment-preview';
export const COMMENT_BACK = 'comment:back';
export const CHECK_COMMENT = 'Check and post';

const base = (formId: string) => ({
  type: 'modal' as const,
  callback_id: COMMENT_PREVIEW,
  private_metadata: JSON.stringify({ formId }),
  title: { type: 'plain_text' as const, text: CHECK_COMMENT },
  close: { type: 'plain_text' as const, text: 'Cancel' },
});

/** Shown at once while the ticket is read. */
export const loadingComment = (formId: string): ModalView => ({
  ...base(formId),
  blocks: [line('⏳ Reading who gets it from Syncro …')],
});

const warnings = ({ choice, emailTo, noEmail, equal }: CommentPreview): readonly KnownBlock[] =>
  warningRows([
    ...(choice.audience === 'email' && emailTo === null ? [[NO_ADDRESS]] : []),
    ...(choice.audience === 'email' && emailTo !== null && noEmail ? [[TOLD_NOT_TO_EMAIL]] : []),
    ...(equal ? [equalCommentWords(equal)] : []),
  ]);

/** The comment as it will read, and exactly who receives it. */
export const commentPreviewView = (formId: string, preview: CommentPreview, links: Links): ModalView => {
  const { ticket, choice, emailTo, author } = preview;
  return {
    ...base(formId),
    submit: { type: 'plain_text', text: 'Post it' },
    blocks: [
      previewHead(ticket, links),
      line({ bold: 'Comment' }, `, ${recipientsOf(choice.audience, emailTo)}:`),
      quote(choice.body),
      authorLine(author),
      ...warnings(preview),
      backButton(COMMENT_BACK),
    ],
  };
};

const failed = ({ deps, technician }: Submitted, formId: string, error: unknown) =>
  problemView(CHECK_COMMENT, failureReply(deps, error, { command: '/syncro', writing: true, who: technician.name }), {
    back: { actionId: COMMENT_BACK, formId },
  });

const previewComment: Submit<CommentUse> = async (submitted) => {
  const { deps, use, technician, view } = submitted;
  const parsed = parseComment(readValues(view.values));
  if (!parsed.ok) return { answer: { response_action: 'errors', errors: parsed.errors } };
  const formId = readFormId(view.metadata) ?? '';
  await use.opened.keepDraft(technician, formId, parsed.draft);
  const next = () =>
    use.commenting
      .preview(technician, formId, parsed.choice)
      .then((preview) => commentPreviewView(formId, preview, deps.links))
      .catch((error: unknown) => failed(submitted, formId, error));
  return {
    answer: { response_action: 'update', view: loadingComment(formId) },
    afterwards: () => showAfterwards(submitted, next()),
  };
};

export const commentForms: Readonly<Record<string, Submit<CommentUse>>> = {
  [COMMENT_FORM]: previewComment,
  [COMMENT_PREVIEW]: confirmPreview(failed),
};
