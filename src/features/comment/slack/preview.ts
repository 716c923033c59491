import type { KnownBlock, ModalView } from '@slack/types';
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
import { backButton } from '../../../slack/forms/problem.ts';
import type { Links } from '../../../slack/links.ts';
import type { CommentPreview } from '../prepare.ts';

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
  const { work, choice, emailTo, author } = preview;
  return {
    ...base(formId),
    submit: { type: 'plain_text', text: 'Post it' },
    blocks: [
      previewHead(work.ticket, links),
      line({ bold: 'Comment' }, `, ${recipientsOf(choice.audience, emailTo)}:`),
      quote(choice.body),
      authorLine(author),
      ...warnings(preview),
      backButton(COMMENT_BACK),
    ],
  };
};
