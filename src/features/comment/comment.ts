import type { Asked } from '../../slack/asked.ts';
import { type Feature, onNumber, type Rows, withUse, writes } from '../../slack/feature.ts';
import { formOf } from '../../slack/pressed.ts';
import type { TicketNumber } from '../../syncro/ticket.ts';
import { ticketForms } from '../tickets/ports.ts';
import { numberOf } from '../tickets/slack/typed-ticket.ts';
import { type CommentDeps, type CommentUse, createCommenting } from './prepare.ts';
import { commentCommand } from './slack/command.ts';
import { type CommentDraft, openCommentForm, showCommentFormAgain } from './slack/form.ts';
import { COMMENT_BACK, commentForms } from './slack/preview.ts';

/** Puts a comment on a ticket. */
export const commentRows: Rows<CommentUse> = {
  commands: [commentCommand],
  buttons: {
    'comment:open': writes((pressed) => openCommentForm(pressed, numberOf(pressed.value), {}), onNumber('comment')),
    [COMMENT_BACK]: writes(async (pressed) => {
      const { formId, viewId } = formOf(pressed);
      await showCommentFormAgain(pressed, formId, viewId);
    }),
  },
  forms: commentForms,
};

export type OpenCommentForm = (
  asked: Asked,
  number: TicketNumber,
  draft: Partial<CommentDraft>,
  viewId?: string,
) => Promise<void>;

type Deps = CommentDeps & Omit<CommentUse, 'commenting'>;

export const createComment = (deps: Deps): Feature & { readonly openForm: OpenCommentForm } => {
  const { confirmForm } = deps;
  const use: CommentUse = { ...ticketForms(deps), confirmForm, commenting: createCommenting(deps) };
  return {
    rows: withUse(use, commentRows),
    openForm: (asked, ...form) => openCommentForm({ ...asked, use }, ...form),
  };
};
