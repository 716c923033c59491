import type { KnownBlock, ModalView } from '@slack/types';
import type { CommentPreview } from '../../app/prepare-comment.ts';
import { shorten } from '../../domain/text.ts';
import { line, lines, type Part, quote } from '../blocks.ts';
import { authorText, equalCommentWords, recipientsOf } from '../messages/bill-words.ts';
import { backButton } from './problem.ts';

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

const warnings = ({ choice, emailTo, equal }: CommentPreview): readonly KnownBlock[] => {
  const rows: Array<readonly Part[]> = [];
  if (choice.audience === 'email' && emailTo === null)
    rows.push([{ bold: '! ' }, 'Syncro has no e-mail address for this customer: nobody will get the comment by mail.']);
  if (equal) rows.push([{ bold: '! ' }, ...equalCommentWords(equal)]);
  return rows.length > 0 ? [lines(...rows)] : [];
};

/** The comment as it will read, and exactly who receives it. */
export const commentPreviewView = (formId: string, preview: CommentPreview): ModalView => {
  const { work, choice, emailTo, author } = preview;
  return {
    ...base(formId),
    submit: { type: 'plain_text', text: 'Post it' },
    blocks: [
      lines(
        [{ bold: `#${work.ticket.number} ${shorten(work.ticket.subject, 300)}` }],
        [shorten(work.ticket.customerName, 200)],
      ),
      line({ bold: 'Comment' }, `, ${recipientsOf(choice.audience, emailTo)}:`),
      quote(choice.body),
      line(authorText(author)),
      ...warnings(preview),
      backButton(COMMENT_BACK),
    ],
  };
};
