import { type Feature, onNumber, type Rows, withUse, writes } from '../../slack/feature.ts';
import { ticketForms } from '../tickets/ports.ts';
import type { OpenForm } from '../tickets/slack/ticket-form.ts';
import { numberOf } from '../tickets/slack/typed-ticket.ts';
import { type CommentDeps, createCommenting } from './prepare.ts';
import { commentCommand } from './slack/command.ts';
import { COMMENT_BACK, type CommentDraft, commentForm, commentPreview } from './slack/form.ts';
import type { CommentUse } from './slack/use.ts';

/** Puts a comment on a ticket. */
export const commentRows: Rows<CommentUse> = {
  commands: [commentCommand],
  buttons: {
    'comment:open': writes((pressed) => commentForm.open(pressed, numberOf(pressed.value)), onNumber('comment')),
    [COMMENT_BACK]: writes(commentForm.back),
  },
  forms: commentPreview.forms,
};

type Deps = CommentDeps & Omit<CommentUse, 'commenting'>;

export const createComment = (deps: Deps): Feature & { readonly openForm: OpenForm<CommentDraft> } => {
  const { confirmForm } = deps;
  const use: CommentUse = { ...ticketForms(deps), confirmForm, commenting: createCommenting(deps) };
  return {
    rows: withUse(use, commentRows),
    openForm: (asked, ...form) => commentForm.open({ ...asked, use }, ...form),
  };
};
