import type { Asked } from '../../slack/asked.ts';
import { command, type Feature, onNumber, type Rows, understood, withUse, writes } from '../../slack/feature.ts';
import { ticketForms } from '../tickets/ports.ts';
import { formOn, numberOf, withTicket } from '../tickets/slack/on-ticket.ts';
import type { OpenForm } from '../tickets/slack/ticket-form.ts';
import { type CommentDeps, createCommenting } from './prepare.ts';
import { COMMENT_BACK, type CommentDraft, commentForm, commentPreview } from './slack/form.ts';
import type { CommentUse } from './slack/use.ts';

const commentCommand = command({
  name: 'comment',
  usage: 'comment <number> [<text>]',
  does: 'comment on a ticket: emailed, in the portal or internal; previewed first',
  example: 'comment 32164 Rebooted, please check.',
  writes: true,
  parse: (words, text) =>
    withTicket('comment 32164', words, (ticket) =>
      understood({ ticket, text: text.slice(words[0]?.length ?? 0).trim() || null }),
    ),
  run: (asked: Asked<CommentUse>, { ticket, text }) =>
    formOn(asked, ticket, (opening, number) =>
      commentForm.open(opening, number, text === null ? {} : { comment: text }),
    ),
});

/** Puts a comment on a ticket. */
export const commentRows: Rows<CommentUse> = {
  commands: [commentCommand],
  buttons: {
    'comment:open': writes((pressed) => commentForm.open(pressed, numberOf(pressed.value)), onNumber('comment')),
    [COMMENT_BACK]: writes(commentForm.back),
    ...commentForm.buttons,
  },
  closed: commentForm.closed,
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
